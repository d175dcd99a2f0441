// Serves the pages of `cuecard dev`, which load again when they have changed.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { listen } from "../support/local-server.js";
import { Access } from "./access.js";

export interface SiteServer {
  /** With the token. */
  readonly url: string;
  /** Makes browsers load their page again. */
  reload(): void;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
const LIVE = "/@live";
const LIVE_SCRIPT = "/@live.js";
const SCRIPT = `new EventSource("${LIVE}").addEventListener("reload", () => location.reload());\n`;

/** Before the first site. The page loads again when there is one. */
const NOT_YET = `<!doctype html><title>Cuecard</title><script type="module" src="${LIVE_SCRIPT}"></script>
<p>The project cannot be read. See the terminal for the reason. This page loads again when that is fixed.</p>\n`;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/**
 * @param dir The folder with the site. It is replaced as a whole when it changes.
 * @param port 0: any that is free.
 * @throws RequestError if the port cannot be used.
 */
export async function serveSite(dir: string, port: number): Promise<SiteServer> {
  const listeners = new Set<ServerResponse>();
  let access: Access | undefined;
  const http = createServer((request, response) => {
    if (access === undefined) return void response.destroy();
    answer({ request, response, access, dir, listeners }).catch(() => response.destroy());
  });
  await listen(http, { host: HOST, port });
  const { port: used } = http.address() as AddressInfo;
  access = new Access(used);
  return {
    url: `http://${HOST}:${used}/?token=${access.token}`,
    reload() {
      for (const listener of listeners) listener.write("event: reload\ndata: 1\n\n");
    },
    close: () =>
      new Promise((done) => {
        http.close(() => done());
        http.closeAllConnections();
      }),
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly access: Access;
  readonly dir: string;
  /** Pages that wait for a change. */
  readonly listeners: Set<ServerResponse>;
}

async function answer({ request, response, access, dir, listeners }: Exchange): Promise<void> {
  const send = (status: number, type: string, body: string | Buffer) => {
    response.writeHead(status, {
      "content-type": type,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.end(request.method === "HEAD" ? undefined : body);
  };
  const url = parseUrl(request.url ?? "/");
  if (url === undefined) return send(400, "text/plain", "The address is not valid.\n");
  const { kind, problem } = access.admit(request.headers, url);
  if (kind === "denied") return send(403, "text/plain", `Not allowed: ${problem}.\n`);
  if (request.method !== "GET" && request.method !== "HEAD") return send(405, "text/plain", "Only GET is possible.\n");
  if (kind === "token") {
    url.searchParams.delete("token");
    response.writeHead(303, { location: `${url.pathname}${url.search}`, "set-cookie": access.cookie });
    response.end();
    return;
  }
  if (url.pathname === LIVE_SCRIPT) return send(200, TYPES[".js"] ?? "", SCRIPT);
  if (url.pathname === LIVE) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.flushHeaders();
    listeners.add(response);
    response.once("close", () => listeners.delete(response));
    return;
  }
  const file = await readPage(dir, url.pathname);
  if (file === undefined && existsSync(dir)) return send(404, "text/plain", "There is no such page.\n");
  if (file === undefined) return send(503, TYPES[".html"] ?? "", NOT_YET);
  send(200, TYPES[path.extname(file.name)] ?? "application/octet-stream", file.body);
}

function parseUrl(text: string): URL | undefined {
  try {
    const url = new URL(text, `http://${HOST}`);
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    return undefined;
  }
}

async function readPage(dir: string, pathname: string) {
  const asked = decodeURIComponent(pathname);
  const name = asked.endsWith("/") ? `${asked}index.html` : asked;
  const file = path.join(dir, name);
  if (name.includes("\0") || !file.startsWith(dir + path.sep)) return undefined;
  const body = await readFile(file).catch(() => undefined);
  if (body === undefined) return undefined;
  if (!name.endsWith(".html")) return { name, body };
  const script = `<script type="module" src="${LIVE_SCRIPT}"></script></head>`;
  return { name, body: body.toString("utf8").replace("</head>", () => script) };
}
