// What TypeScript thinks of the moves that packages allow: code that was compiled with one version must compile with each version that its
// alias may move to. Only the values of literal types, such as the version's number, may differ.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "@cuecard/build";
import { expect, it, vi } from "vitest";
import { makeSnapshot } from "../packages/build/test/make-snapshot.js";
import { writePackage } from "../packages/build/test/write-package.js";
import { typeCheck } from "./type-check.js";

// Runs a compiler.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** As it is built: its functions for SDKs run in Node. */
const RUNTIME = fileURLToPath(new URL("../packages/runtime/dist/sdk/", import.meta.url));

const front = (yaml: string, body: string) => `---\n${yaml}\n---\n${body}`;
const SYSTEM = '{{role "system"}}Be kind';
const chat = (system: string) => `${system}{{role "user"}}{{a}}`;

const TOOL = "tools: [{ name: weather, description: Weather, input_schema: { city: string } }]";

/** Functions that make requests, by the files that they are in. */
const SDKS: readonly (readonly [file: string, name: string])[] = [
  ["ai-sdk", "toAiSdk"],
  ["anthropic", "toAnthropic"],
  ["bedrock", "toBedrock"],
  ["google", "toGoogle"],
  ["langchain", "toLangChain"],
  ["mistral", "toMistral"],
  ["openai", "toOpenAiChat"],
  ["openai", "toOpenAiResponse"],
];

