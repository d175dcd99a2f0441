// "Go to Definition" on what code uses of a generated package opens the prompt's Markdown file: asked of the real tsserver, as
// editors ask it.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createProject } from "@cuecard/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { runCommand } from "../packages/cli/test/run-command.js";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const RUNTIME = fileURLToPath(new URL("../packages/runtime", import.meta.url));

const COST = `---
description: Answers cost questions
input:
  schema:
    user_context: string, who is asking
    rows?(array):
      name: string
    "first name": string
output:
  schema: { answer: string }
---
{{user_context}}{{#each rows}}{{name}}{{/each}}{{[first name]}}
`;

const CODE = `import { load, type Prompts } from "@acme/prompts";
import { production, v1 } from "@acme/prompts/finance/cost";
load("finance/cost", "production").format({ user_context: "me", rows: [{ name: "a" }], "first name": "Ada" });
production.parseOutput("{}").answer;
v1.format({ old: "x" });
load("greet", "latest").format({ who: "Ada" });
type Refs = Prompts["finance/cost"];
import * as common from "@acme/prompts/common/finance/cost";
common.latest.format({ user_context: "you" });
`;

let dir: string;
let server: Tsserver;

beforeAll(async () => {
  const repository = createProject({
    "prompts/finance/cost.md": "{{old}}",
    "prompts/greet.md": "Hello\n{{who}}!",
    "cuecard.config.json": "{}",
    "packages/prompts/package.json": JSON.stringify({
      name: "@acme/prompts",
      type: "module",
      exports: {
        ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
        "./common/*": "./dist/prompts/*.cjs",
        "./*": { types: "./dist/prompts/*.d.ts", default: "./dist/prompts/*.js" },
      },
    }),
    "service/tsconfig.json": JSON.stringify({
      compilerOptions: { module: "nodenext", strict: true, types: [], customConditions: ["cuecard-source"] },
    }),
    "service/package.json": '{ "type": "module" }',
    "service/use.ts": CODE,
  });
  dir = repository.dir;
  repository.commit("One");
  await runCommand(["release", "--yes"], { cwd: dir });
  repository.write({ "prompts/finance/cost.md": COST });
  repository.commit("Two");
  await runCommand(["release", "--yes"], { cwd: dir });
  await runCommand(["alias", "set", "finance/cost", "production", "v2", "--allow-breaking"], { cwd: dir });
  expect(await runCommand(["build"], { cwd: dir })).toMatchObject({ code: 0 });
  mkdirSync(path.join(dir, "node_modules/@acme"), { recursive: true });
  symlinkSync("../../packages/prompts", path.join(dir, "node_modules/@acme/prompts"), "dir");
  mkdirSync(path.join(dir, "node_modules/@cuecard"), { recursive: true });
  symlinkSync(RUNTIME, path.join(dir, "node_modules/@cuecard/runtime"), "dir");
  server = new Tsserver();
});

afterAll(() => {
  server.stop();
});

it.each<[code: string, word: string, place: string]>([
  ["import { production, v1 }", "production", "prompts/finance/cost.md:1:1"],
  ["import { production, v1 }", "v1", "prompts/finance/cost.md:1:1"],
  ["{ user_context:", "user_context", "prompts/finance/cost.md:5:5"],
  ['{ user_context: "you"', "user_context", "prompts/finance/cost.md:5:5"],
  ["rows: [", "rows", "prompts/finance/cost.md:6:5"],
  ['"first name": "Ada"', '"first name"', "prompts/finance/cost.md:8:5"],
  ['"{}").answer', "answer", "prompts/finance/cost.md:10:13"],
  ["{ old:", "old", "prompts/finance/cost.md:1:1"],
  ["{ who:", "who", "prompts/greet.md:2:3"],
  ['from "@acme/prompts/finance/cost"', "@acme", "prompts/finance/cost.md:1:1"],
  ['from "@acme/prompts"', "@acme", "packages/prompts/dist/index.d.ts:1:1"],
  ["load(", "load", "packages/prompts/dist/index.d.ts"],
  ['Prompts["finance/cost"]', "finance/cost", "prompts/finance/cost.md:1:1"],
])("%s: %s", async (code, word, place) => {
  const found = await server.definitions(path.join(dir, "service/use.ts"), code, word);
  expect(found).toEqual([expect.stringMatching(new RegExp(`^${place.replaceAll(".", "\\.")}`))]);
});

// TypeScript looks up no symbol for a string argument, with maps or without. If this fails, the editors page can promise more.
it.each([
  ['load("finance/cost"', "finance/cost"],
  ['"production").format', "production"],
])("leads nowhere from a string argument: %s", async (code, word) => {
  expect(await server.definitions(path.join(dir, "service/use.ts"), code, word)).toEqual([]);
});

it("leads to the declarations if the prompts are not there, as in a published package", async () => {
  rmSync(path.join(dir, "prompts"), { recursive: true });
  server.stop();
  server = new Tsserver();
  const file = path.join(dir, "service/use.ts");
  const [place] = await server.definitions(file, "{ user_context:", "user_context");
  expect(place).toMatch(/^packages\/prompts\/dist\/prompts\/finance\/cost\.d\.ts:\d+:3$/);
});

interface Location {
  readonly file: string;
  readonly start: { readonly line: number; readonly offset: number };
}

/** TypeScript's server for editors. Requests and answers are JSON on its standard streams. */
class Tsserver {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (body: readonly Location[]) => void>();
  #requests = 0;
  #output = "";

  constructor() {
    const program = createRequire(import.meta.url).resolve("typescript/lib/tsserver.js");
    const options = ["--disableAutomaticTypingAcquisition", "--suppressDiagnosticEvents"];
    this.#process = spawn(process.execPath, [program, ...options]);
    this.#process.stdout.setEncoding("utf8").on("data", (data: string) => {
      this.#output += data;
      const lines = this.#output.split("\n");
      this.#output = lines.pop() ?? "";
      for (const line of lines.filter((text) => text.startsWith("{"))) {
        const answer = JSON.parse(line) as { request_seq?: number; body?: readonly Location[] };
        this.#waiting.get(answer.request_seq ?? -1)?.(answer.body ?? []);
      }
    });
  }

  /** Where a word in a line of code is defined, as `file:line:column`. */
  async definitions(file: string, code: string, word: string): Promise<string[]> {
    this.#send("open", { file });
    const before = CODE.slice(0, CODE.indexOf(code) + code.indexOf(word) + 1).split("\n");
    const found = await new Promise<readonly Location[]>((resolve) => {
      const place = { file, line: before.length, offset: (before.at(-1)?.length ?? 0) + 1 };
      this.#waiting.set(this.#send("definition", place), resolve);
    });
    return found.map((one) => `${path.relative(dir, one.file)}:${one.start.line}:${one.start.offset}`);
  }

  stop(): void {
    this.#process.kill();
  }

  #send(command: string, args: object): number {
    this.#requests++;
    const request = { seq: this.#requests, type: "request", command, arguments: args };
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    return this.#requests;
  }
}
