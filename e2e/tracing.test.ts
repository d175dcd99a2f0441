// What services record of their calls: a generated package with OpenTelemetry's own SDK.

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compile } from "@cuecard/build";
import { recordPrompt } from "@cuecard/runtime/otel";
import { createFolder } from "@cuecard/testing";
import { context, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeSnapshot } from "../packages/build/test/make-snapshot.js";
import { typeCheck } from "./type-check.js";

// A compiler takes seconds: on a slow machine, more than a test has.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const dir = createFolder("tracing");
const exporter = new InMemorySpanExporter();
const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer("test");
const unsampled = new BasicTracerProvider({ sampler: new AlwaysOffSampler() }).getTracer("test");

type Prompt = Parameters<typeof recordPrompt<object>>[0] & { readonly digest: string };
let load: (...args: unknown[]) => Prompt;
let entry: Readonly<Record<string, Prompt>>;

const SCHEMA = "{ query: string, rows?(array): { month: string, dollars: number }, email?: 'string, private' }";
const ask = (text: string) =>
  `---\ninput: { schema: ${SCHEMA} }\n---\n${text} {{query}}{{#each rows}} {{month}}{{/each}}{{#if email}} {{email}}{{/if}}`;

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const snapshot = makeSnapshot({
    versions: { "team/ask@v1": { "team/ask.md": ask("Please:") }, "team/ask@v2": { "team/ask.md": ask("Now:") } },
    working: { "team/ask.md": ask("Soon:") },
    aliases: {
      "team/ask": {
        production: { kind: "version", version: 1 },
        half: {
          kind: "split",
          arms: [
            { version: 1, weight: 1 },
            { version: 2, weight: 1 },
          ],
        },
      },
    },
  });
  const { files, diagnostics } = compile(snapshot, { versions: "all", working: true });
  expect(diagnostics).toEqual([]);
  write("package.json", '{ "type": "module" }');
  symlinkSync(path.join(import.meta.dirname, "node_modules"), path.join(dir, "node_modules"), "dir");
  for (const [file, text] of files) write(`dist/${file}`, text);
  ({ load } = await import(path.join(dir, "dist/index.js")));
  entry = await import(path.join(dir, "dist/prompts/team/ask.js"));
});
afterAll(() => context.disable());

function write(file: string, text: string): void {
  const target = path.join(dir, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** The attributes of the span in which a call is made. */
function recorded(call: () => void): Record<string, unknown> {
  exporter.reset();
  tracer.startActiveSpan("chat", (span) => {
    call();
    span.end();
  });
  return exporter.getFinishedSpans()[0]?.attributes ?? {};
}

const COMMIT = "c".repeat(40);
const NAME = { "gen_ai.prompt.name": "team/ask", "cuecard.prompt.digest": expect.stringMatching(/^sha256-/) };
const V1 = { ...NAME, "gen_ai.prompt.version": "1", "cuecard.prompt.commit": COMMIT };

describe("recordPrompt", () => {
  it.each<[string, unknown[], object]>([
    ["a version", ["team/ask", "v1"], V1],
    ["an alias", ["team/ask", "production"], { ...V1, "cuecard.prompt.alias": "production" }],
    ["a URI", ["prompts:/team/ask@production"], { ...V1, "cuecard.prompt.alias": "production" }],
    ["a URI of a version", ["prompts:/team/ask/1"], V1],
    ["a working file", ["team/ask", "working"], { ...NAME, "gen_ai.prompt.version": "working" }],
    [
      "an arm",
      ["team/ask", "half", { key: "user-1" }],
      { "cuecard.prompt.alias": "half", "cuecard.prompt.arm": expect.stringMatching(/^v[12]$/) },
    ],
  ])("names %s", (_, args, expected) => {
    expect(recorded(() => recordPrompt(load(...args)))).toMatchObject(expected);
  });

  it("names the alias also if the prompt is imported by its entry point", () => {
    expect(recorded(() => recordPrompt(entry["production"] as Prompt))).toMatchObject({
      ...V1,
      "cuecard.prompt.alias": "production",
    });
    expect(recorded(() => recordPrompt(entry["v1"] as Prompt))).not.toHaveProperty("cuecard.prompt.alias");
  });

  it("records the input as the exporter gives it on, without private values", () => {
    const input = { query: "Why?", rows: [{ month: "2026-09", dollars: 46_100 }], email: "ada@example.com" };
    const attributes = recorded(() => recordPrompt(load("team/ask", "production"), input));
    expect(attributes).toMatchObject({
      "gen_ai.prompt.variable.query": "Why?",
      "gen_ai.prompt.variable.rows": '[{"month":"2026-09","dollars":46100}]',
      "cuecard.prompt.json": ["rows"],
      "cuecard.prompt.unrecorded": ["email"],
      "cuecard.prompt.length": 41,
    });
    expect(JSON.stringify(attributes)).not.toContain("ada@");
  });

  it("sets the attributes on the span that it is given", () => {
    const other = tracer.startSpan("other");
    expect(recorded(() => recordPrompt(load("team/ask", 2), {}, { span: other }))).toEqual({});
    other.end();
    expect(exporter.getFinishedSpans()[1]?.attributes).toMatchObject({ "gen_ai.prompt.version": "2" });
  });

  it("does nothing without an active span, and reads no input for one that is not sampled", () => {
    const prompt = { telemetry: vi.fn() };
    context.with(ROOT_CONTEXT, () => recordPrompt(prompt));
    context.with(trace.setSpan(ROOT_CONTEXT, unsampled.startSpan("chat")), () => recordPrompt(prompt));
    expect(prompt.telemetry).not.toHaveBeenCalled();
  });
});

it.each(["typescript50", "typescript7"] as const)(
  "%s type-checks calls without casts, and refuses another input",
  async (compiler) => {
    write(
      "right.ts",
      `import { type Attributes, trace } from "@opentelemetry/api";
import { recordPrompt } from "@cuecard/runtime/otel";
import { load } from "./dist/index.js";
declare const env: "production" | "v2";
const input = { query: "Why?" };
recordPrompt(load("team/ask", env), input, { maxLength: 100, span: trace.getActiveSpan() });
recordPrompt(load("team/ask", "half", { key: "a" }).partial({ query: "Why?" }));
const attributes: Attributes = load("team/ask", "production").telemetry(input);
const version: string = load("team/ask", "production").telemetry()["gen_ai.prompt.version"];
export { attributes, version };
`,
    );
    write(
      "wrong.ts",
      `import { recordPrompt } from "@cuecard/runtime/otel";
import { load } from "./dist/index.js";
recordPrompt(load("team/ask", "production"), { quary: "Why?" });
load("team/ask", "production").telemetry({ query: 3 });
`,
    );
    const compilerOptions = {
      target: "es2022",
      module: "nodenext",
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: [],
      skipLibCheck: true,
      customConditions: ["cuecard-source"],
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["right.ts", "wrong.ts"] }));
    const found = await typeCheck(compiler, dir, ["-p", "."]);
    // The runtime's own sources are for the newest compilers.
    const errors = found.filter(({ file }) => !file.startsWith(".."));
    expect(errors.map(({ file, line }) => [file, line])).toEqual([
      ["wrong.ts", 3],
      ["wrong.ts", 4],
    ]);
    expect(errors[0]?.message).toContain("quary");
  },
);
