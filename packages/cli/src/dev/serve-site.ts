// Serves the pages of `cuecard dev`, which load again when they have changed, and answers what they ask for.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { listen } from "../support/local-server.js";
import { sendWebResponse } from "../support/web-request.js";
import { Access } from "./access.js";
import { API, answerApi, type Call, refusal } from "./api/api.js";
import { LiveEvents } from "./live-events.js";
import type { ServedCatalog } from "./served-catalog.js";

export interface SiteServer {
  /** With the token. */
  readonly url: string;
  /** Reports to browsers that the project was read again, or that the site has changed. */
  announce(event: "change" | "read"): void;
  close(): Promise<void>;
}

export interface SiteServerOptions extends Omit<Call, "signal"> {
  readonly site: Pick<ServedCatalog, "file" | "isReadable">;
  /** 0: any that is free. */
  readonly port: number;
  /** Called with what must not happen. */
  readonly onBug: (error: unknown) => void;
}

const HOST = "127.0.0.1";
const LIVE = "/@live";

/** Before the first site. */
const NOT_YET = `<!doctype html><title>Cuecard</title><meta http-equiv="refresh" content="1">
<p>The project cannot be read. See the terminal for the reason. This page loads again when that is fixed.</p>\n`;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** @throws RequestError if the port cannot be used. */
export async function serveSite(options: SiteServerOptions): Promise<SiteServer> {
  const live = new LiveEvents();
  let access: Access | undefined;
  const http = createServer((request, response) => {
    if (access === undefined) return void response.destroy();
    answer({ ...options, request, response, access, live }).catch((error: unknown) => {
      response.destroy();
      if (!isGone(error)) options.onBug(error);
    });
  });
  await listen(http, { host: HOST, port: options.port });
  const { port } = http.address() as AddressInfo;
  access = new Access(port);
  return {
    url: `http://${HOST}:${port}/?token=${access.token}`,
    announce: (event) => live.announce(event),
    close: () =>
      new Promise((done) => {
        http.close(() => done());
        http.closeAllConnections();
      }),
  };
}

interface Exchange extends SiteServerOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly access: Access;
  readonly live: LiveEvents;
}

async function answer({ request, response, access, site, live, ...served }: Exchange): Promise<void> {
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
  if (url.pathname.startsWith(API)) {
    const signal = abortedWith(response);
    const answered = access.isOwnPage(request.headers)
      ? await answerApi(request, url.pathname, { ...served, signal })
      : refusal(403, "only a page of cuecard dev may ask for this");
    return sendWebResponse(answered, response);
  }
  if (request.method !== "GET" && request.method !== "HEAD") return send(405, "text/plain", "Only GET is possible.\n");
  if (kind === "token") {
    url.searchParams.delete("token");
    // One slash: two would begin the name of another host.
    const location = `/${url.pathname.replace(/^\/+/, "")}${url.search}`;
    response.writeHead(303, { location, "set-cookie": access.cookie });
    response.end();
    return;
  }
  if (url.pathname === LIVE) return live.connect(response);
  if (!site.isReadable) return send(503, TYPES[".html"] ?? "", NOT_YET);
  const asked = decodeURIComponent(url.pathname).slice(1);
  const name = asked === "" || asked.endsWith("/") ? `${asked}index.html` : asked;
  const { state } = live;
  const text = await site.file(name);
  if (text === undefined) return send(404, "text/plain", "There is no such page.\n");
  const type = path.extname(name);
  send(200, TYPES[type] ?? "application/octet-stream", type === ".html" ? markPage(text, state) : text);
}

/** Adds the state of the site, as `/@live` names it, by which the page finds a change from before it was connected. */
function markPage(html: string, state: string): string {
  return html.replace("</head>", () => `<meta name="live-state" content="${state}"></head>`);
}

function abortedWith(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return gone.signal;
}

/** Whether an error says that the browser has left. */
function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = "" } = error as NodeJS.ErrnoException;
  return error.name === "AbortError" || ["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(code);
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
