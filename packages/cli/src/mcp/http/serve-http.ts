// Serves many clients over HTTP: https://modelcontextprotocol.io/specification/2026-07-28/basic/transports

import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createMcpHandler, isLegacyRequest } from "@modelcontextprotocol/server";
import { listen } from "../../support/local-server.js";
import { sendWebResponse, toWebRequest } from "../../support/web-request.js";
import { createNotifyingServer, createServer } from "../create-server.js";
import type { ServedProject } from "../served-project.js";
import { type Access, findDenial } from "./access.js";
import { openSessions } from "./sessions.js";

export interface HttpOptions extends Access {
  /** 0: any that is free. */
  readonly port: number;
}

export interface RunningHttp {
  readonly port: number;
  close(): Promise<void>;
}

/** The path of the protocol; there is nothing else. */
export const MCP_PATH = "/mcp";

const MAX_SESSIONS = 64;
const MAX_CONNECTIONS = 256;
/** The size of a request, in bytes. */
const MAX_BODY = 4 * 1024 * 1024;

/**
 * @param log Receives what is not an answer.
 * @throws RequestError if the port or the address cannot be used.
 */
export async function serveHttp(
  project: ServedProject,
  options: HttpOptions,
  log: (text: string) => void,
): Promise<RunningHttp> {
  const onerror = ({ message }: Error) => log(message);
  const limits = { maxRequestBodySize: MAX_BODY };
  const modern = createMcpHandler(() => createServer(project, log), { legacy: "reject", onerror, ...limits });
  const unsubscribe = project.onChange(() => modern.notify.promptsChanged());
  const sessions = openSessions(() => createNotifyingServer(project, log), MAX_SESSIONS);

  async function answer(request: Request): Promise<Response> {
    const isLegacy = await isLegacyRequest(request, undefined, limits);
    return isLegacy ? sessions.handle(request) : modern.fetch(request);
  }

  const http = createHttpServer((incoming, outgoing) => {
    handle(incoming, outgoing, options, answer).catch((error: unknown) => {
      // The client has gone, or it was not served because of a bug.
      if (!outgoing.headersSent) deny(outgoing, 500, "the request could not be served");
      else outgoing.destroy();
      if (!incoming.destroyed) log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
  http.maxConnections = MAX_CONNECTIONS;
  await listen(http, options);
  return {
    port: (http.address() as AddressInfo).port,
    async close() {
      unsubscribe();
      await Promise.all([modern.close(), sessions.close()]);
      const closed = new Promise<void>((done) => http.close(() => done()));
      http.closeAllConnections();
      await closed;
    },
  };
}

async function handle(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  access: Access,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  const denial = findDenial(incoming.headers, access);
  if (denial !== undefined) return deny(outgoing, denial.status, denial.problem);
  if (Number(incoming.headers["content-length"] ?? 0) > MAX_BODY)
    return deny(outgoing, 413, `a request has at most ${MAX_BODY} bytes`);
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  let request: Request;
  try {
    request = toWebRequest(incoming, gone.signal);
  } catch {
    return deny(outgoing, 400, "the request's method, address or headers are not valid");
  }
  if (new URL(request.url).pathname !== MCP_PATH) return deny(outgoing, 404, `the only path is ${MCP_PATH}`);
  await sendWebResponse(await answer(request), outgoing);
}

function deny(outgoing: ServerResponse, status: number, message: string): void {
  const error = { code: -32600, message };
  outgoing.writeHead(status, {
    "content-type": "application/json",
    connection: "close",
    ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
  });
  outgoing.end(JSON.stringify({ jsonrpc: "2.0", error, id: null }));
}
