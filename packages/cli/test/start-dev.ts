// Runs `cuecard dev` in this process, and asks it as one of its own pages.

import { type IncomingHttpHeaders, request } from "node:http";
import { expect, vi } from "vitest";
import { run } from "../src/run.js";
import { createTerminal } from "./run-command.js";

export interface Dev {
  readonly dir: string;
  /** With the token. */
  readonly url: URL;
  readonly cookie: string;
  readonly written: { readonly stdout: string; readonly stderr: string };
  /** Gets a file of the site. */
  page(place: string): Promise<Answer>;
  /** Sends a request of the API as a page does. */
  ask(name: string, body: object): Promise<{ readonly status: number; readonly json: unknown }>;
  stop(): Promise<number>;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** @param args Further arguments of `cuecard dev`. */
export async function startDev({ dir }: { readonly dir: string }, ...args: readonly string[]): Promise<Dev> {
  let interrupt = () => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const { terminal, written } = createTerminal({ cwd: dir, interrupted });
  const ended = run(["dev", "--port", "0", ...args], terminal);
  const url = await vi.waitFor(
    () => {
      const [found] = /http:\S+/.exec(written.stdout) ?? [];
      if (found === undefined) throw new Error(`no address: ${written.stderr}`);
      return new URL(found);
    },
    { timeout: 30_000 },
  );
  const { headers } = await send(url);
  const cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
  return {
    ...{ dir, url, cookie, written },
    page: (place) => send(new URL(place, url.origin), { headers: { cookie } }),
    async ask(name, body) {
      const own = { cookie, origin: url.origin, "content-type": "application/json" };
      const sent = { headers: own, method: "POST", body: JSON.stringify(body) };
      const { status, text } = await send(new URL(`/@api/${name}`, url.origin), sent);
      expect([name, status, text]).toEqual([name, status, expect.stringMatching(/^[{[]/)]);
      return { status, json: JSON.parse(text) };
    },
    stop() {
      interrupt();
      return ended;
    },
  };
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly body?: string;
}

/** Unlike `fetch`, sends any header. */
export function send(url: URL, sent?: Sent): Promise<Answer> {
  return sendTo(url, url.pathname + url.search, sent);
}

/** @param path As it is sent: a `URL` would change it. */
export function sendTo(
  server: URL,
  path: string,
  { headers = {}, method = "GET", body = "" }: Sent = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const { hostname: host, port } = server;
    const sent = request({ host, port, path, headers: { ...length, ...headers }, method }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
