// A real browser for tests: Chromium from npm, which needs no packages of the system. CHROMIUM_PATH names another one.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** In a single process, the browser would end with its first page. Without web security, it does not say which page asks. */
const UNLIKE_OTHERS = ["--single-process", "--disable-web-security", "--allow-running-insecure-content"];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? (await sparticuz.executablePath()),
    args: sparticuz.args.filter((arg) => !UNLIKE_OTHERS.includes(arg)),
  });
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

export interface FileServer {
  /** Ends in `/`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a folder as a plain web server does.
 *
 * @param base The path below which it is: `/docs/prompts/`.
 */
export async function serveFolder(dir: string, base: string): Promise<FileServer> {
  const server = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = path.join(dir, asked.slice(base.length).replace(/(^|\/)$/, "$1index.html"));
    const text = asked.startsWith(base) ? await readFile(file).catch(() => undefined) : undefined;
    response.writeHead(text === undefined ? 404 : 200, {
      "content-type": TYPES[path.extname(file)] ?? "application/octet-stream",
    });
    response.end(text ?? "Not found");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
