// What TypeScript thinks of the moves that packages allow: code that was compiled with one version must compile with each version that its
// alias may move to. Only the values of literal types, such as the version's number, may differ.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { compile } from "@cuecard/build";
import { expect, it, vi } from "vitest";
import { makeSnapshot } from "../packages/build/test/make-snapshot.js";
import { writePackage } from "../packages/build/test/write-package.js";
import { typeCheck } from "./type-check.js";

// Runs a compiler.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const front = (yaml: string, body: string) => `---\n${yaml}\n---\n${body}`;
const SYSTEM = '{{role "system"}}Be kind';
const chat = (system: string) => `${system}{{role "user"}}{{a}}`;

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
  ['{{role "user"}}{{media url=a}}', 'const c: string | object[] | undefined = p.messages({ a: "x" })[0]?.content;'],
];

it("code that was compiled with a version compiles with every version that its alias may move to", async () => {
  const names = VERSIONS.map((_, at) => at + 1);
  const versions = Object.fromEntries(VERSIONS.map(([text], at) => [`p@v${at + 1}`, { "p.md": text }]));
  // An alias for each version, so that the package says where it may move.
  const aliases = {
    p: Object.fromEntries(names.map((version) => [`at${version}`, { kind: "version", version } as const])),
  };
  const { files, diagnostics } = compile(makeSnapshot({ versions, aliases }), { versions: "all", working: false });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { dir, run } = writePackage(files);
  const moves = run(`
    import { follow } from "./dist/follow.js";
    const result = [];
    for (const from of ${JSON.stringify(names)})
      for (const to of ${JSON.stringify(names)}) {
        const live = follow({ source: () => ({ p: { ["at" + from]: "v" + to } }) });
        if ((await live.refresh()).refused.length === 0) result.push([from, to]);
      }
  `) as readonly (readonly [from: number, to: number])[];
  const lines = moves.map(
    ([from, to]) => `{ const p = load("p", "v${to}"); ${VERSIONS[from - 1]?.[1] ?? ""} } // v${from} → v${to}`,
  );
  writeFileSync(path.join(dir, "callers.ts"), `import { load } from "./dist/index.js";\n${lines.join("\n")}\n`);
  const args = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--module", "nodenext", "--target", "es2022"];
  const errors = await typeCheck("typescript7", dir, [...args, "--types", "", "callers.ts"]);
  expect(errors.map(({ line, message }) => `${lines[line - 2]}: ${message}`)).toEqual([]);
  // Some moves must be possible, and each version must stay where it is.
  expect(moves.length).toBeGreaterThan(2 * names.length);
  for (const version of names) expect(moves).toContainEqual([version, version]);
});