/** Versions of one prompt, each with a caller that uses everything that its types have: `p` is what \`load\` gives. */
const VERSIONS: readonly (readonly [text: string, caller: string])[] = [
  ["{{a}}", 'const s: string = p.format({ a: "x" });'],
  ["{{a}}!", 'const s: string = p.partial({ a: "x" }).format();'],
  ["{{a}}{{#if b}}{{b}}{{/if}}", 'const s: string = p.format({ a: "x", b: "y" });'],
  ["{{a}}{{b}}", 'const s: string = p.format({ a: "x", b: 3 });'],
  [front("input: { schema: { a: string } }", "{{a}}"), 'p.format({ a: "x" }); p.validate({});'],
  [front("input: { schema: { a: any } }", "{{a}}"), "p.format({ a: Symbol() }); p.format({ a: [] });"],
  [front('input: { schema: { "a(enum)": [x, y] } }', "{{a}}"), 'p.format({ a: "x" }); p.format({ a: "y" });'],
  [front('input: { schema: { "a(enum)": [x, y, z] } }', "{{a}}"), 'p.format({ a: "z" });'],
  [
    front("output: { schema: { x: string } }", "{{a}}"),
    'const x: string = p.parseOutput("{}").x; const o: object = p.outputSchema;',
  ],
  [front("output: { schema: { x: string, y: number } }", "{{a}}"), 'const n: number = p.parseOutput("{}").y;'],
  [front("output: { schema: { x?: string } }", "{{a}}"), 'const x: string | null | undefined = p.parseOutput("{}").x;'],
  [front("model: a/b\nconfig: { seed: 1 }", "{{a}}"), "const m: string = p.model; const n: number = p.config.seed;"],
  [front("model: c/d\nconfig: { seed: 2, stop: [x] }", "{{a}}"), "const n: string[] = p.config.stop; p.model.length;"],
  [
    front("tags: { team: t }\nmetadata: { o: { n: 1 } }", "{{a}}"),
    "const t: string = p.tags.team; const n: number = p.metadata.o.n;",
  ],
  [`{{a}}{{section "extra"}}`, 'const s: string = p.format({ a: "x" }, { sections: { extra: "y" } });'],
  [
    chat(SYSTEM),
    'const f = p.format({ a: "x" }); const s: string = f.system; const c: string | undefined = f.messages[0]?.content;',
  ],
  [chat(`{{#if a}}${SYSTEM}{{/if}}`), 'const s: string | undefined = p.format({ a: "x" }).system;'],
  [
    chat(""),
    'const f = p.format({ a: "x" }); const s: undefined = f.system; const role: "user" | "assistant" | undefined = f.messages[0]?.role;',
  ],
  [
    front("config: { temperature: 1 }", "{{a}}"),
    "const n: number = p.config.temperature; const all: number[] = Object.values(p.config);",
  ],
  [front("config: { temperature: 1, top_k: 3 }", "{{a}}"), "const n: number = p.config.top_k;"],
  [front("config: { temperature: 1, nonsense: 3 }", "{{a}}"), "const n: number = p.config.nonsense;"],
  [front("config: { stop: [] }\nmetadata: { n: [] }", "{{a}}"), "const n: number[] = p.config.stop;"],
  [front("metadata: { n: 1 }", "{{a}}"), "const all: number[] = Object.values(p.metadata);"],
  [front("metadata: { n: 1, s: x }", "{{a}}"), "const s: string = p.metadata.s;"],
  [front("config: { reasoning_effort: high }", "{{a}}"), "const s: string = p.config.reasoning_effort;"],
  [front("config: { reasoning_effort: low }", "{{a}}"), "const s: string = p.config.reasoning_effort;"],
  [front("config: { reasoning_effort: max }", "{{a}}"), "const s: string = p.config.reasoning_effort;"],
  [
    front(TOOL, "{{a}}"),
    'const s: string | undefined = p.tools[0]?.name; const o = p.tools[0]?.input_schema.type === "object";',
  ],
  [front(TOOL.replace("Weather", "The weather"), "{{a}}"), "const s: string | undefined = p.tools[0]?.description;"],
  [
    front(TOOL.replace("city:", "town:"), "{{a}}"),
    'const o = p.tools[0]?.input_schema.properties.town.type === "string";',
  ],
  [front("tools: [weather]", "{{a}}"), "const s: string | undefined = p.tools[0];"],
  [
    chat('{{role "tool"}}Sunny'),
    'const role: "user" | "assistant" | "tool" | undefined = p.messages({ a: "x" })[0]?.role;',
  ],
  [front("input: { schema: { a: string, d?: string } }", "{{a}}"), 'p.format({ a: "x", d: "y" });'],
  [
    front("input: { schema: { a: string, d?: any }, default: { d: 3 } }", "{{a}}"),
    'const r = p.input["~standard"].validate({});',
  ],
  [
    front("input: { schema: { a: string, d?: string }, default: { d: x } }", "{{a}}"),
    'const r = p.input["~standard"].validate({}); if (!("then" in r) && r.issues === undefined) { const s: string | null = r.value.d; }',
  ],
  [
    front("output: { schema: { (*): number } }", "{{a}}"),
    'const all: (number | null | undefined)[] = Object.values(p.parseOutput("{}"));',
  ],
  [front("output: { schema: { x: string, (*): any } }", "{{a}}"), 'const x: string = p.parseOutput("{}").x;'],
  [front("output: { schema: { x(array): string } }", "{{a}}"), 'const x: string[] = p.parseOutput("{}").x;'],
  [front("output: { schema: { x(enum): [a, b] } }", "{{a}}"), 'const x: "a" | "b" = p.parseOutput("{}").x;'],
  [front("output: { schema: { x(enum): [a] } }", "{{a}}"), 'const x: "a" = p.parseOutput("{}").x;'],
  [front("input: { schema: { a: string, (*): number } }", "{{a}}"), 'p.format({ a: "x", other: 3 });'],
  [front("input: { schema: { a: string, (*): any } }", "{{a}}"), 'p.format({ a: "x", other: {} });'],
  [
    front("input: { schema: { a: string, d?(enum): [x, y] }, default: { d: x } }", "{{a}}"),
    'const r = p.input["~standard"].validate({}); if (!("then" in r) && r.issues === undefined) { const d: "x" | "y" | null = r.value.d; }',
  ],
  [
    front("input: { schema: { a: string, d?(enum): [x] }, default: { d: x } }", "{{a}}"),
    'const r = p.input["~standard"].validate({}); if (!("then" in r) && r.issues === undefined) { const d: "x" | null = r.value.d; }',
  ],
  [
    front("input: { schema: { a: string, d?(enum): [x, y] }, default: { d: y } }", "{{a}}"),
    'p.format({ a: "x", d: "y" }); p.format({ a: "x" });',
  ],
  [`{{a}}{{section "extra"}}{{section "more"}}`, 'p.format({ a: "x" }, { sections: { extra: "y", more: "z" } });'],
  ['{{role "user"}}{{a}}', 'const c: string | undefined = p.messages({ a: "x" })[0]?.content;'],
  ['{{role "user"}}{{media url=a}}{{role "model"}}Yes', 'p.format({ a: "x" }).messages.length;'],
  [
    front("input: { schema: { a: { b: string } } }", "{{a.b}}"),
    'p.format({ a: { b: "x" } }); p.partial({ a: { b: "x" } }).format();',
  ],
  [front("input: { schema: { a: { b: string, c?: string } } }", "{{a.b}}"), 'p.format({ a: { b: "x", c: "y" } });'],
  ['{{role "user"}}{{media url=a}}', 'const c: string | object[] | undefined = p.messages({ a: "x" })[0]?.content;'],
];

