// Following a real HTTP server, by Node's own module and by `fetch`, as it is in other run times.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Split } from "../load.js";
import { createFollow, type Following, type FollowOptions } from "./index.js";

const CONTRACTS = ['["greet",9,9,[[["production"],1]]]'];
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/pointers.json`;
}

function follow(source: string, options: Omit<FollowOptions, "source"> = {}): Following {
  const load = (_name: unknown, ref: unknown) => ({ ref });
  return createFollow(
    { load, find: load, at: () => load, atAlias: (prompt) => prompt, Split },
    CONTRACTS,
  )({ ...options, source });
}

const pointers = (version: number) => JSON.stringify({ greet: { production: `v${version}` } });
const productionOf = (live: Following) => live.state.pointers["greet"]?.["production"];

function writeEndlessly(response: ServerResponse): void {
  const write = () => {
    while (!response.destroyed && response.write("x".repeat(65_536)));
  };
  response.on("drain", write);
  write();
}

/** As Deno, Bun and edge run times are. */
const hideNode = () => vi.stubGlobal("Deno", { unrefTimer: (timer: NodeJS.Timeout) => timer.unref() });

describe.each([
  ["node:http", () => {}],
  ["fetch", hideNode],
])("by %s", (_, prepare) => {
  it("a document that has not changed is not sent again", async () => {
    prepare();
    let version = 2;
    const requests: (readonly [string | undefined, number])[] = [];
    const url = await serve((request, response) => {
      const etag = `"v${version}"`;
      const isSame = request.headers["if-none-match"] === etag;
      requests.push([request.headers["if-none-match"], isSame ? 304 : 200]);
      response.writeHead(isSame ? 304 : 200, { etag }).end(isSame ? undefined : pointers(version));
    });
    const live = follow(url);
    for (const next of [2, 2, 3, 3]) {
      version = next;
      await live.refresh();
      expect([productionOf(live), live.state.etag]).toEqual([`v${next}`, `"v${next}"`]);
    }
    expect(requests).toEqual([
      [undefined, 200],
      ['"v2"', 304],
      ['"v2"', 200],
      ['"v3"', 304],
    ]);
  });

  it("the ETag of a document that was not accepted is not sent", async () => {
    prepare();
    let body = pointers(2);
    const tags: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      tags.push(request.headers["if-none-match"]);
      response.writeHead(200, { etag: `"${body.length}"` }).end(body);
    });
    const live = follow(url);
    await live.refresh();
    body = "<html>";
    expect((await live.refresh()).lastError).toMatchObject({ code: "malformed" });
    body = pointers(3);
    await live.refresh();
    expect(tags).toEqual([undefined, '"29"', '"29"']);
    expect([productionOf(live), live.state.lastError]).toEqual(["v3", undefined]);
  });

  it.each<[what: string, handler: Handler, code: string, message: RegExp]>([
    [
      "an error",
      (_request, response) => response.writeHead(500).end("x".repeat(10_000)),
      "status",
      /answered with status 500$/,
    ],
    ["a status without a document", (_request, response) => response.writeHead(204).end(), "status", /status 204$/],
    [
      "304 to a request without an ETag",
      (_request, response) => response.writeHead(304).end(),
      "status",
      /status 304$/,
    ],
    [
      "a redirect",
      (_request, response) => response.writeHead(302, { location: "https://evil.example/" }).end(),
      "redirect",
      /redirects to https:\/\/evil\.example\/: make the final URL the source$/,
    ],
    [
      "a redirect to a signed URL",
      (_request, response) => response.writeHead(307, { location: "https://me:pw@store.example/a?sig=secret" }).end(),
      "redirect",
      /redirects to https:\/\/store\.example\/a\?…: make/,
    ],
    [
      "a redirect within the server",
      (_request, response) => response.writeHead(301, { location: "/b?sig=secret" }).end(),
      "redirect",
      /redirects to http:\/\/127\.0\.0\.1:\d+\/b\?…: make/,
    ],
    [
      "a redirect that leads nowhere",
      (_request, response) => response.writeHead(302, { location: "http://:secret" }).end(),
      "redirect",
      /redirects elsewhere: make/,
    ],
    ["nothing", () => {}, "timeout", /did not answer within 300 ms$/],
    ["a beginning", (_request, response) => response.writeHead(200).write('{"greet":'), "timeout", /did not answer/],
    [
      "a part",
      (_request, response) => {
        response.writeHead(200, { "content-length": "100" }).write('{"greet":');
        setTimeout(() => response.destroy(), 20);
      },
      "unreachable",
      /cannot be reached/,
    ],
    ["no HTTP", (request) => request.socket.end("hello\r\n\r\n"), "unreachable", /cannot be reached/],
    [
      "a large document that it announces",
      (_request, response) => response.writeHead(200, { "content-length": "1000001" }).flushHeaders(),
      "too-large",
      /larger than 1000000 bytes/,
    ],
    [
      "an endless document",
      (_request, response) => writeEndlessly(response.writeHead(200)),
      "too-large",
      /larger than 1000000 bytes/,
    ],
    [
      "an endless error",
      (_request, response) => writeEndlessly(response.writeHead(500)),
      "status",
      /answered with status 500$/,
    ],
  ])("a server that answers with %s is reported, and pointers stay", async (_what, handler, code, message) => {
    prepare();
    let isFirst = true;
    const url = await serve((request, response) => {
      if (isFirst) response.end(pointers(2));
      else handler(request, response);
      isFirst = false;
    });
    const live = follow(url, { timeout: code === "timeout" ? 300 : 8_000, maxBytes: 1_000_000 });
    await live.refresh();
    const { lastError } = await live.refresh();
    expect(lastError).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(productionOf(live)).toBe("v2");
  });

  it("a server that does not exist is reported", async () => {
    prepare();
    const url = await serve(() => {});
    servers.pop()?.close();
    const { lastError } = await follow(url).refresh();
    expect(lastError).toMatchObject({
      code: "unreachable",
      message: expect.stringMatching(/cannot be reached: .*ECONNREFUSED/),
    });
  });

  it("headers are sent, and Retry-After is read", async () => {
    prepare();
    let seen: unknown;
    const url = await serve((request, response) => {
      seen = [request.headers["authorization"], request.headers.accept];
      response.writeHead(503, { "retry-after": "120" }).end();
    });
    const { lastError } = await follow(url, { headers: { Authorization: "Bearer x" } }).refresh();
    expect([lastError?.code, lastError?.retryAfter, seen]).toEqual([
      "status",
      120_000,
      ["Bearer x", "application/json"],
    ]);
  });
});

it("a query is in no message, also if the run time's own message contains the URL", async () => {
  hideNode();
  vi.stubGlobal("fetch", (url: string) => Promise.reject(new TypeError(`error sending request for url (${url})`)));
  const { lastError } = await follow("https://a.example/b?sig=secret").refresh();
  expect(lastError?.message).toBe(
    "https://a.example/b?… cannot be reached: error sending request for url (https://a.example/b?…)",
  );
  expect(lastError?.cause).toBeUndefined();
});

it("one connection is used whatever the server answers", async () => {
  const statuses = [200, 304, 302, 404, 304, 503, 204, 200];
  const url = await serve((_request, response) => {
    const status = statuses.shift() ?? 200;
    const body = [204, 304].includes(status) ? undefined : status === 200 ? pointers(2) : "x".repeat(100_000);
    response.writeHead(status, { etag: '"1"', location: "/elsewhere" }).end(body);
  });
  let connections = 0;
  servers[0]?.on("connection", () => connections++);
  const live = follow(url);
  while (statuses.length > 0) await live.refresh();
  expect([connections, productionOf(live), live.state.lastError]).toEqual([1, "v2", undefined]);
});

it("one connection is used for all requests, and another one if the server has closed it", async () => {
  let connections = 0;
  const url = await serve((request, response) => {
    const isSame = request.headers["if-none-match"] === '"1"';
    response.writeHead(isSame ? 304 : 200, { etag: '"1"' }).end(isSame ? undefined : pointers(2));
  });
  const [server] = servers;
  server?.on("connection", () => connections++);
  const live = follow(url);
  for (let asked = 0; asked < 5; asked++) await live.refresh();
  expect([connections, productionOf(live), live.state.lastError]).toEqual([1, "v2", undefined]);
  server?.closeAllConnections();
  expect((await live.refresh()).lastError).toBeUndefined();
  expect(connections).toBe(2);
});

it("a document that is stored compressed is refused in words", async () => {
  const url = await serve((_request, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(pointers(2))),
  );
  expect((await follow(url).refresh()).lastError?.message).toMatch(/compressed \(content-encoding: gzip\)/);
});
