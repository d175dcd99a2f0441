// `cuecard mcp --http`: clients of both generations of the protocol, and requests that no client would send.

import { request as sendHttp } from "node:http";
import { createProject, greetProject, type TestRepository } from "@cuecard/testing";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as OlderClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as OlderTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { PromptListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { runCommand } from "./run-command.js";

vi.setConfig({ testTimeout: 60_000 });

interface Running {
  readonly url: URL;
  readonly output: string;
  /** Ends the server as Ctrl-C does, and returns its exit code. */
  stop(): Promise<number>;
}

async function serve(
  { dir }: TestRepository,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  let output = "";
  let interrupt = () => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const onOutput = (text: string) => {
    output += text;
  };
  const ended = runCommand(["mcp", "--http", "--port", "0", ...args], { cwd: dir, env, interrupted, onOutput });
  const stop = async () => {
    interrupt();
    return (await ended).code;
  };
  onTestFinished(async () => void (await stop()));
  await Promise.race([ended, vi.waitUntil(() => output.includes("Press Ctrl-C"), { timeout: 20_000 })]);
  return { url: new URL(/http:\S+/.exec(output)?.[0] ?? output), output, stop };
}

interface Reply {
  readonly status: number | undefined;
  readonly text: string;
}

function send(url: URL, headers: Readonly<Record<string, string>>, body = "", method = "POST"): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = sendHttp(url, { method, headers, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

const JSON_HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const INITIALIZE = JSON.stringify({
  ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
});

describe("cuecard mcp --http", () => {
  it("serves clients of the present protocol, and tells them of changes", async () => {
    const repository = greetProject();
    const { url } = await serve(repository);
    let changes = 0;
    const client = new Client(
      { name: "test", version: "1" },
      {
        versionNegotiation: { mode: "auto" },
        listChanged: { prompts: { onChanged: () => void changes++, debounceMs: 0 } },
      },
    );
    await client.connect(new StreamableHTTPClientTransport(url));
    onTestFinished(() => client.close());
    expect(client.getNegotiatedProtocolVersion()).toBe("2026-07-28");
    const { messages } = await client.getPrompt({ name: "greet", arguments: { name: "Ada", place: "X" } });
    expect(messages[0]?.content).toEqual({ type: "text", text: "Hi Ada, welcome to X!" });
    expect((await client.listTools()).tools).toHaveLength(6);
    repository.write("prompts/new.md", "New");
    await vi.waitUntil(() => changes > 0, { timeout: 20_000 });
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(["greet", "new"]);
  });

  it("serves older clients with a session each", async () => {
    const repository = greetProject();
    const { url, stop } = await serve(repository, ["--alias", "production"]);
    const client = new OlderClient({ name: "older", version: "1" });
    let changes = 0;
    client.setNotificationHandler(PromptListChangedNotificationSchema, () => void changes++);
    const transport = new OlderTransport(url);
    await client.connect(transport as Parameters<typeof client.connect>[0]);
    expect(transport.sessionId).toMatch(/^[0-9a-f-]{36}$/);
    const { messages } = await client.getPrompt({ name: "greet", arguments: { name: "Ada" } });
    expect(messages[0]?.content).toEqual({ type: "text", text: "Hello Ada!" });
    repository.write("aliases.json", '{ "greet": { "production": "v2" } }');
    await vi.waitUntil(() => changes > 0, { timeout: 20_000 });
    await client.close();
    expect(await stop()).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("keeps a bounded number of sessions: the oldest ends, and its client starts anew", async () => {
    const { url } = await serve(greetProject());
    const start = async () => {
      const response = await fetch(url, { method: "POST", headers: JSON_HEADERS, body: INITIALIZE });
      await response.text();
      return response.headers.get("mcp-session-id") ?? "";
    };
    const first = await start();
    const ping = (id: string) =>
      send(url, { ...JSON_HEADERS, "mcp-session-id": id }, '{"jsonrpc":"2.0","id":2,"method":"ping"}');
    expect((await ping(first)).status).toBe(200);
    for (let count = 0; count < 64; count++) await start();
    expect(await ping(first)).toMatchObject({ status: 404, text: expect.stringContaining("Session not found") });
    expect((await ping("../x")).status).toBe(404);
  });

  it("refuses what only web pages of other origins send, and what is not the protocol", async () => {
    const { url } = await serve(greetProject());
    const other = (path: string) => new URL(path, url);
    const cases: [Promise<Reply>, number][] = [
      [send(url, { ...JSON_HEADERS, host: "evil.example" }, INITIALIZE), 403],
      [send(url, { ...JSON_HEADERS, host: "127.0.0.1.evil.example" }, INITIALIZE), 403],
      [send(url, { ...JSON_HEADERS, origin: "https://evil.example" }, INITIALIZE), 403],
      [send(url, { ...JSON_HEADERS, origin: "null" }, INITIALIZE), 403],
      [send(url, { ...JSON_HEADERS, origin: "http://localhost:3000" }, INITIALIZE), 200],
      [send(url, JSON_HEADERS, "{"), 400],
      [send(url, JSON_HEADERS, ""), 400],
      [send(url, JSON_HEADERS, "[".repeat(100_000)), 400],
      [send(url, { ...JSON_HEADERS, "content-type": "text/plain" }, INITIALIZE), 415],
      [send(url, { "content-type": "application/json" }, INITIALIZE), 406],
      [send(url, JSON_HEADERS, '{"jsonrpc":"2.0","id":1,"method":"prompts/list"}'), 400],
      [send(url, JSON_HEADERS, `"${"x".repeat(4 * 1024 * 1024)}"`), 413],
      [send(url, {}, "", "DELETE"), 400],
      [send(other("/"), JSON_HEADERS, INITIALIZE), 404],
      [send(other("/mcp/../../etc/passwd"), JSON_HEADERS, INITIALIZE), 404],
    ];
    expect(await Promise.all(cases.map(async ([reply]) => (await reply).status))).toEqual(
      cases.map(([, status]) => status),
    );
  });

  it("asks for a token if clients may write, if it listens for other machines, or if one is set", async () => {
    const repository = greetProject();
    const { url, output } = await serve(repository, ["--host", "0.0.0.0"]);
    const tokenIn = (text: string) => /Bearer (\S{32})$/m.exec(text)?.[1];
    const writing = await serve(repository, ["--allow-write"]);
    const own = await serve(repository, [], { CUECARD_MCP_TOKEN: "secret" });
    expect(own.output).not.toContain("secret");
    for (const [address, token] of [
      [url, tokenIn(output)],
      [writing.url, tokenIn(writing.output)],
      [own.url, "secret"],
    ] as const) {
      const withToken = (value: string) => ({ ...JSON_HEADERS, authorization: value });
      expect((await send(address, JSON_HEADERS, INITIALIZE)).status).toBe(401);
      expect((await send(address, withToken(`Bearer ${token}x`), INITIALIZE)).status).toBe(401);
      expect((await send(address, withToken(`Basic ${token}`), INITIALIZE)).status).toBe(401);
      expect((await send(address, withToken(`${token}`), INITIALIZE)).status).toBe(401);
      for (const scheme of ["Bearer ", "bearer ", "BEARER  "])
        expect((await send(address, withToken(`${scheme}${token}`), INITIALIZE)).status).toBe(200);
    }
  });

  it("prints no token for an address of this machine", async () => {
    const { url, output } = await serve(greetProject(), ["--host", "127.0.0.1"]);
    expect(output).not.toContain("Bearer");
    expect((await send(url, JSON_HEADERS, INITIALIZE)).status).toBe(200);
  });

  it.each(["é", " ", "a b", "a\n", "\u0000", "💡"])("refuses the token %j, which no client can send", async (token) => {
    const { dir } = greetProject();
    const options = { cwd: dir, env: { CUECARD_MCP_TOKEN: token }, interrupted: Promise.resolve() };
    const { code, stdout, stderr } = await runCommand(["mcp", "--http", "--port", "0"], options);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("no client can send the token in CUECARD_MCP_TOKEN");
  });

  it("says that there are no prompts, or that some are broken", async () => {
    const errorsOf = async (files: Readonly<Record<string, string>>) => {
      const options = { cwd: createProject(files).dir, interrupted: Promise.resolve() };
      return (await runCommand(["mcp", "--http", "--port", "0"], options)).stderr;
    };
    expect(await errorsOf({})).toMatch(/^note: there are no prompts in prompts\/; /);
    expect(await errorsOf({ "prompts/a.md": "{{#if}}", "prompts/b.md": "B" })).toMatch(/^1 error; run `cuecard check`/);
  });

  it("explains which addresses it cannot use", async () => {
    const { dir } = greetProject();
    const { url } = await serve({ dir } as TestRepository);
    const run = (...args: string[]) => runCommand(["mcp", ...args], { cwd: dir, interrupted: Promise.resolve() });
    expect(await run("--http", "--port", url.port)).toMatchObject({
      code: 1,
      stderr: `error: port ${url.port} is taken\nhint: choose another with --port, or 0 for any that is free\n`,
    });
    expect((await run("--http", "--host", "203.0.113.7", "--port", "0")).stderr).toMatch(
      /cannot listen on 203.0.113.7/,
    );
    expect((await run("--http", "--port", "99999")).stderr).toContain("Write a number from 0 to 65535.");
    expect((await run("--port", "1")).stderr).toContain("--port requires --http");
    expect((await run("--http", "--alias", "prodution")).stderr).toMatch(/no prompt has the alias "prodution"/);
  });
});