type Move = readonly [from: number, to: number];

it("code that was compiled with a version works with every version that its alias may move to", async () => {
  const names = VERSIONS.map((_, at) => at + 1);
  const versions = Object.fromEntries(VERSIONS.map(([text], at) => [`p@v${at + 1}`, { "p.md": text }]));
  // An alias for each version, so that the package says where it may move.
  const aliases = {
    p: Object.fromEntries(names.map((version) => [`at${version}`, { kind: "version", version } as const])),
  };
  const { files, diagnostics } = compile(makeSnapshot({ versions, aliases }), { versions: "all", working: false });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { dir, run } = writePackage(files);
  const sdks = SDKS.map(
    ([file, name]) => `import { ${name} } from ${JSON.stringify(path.join(RUNTIME, `${file}.js`))};`,
  );
  const { moves, failing } = run(`
    import { follow } from "./dist/follow.js";
    import { load } from "./dist/index.js";
    ${sdks.join("\n")}
    const failing = {};
    for (const make of [${SDKS.map(([, name]) => name).join(", ")}])
      failing[make.name] = ${JSON.stringify(names)}.filter((version) => {
        try {
          make(load("p", "v" + version), { a: "x", b: 3 });
        } catch (error) {
          return error.name === "PromptRequestError";
        }
      });
    const moves = [];
    for (const from of ${JSON.stringify(names)})
      for (const to of ${JSON.stringify(names)}) {
        const live = follow({ source: () => ({ p: { ["at" + from]: "v" + to } }) });
        if ((await live.refresh()).refused.length === 0) moves.push([from, to]);
      }
    const result = { moves, failing };
  `) as { readonly moves: readonly Move[]; readonly failing: Readonly<Record<string, readonly number[]>> };
  const callers = moves.map(
    ([from, to]) => `{ const p = load("p", "v${to}"); ${VERSIONS[from - 1]?.[1] ?? ""} } // v${from} → v${to}`,
  );
  const requests = SDKS.flatMap(([, name]) => names.map((version) => ({ name, version })));
  const lines = [...callers, ...requests.map(({ name, version }) => `${name}(load("p", "v${version}"), input);`)];
  writeFileSync(
    path.join(dir, "callers.ts"),
    `${sdks.join(" ")} import { load } from "./dist/index.js"; declare const input: { a: any; b: any };\n${lines.join("\n")}\n`,
  );
  const args = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--module", "nodenext", "--target", "es2022"];
  const errors = await typeCheck("typescript7", dir, [...args, "--skipLibCheck", "--types", "", "callers.ts"]);
  const inCallers = errors.filter(({ line }) => line - 2 < callers.length);
  expect(inCallers.map(({ line, message }) => `${lines[line - 2]}: ${message}`)).toEqual([]);
  // A request that compiles and works with a version does so with the versions that its alias may move to.
  const refused = new Set(errors.map(({ line }) => requests[line - 2 - callers.length]));
  const works = ({ name, version }: (typeof requests)[number]) => failing[name]?.includes(version) === false;
  const working = requests.filter((request) => !refused.has(request) && works(request));
  const isWorking = (name: string, version: number) =>
    working.some((one) => one.name === name && one.version === version);
  const broken = moves.flatMap(([from, to]) =>
    SDKS.filter(([, name]) => isWorking(name, from) && !isWorking(name, to)).map(([, name]) => ({ name, from, to })),
  );
  expect(broken).toEqual([]);
  expect([working.length > names.length, working.length < requests.length]).toEqual([true, true]);
  // Some moves must be possible, and each version must stay where it is.
  expect(moves.length).toBeGreaterThan(2 * names.length);
  for (const version of names) expect(moves).toContainEqual([version, version]);
});
