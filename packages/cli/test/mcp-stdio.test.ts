// `cuecard mcp` as clients start it: the built program, over its standard input and output.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createProject, greetProject } from "@cuecard/testing";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as OlderClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OlderTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { CUECARD } from "./built-program.js";

vi.setConfig({ testTimeout: 60_000 });

const node = process.execPath;

function start(dir: string, args: readonly string[] = []): ChildProcessWithoutNullStreams {
  // In CI, versions that are not in prompts.lock would not count.
  const child = spawn(node, [CUECARD, "mcp", ...args], { cwd: dir, env: { ...process.env, CI: "" } });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** What it prints, split into lines. */
function linesOf(child: ChildProcessWithoutNullStreams, name: "stdout" | "stderr" = "stdout"): string[] {
  const lines: string[] = [];
  let rest = "";
  child[name].on("data", (chunk) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  });
  return lines;
}

const INITIALIZE = {
  ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};

describe("cuecard mcp", () => {
  it("serves the present client and an older one, and tells them of changes", async () => {
    const repository = greetProject();
    const parameters = { command: node, args: [CUECARD, "mcp"], cwd: repository.dir };
    let changes = 0;
    const onChanged = () => void changes++;
    const client = new Client(
      { name: "test", version: "1" },
      { versionNegotiation: { mode: "auto" }, listChanged: { prompts: { onChanged, debounceMs: 0 } } },
    );
    await client.connect(new StdioClientTransport(parameters));
    onTestFinished(() => client.close());
    const older = new OlderClient(
      { name: "older", version: "1" },
      { listChanged: { prompts: { onChanged, debounceMs: 0 } } },
    );
    await older.connect(new OlderTransport(parameters));
    onTestFinished(() => older.close());
    expect(client.getNegotiatedProtocolVersion()).toBe("2026-07-28");
    for (const one of [client, older]) {
      const { messages } = await one.getPrompt({ name: "greet", arguments: { name: "Ada", place: "X" } });
      expect(messages[0]?.content).toEqual({ type: "text", text: "Hi Ada, welcome to X!" });
    }
    repository.write("prompts/new.md", "New");
    await vi.waitUntil(() => changes >= 2, { timeout: 20_000 });
  });

  it("prints nothing but the protocol, answers on after broken messages, and ends with its input", async () => {
    const { dir } = createProject({
      "cuecard.config.json": '{ "helpers": "helpers.ts" }',
      "helpers.ts": 'export function loud(text: string): string { console.log("from a helper"); return text; }',
      "prompts/greet.md": "{{loud name}}",
    });
    const child = start(dir, ["--helpers"]);
    const lines = linesOf(child);
    const errors = linesOf(child, "stderr");
    const tell = (message: object | string) =>
      child.stdin.write(`${typeof message === "string" ? message : JSON.stringify(message)}\n`);
    tell(INITIALIZE);
    tell({ jsonrpc: "2.0", method: "notifications/initialized" });
    const broken: [line: string, answer: { id: unknown; code: number } | undefined][] = [
      ["{", { id: null, code: -32700 }],
      ["[".repeat(100_000), { id: null, code: -32700 }],
      ["7", { id: null, code: -32600 }],
      ["null", { id: null, code: -32600 }],
      ["[]", { id: null, code: -32600 }],
      ['{"id":{}}', { id: null, code: -32600 }],
      ['{"jsonrpc":"1.0","id":12,"method":"ping"}', { id: 12, code: -32600 }],
      ['{"jsonrpc":"2.0","id":"a","method":7}', { id: "a", code: -32600 }],
      ['{"jsonrpc":"2.0","id":13,"method":"prompts/get","params":5}', { id: 13, code: -32602 }],
      ['{"jsonrpc":"2.0","id":14,"method":"prompts/get","params":["greet"]}', { id: 14, code: -32602 }],
      ['{"jsonrpc":"2.0","id":15,"method":"prompts/get","params":null}', { id: 15, code: -32602 }],
      [
        '{"jsonrpc":"2.0","id":16,"method":"prompts/get","params":{"_meta":5,"name":"greet"}}',
        { id: 16, code: -32602 },
      ],
      ["", undefined],
      ['{"jsonrpc":"2.0","id":17,"result":5}', undefined],
      ['{"jsonrpc":"2.0","method":"notifications/initialized","params":5}', undefined],
    ];
    for (const [line] of broken) tell(line);
    await vi.waitUntil(() => lines.some((line) => line.includes('"id":16')), { timeout: 20_000 });
    expect(
      lines.map((line) => JSON.parse(line)).flatMap(({ id, error }) => (error ? [{ id, code: error.code }] : [])),
    ).toEqual(broken.flatMap(([, answer]) => answer ?? []));
    lines.length = 0;
    tell({ jsonrpc: "2.0", id: 3, method: "prompts/../get" });
    tell({ jsonrpc: "2.0", id: 4, method: "prompts/get", params: { name: 7 } });
    tell({ jsonrpc: "2.0", id: 5, method: "prompts/get", params: { name: "greet", arguments: { name: "Ada" } } });
    await vi.waitUntil(() => lines.some((line) => line.includes('"id":5')), { timeout: 20_000 });
    const answers = lines.map((line) => JSON.parse(line)).filter(({ id }) => id > 1);
    expect(answers.sort((a, b) => a.id - b.id)).toMatchObject([
      { id: 3, error: { code: -32601 } },
      {
        id: 4,
        error: {
          code: -32602,
          message:
            "the params of prompts/get are not valid: params.name: Invalid input: expected string, received number",
        },
      },
      { id: 5, result: { messages: [{ content: { text: "Ada" } }] } },
    ]);
    expect(errors).toContain("from a helper");
    const closed = once(child, "close");
    child.stdin.end();
    expect(await closed).toEqual([0, null]);
  });

  it("ends with the reason if no prompt has the alias", async () => {
    const child = start(greetProject().dir, ["--alias", "prodution"]);
    const errors = linesOf(child, "stderr");
    expect(await once(child, "close")).toEqual([1, null]);
    expect(errors).toEqual(['error: no prompt has the alias "prodution"', 'hint: did you mean "production"?']);
  });

  it("ends after SIGTERM, and refuses messages without an end", async () => {
    const { dir } = greetProject();
    const child = start(dir);
    const lines = linesOf(child);
    child.stdin.write(`${JSON.stringify(INITIALIZE)}\n`);
    await vi.waitUntil(() => lines.length > 0, { timeout: 20_000 });
    const closed = once(child, "close");
    child.kill("SIGTERM");
    expect(await closed).toEqual([0, null]);
    const flooded = start(dir);
    flooded.stdin.on("error", () => {});
    const ended = once(flooded, "close");
    const errors = linesOf(flooded, "stderr");
    for (let megabyte = 0; megabyte < 12; megabyte++) flooded.stdin.write("x".repeat(1024 * 1024));
    expect((await ended)[0]).toBe(0);
    expect(errors.join("\n")).toMatch(/size|exceed/i);
  });
});
