// For tests: a bare repository behind each of git's own servers, on the loopback interface.

import { execFileSync, spawn } from "node:child_process";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";
import { dirname } from "node:path";
import { createFolder, runGit } from "@cuecard/testing";

export interface ServedRepository {
  /** The bare repository's folder. */
  readonly dir: string;
  readonly url: string;
  close(): Promise<void>;
}

/** The kinds of remotes. */
export const transports: readonly ["path", "daemon", "http"] = ["path", "daemon", "http"];

const ENVIRONMENT = { PATH: process.env["PATH"], GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };

export async function serveRepository(transport: (typeof transports)[number]): Promise<ServedRepository> {
  const dir = createFolder("remote.git");
  runGit(dir, ["init", "--quiet", "--bare", "--initial-branch=main"]);
  runGit(dir, ["config", "http.receivepack", "true"]);
  if (transport === "path") return { dir, url: dir, close: async () => {} };
  const server =
    transport === "daemon"
      ? createSocketServer({ pauseOnConnect: true }, (socket) => answerDaemon(dirname(dir), socket))
      : createHttpServer((request, response) => answerHttp(dirname(dir), request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo; // a server on a port has no other kind of address
  const scheme = transport === "daemon" ? "git" : "http";
  return {
    dir,
    url: `${scheme}://127.0.0.1:${port}/remote.git`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

/** `git daemon --inetd` uses a connection that another process has accepted. */
function answerDaemon(base: string, socket: Socket): void {
  const args = ["daemon", "--inetd", "--export-all", "--enable=receive-pack", `--base-path=${base}`, base];
  const daemon = spawn("git", args, { env: ENVIRONMENT, stdio: [socket, socket, "ignore"] });
  daemon.on("close", () => socket.destroy());
  socket.on("error", () => {});
}

/** `git http-backend` as CGI. See https://git-scm.com/docs/git-http-backend */
function answerHttp(base: string, request: IncomingMessage, response: ServerResponse): void {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const backend = spawn(`${execFileSync("git", ["--exec-path"], { encoding: "utf8" }).trim()}/git-http-backend`, {
    env: {
      ...ENVIRONMENT,
      GIT_PROJECT_ROOT: base,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      REMOTE_ADDR: "127.0.0.1",
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(backend.stdin);
  backend.stdin.on("error", () => {});
  let head = Buffer.alloc(0);
  let headed = false;
  backend.stdout.on("data", (chunk: Buffer) => {
    if (headed) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end === -1) return;
    headed = true;
    for (const line of head.toString("latin1", 0, end).split("\r\n")) {
      const [name = "", value = ""] = line.split(/: (.*)/s);
      if (name.toLowerCase() === "status") response.statusCode = Number(value.split(" ")[0]);
      else response.setHeader(name, value);
    }
    response.write(head.subarray(end + 4));
  });
  backend.on("close", () => response.end());
}
