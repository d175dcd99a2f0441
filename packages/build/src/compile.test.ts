// The compiler as a whole: snapshots in, packages out that are imported and run.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AliasTarget } from "@cuecard/model";
import { afterEach, describe, expect, it, vi } from "vitest";
import { makeSnapshot, type SnapshotTexts } from "../test/make-snapshot.js";
import { type WrittenPackage, writePackage } from "../test/write-package.js";
import { type CompileOptions, compile } from "./compile.js";
import { type HelperFunction, instantiate } from "./emit/instantiate.js";
import type { ProjectHelpers } from "./emit/package-options.js";
import type { HelperParameter } from "./language/helper-signature.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const v = (version: number): AliasTarget => ({ kind: "version", version });
const split = (...arms: [number, number][]): AliasTarget => ({
  kind: "split",
  arms: arms.map(([version, weight]) => ({ version, weight })),
});
const ALL: CompileOptions = { versions: "all", working: false };

const GREET = {
  "greet@v1": { "greet.md": "Hello {{name}}!" },
  "greet@v2": { "greet.md": "Good {{time}}, {{name}}!" },
  "greet@v3": { "greet.md": "Hi {{name}}." },
};

function build(texts: SnapshotTexts, options: CompileOptions = ALL): WrittenPackage {
  const result = compile(makeSnapshot(texts), options);
  expect(result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return writePackage(result.files);
}

describe("a compiled package", () => {
  it("loads by version, number, alias, latest and URI", () => {
    const built = build({ versions: GREET, aliases: { greet: { production: v(1), staging: v(2) } } });
    const result = built.run(`
      import { load } from "./dist/index.js";
      import { production, v2, latest } from "./dist/prompts/greet.js";
      const input = { name: "Ada", time: "morning" };
      const refs = ["v1", 2, "production", "staging", "latest"].map((ref) => load("greet", ref).format(input));
      const uris = ["prompts:/greet/1", "prompts:/greet@staging", "prompts:/greet/latest", "prompts:/greet/production"];
      const entry = [production, v2, latest].map((prompt) => prompt.format(input));
      const result = { refs, uris: uris.map((uri) => load(uri).format(input)), entry };
    `);
    expect(result).toEqual({
      refs: ["Hello Ada!", "Good morning, Ada!", "Hello Ada!", "Good morning, Ada!", "Hi Ada."],
      uris: ["Hello Ada!", "Good morning, Ada!", "Hi Ada.", "Hello Ada!"],
      entry: ["Hello Ada!", "Good morning, Ada!", "Hi Ada."],
    });
  });

  it("runs where code may not be made from strings", () => {
    const built = build({ versions: { "a@v1": { "a.md": "{{#each items}}{{name}} {{/each}}" } } });
    const code = `import { load } from "./dist/index.js"; const result = load("a", 1).format({ items: [{ name: "x" }] });`;
    expect(built.run(code, ["--disallow-code-generation-from-strings"])).toBe("x ");
  });

  it("names everything that is wrong with an input at once", () => {
    const text =
      "---\ninput: { schema: { query: string, limit: integer, 'tags(array)': string } }\n---\n{{query}}{{limit}}{{#each tags}}{{this}}{{/each}}";
    const built = build({ versions: { "a@v1": { "a.md": text } } });
    const result = built.run(`
      import { load, PromptInputError } from "./dist/index.js";
      let result;
      try { load("a", 1).format({ qurey: "x", limit: "3", tags: ["a", 4] }); }
      catch (error) { result = { right: error instanceof PromptInputError, issues: error.issues, message: error.message }; }
    `);
    expect(result).toEqual({
      right: true,
      issues: [
        { path: "query", expected: "a string", actual: "nothing", given: "qurey" },
        { path: "limit", expected: "an integer", actual: 'a string ("3")' },
        { path: "tags[1]", expected: "a string", actual: "a number (4)" },
      ],
      message: [
        "the input is not valid for prompts:/a/1:",
        '  - query: expected a string, got nothing; "qurey" was given: did you mean "query"?',
        '  - limit: expected an integer, got a string ("3")',
        "  - tags[1]: expected a string, got a number (4)",
      ].join("\n"),
    });
  });

  it("names near prompts, versions and aliases", () => {
    const built = build({ versions: GREET, aliases: { greet: { production: v(1) } } });
    const result = built.run(`
      import { load, PromptNotFoundError } from "./dist/index.js";
      const attempt = (...args) => { try { load(...args); } catch (error) { return [error instanceof PromptNotFoundError, error.message, error.known?.[0]]; } };
      const result = [attempt("gret", 1), attempt("greet", "prodction"), attempt("greet", 9), attempt("constructor", "v1"), attempt("greet", "toString"), attempt("greet", "__proto__")];
    `);
    expect(result).toEqual([
      [true, 'no prompt "gret" (gret@v1): did you mean "greet"? available: greet', "greet"],
      [true, expect.stringContaining('did you mean "production"?'), "production"],
      [true, expect.stringContaining('no version or alias "v9" (greet@v9)'), expect.any(String)],
      [true, expect.stringContaining('no prompt "constructor"'), "greet"],
      [true, expect.stringContaining('no version or alias "toString"'), expect.any(String)],
      [true, expect.stringContaining('no version or alias "__proto__"'), expect.any(String)],
    ]);
  });

  it("finds what is only known at run time, loads by one alias, and lists what it contains", () => {
    const aliases = { greet: { production: v(1), canary: split([1, 1], [2, 1]) } };
    const built = build({ versions: { ...GREET, "plain@v1": { "plain.md": "Hi" } }, aliases });
    const result = built.run(`
      import { aliasNames, at, find, isAlias, isPromptName, load, PromptNotFoundError, promptNames, references } from "./dist/index.js";
      const attempt = (work) => { try { return work(); } catch (error) { return [error instanceof PromptNotFoundError, error.message]; } };
      const result = {
        found: [find("greet", "production"), find("greet", 2), find("prompts:/greet@latest"), find("greet", "canary", { key: "k" })].map((prompt) => prompt.version),
        same: find("greet", "v1") === load("greet", 1) && at("production")("greet") === load("prompts:/greet/production"),
        missing: [["gret", "v1"], ["greet", "v9"], ["greet", "toString"], ["constructor", "v1"], ["greet"], ["prompts:/greet/9"], [null, null], []].map((args) => find(...args) ?? null),
        at: [at("latest")("greet").version, attempt(() => at("production")("plain")), attempt(() => at("production")("prompts:/greet/1")[0])],
        keys: [attempt(() => find("greet", "canary")), attempt(() => at("canary")("greet")), at("canary")("greet", { key: "k" }).name],
        lists: [promptNames, aliasNames, references("greet"), attempt(() => references("gret"))],
        guards: [isPromptName("greet"), isPromptName("toString"), isAlias("canary"), isAlias("latest"), isAlias(undefined), isAlias("canary", ["production"])],
      };
    `);
    const needsKey = [false, "greet@canary is split between versions: pass { key }, the id of a user or session"];
    expect(result).toEqual({
      found: [1, 2, 3, expect.any(Number)],
      same: true,
      missing: Array(8).fill(null),
      at: [
        3,
        [true, expect.stringContaining("plain@production")],
        [true, expect.stringContaining('no prompt "prompts:')],
      ],
      keys: [needsKey, needsKey, "greet"],
      lists: [
        ["greet", "plain"],
        ["canary", "production"],
        ["v1", "v2", "v3", "canary", "latest", "production"],
        [true, expect.stringContaining('did you mean "greet"?')],
      ],
      guards: [true, false, true, false, false, false],
    });
  });

  it("keeps callers on their arm of a weighted alias when weight moves to the newer one", () => {
    const keys = Array.from({ length: 2000 }, (_, n) => `user-${n}`);
    const arms = (target: AliasTarget): string[] => {
      const built = build({ versions: GREET, aliases: { greet: { production: target } } });
      const code = `
        import { load } from "./dist/index.js";
        const result = ${JSON.stringify(keys)}.map((key) => String(load("greet", "production", { key }).version));`;
      return built.run(code) as string[];
    };
    const before = arms(split([1, 90], [3, 10]));
    const after = arms(split([1, 60], [3, 40]));
    const share = (chosen: readonly string[]) => chosen.filter((version) => version === "3").length / keys.length;
    expect(share(before)).toBeCloseTo(0.1, 1);
    expect(share(after)).toBeCloseTo(0.4, 1);
    expect(before.every((version, index) => version === "1" || after[index] === "3")).toBe(true);
  });

  it("refuses a weighted alias without a key", () => {
    const built = build({ versions: GREET, aliases: { greet: { production: split([1, 1], [2, 1]) } } });
    const code = `import { load } from "./dist/index.js"; let result; try { load("greet", "production"); } catch (error) { result = error.message; }`;
    expect(built.run(code)).toBe(
      "greet@production is split between versions: pass { key }, the id of a user or session",
    );
  });

  it("fills in defaults and bound values, the caller's above them", () => {
    const text =
      "---\ninput: { schema: { who: string, mood: string, end: string }, default: { mood: happy, end: '!' } }\n---\n{{who}} is {{mood}}{{end}}";
    const built = build({ versions: { "a@v1": { "a.md": text } } });
    const result = built.run(`
      import { load } from "./dist/index.js";
      const prompt = load("a", 1);
      const bound = prompt.partial({ who: "Ada", mood: "calm" });
      const result = [prompt.format({ who: "Bob" }), bound.format(), bound.format({ who: "Eve", mood: undefined }), prompt.validate({}).map((issue) => issue.path)];
    `);
    expect(result).toEqual(["Bob is happy!", "Ada is calm!", "Eve is calm!", ["who"]]);
  });

  it("reads models' answers where the prompt says what they look like", () => {
    const front = (output: string) => `---\noutput: { format: json, schema: ${output} }\n---\n{{query}}`;
    const built = build({
      versions: {
        "a@v1": { "a.md": front("{ answer: string, 'rows?(array)': { name: string } }") },
        "a@v2": { "a.md": front("{ type: object, properties: { answer: { type: string, minLength: 2 } } }") },
        "a@v3": { "a.md": "{{query}}" },
      },
    });
    const result = built.run(`
      import { load, PromptOutputError } from "./dist/index.js";
      const fail = (version, answer) => {
        try { load("a", version).parseOutput(answer); }
        catch (error) { return [error instanceof PromptOutputError, error.uri, error.issues.map(({ path }) => path)]; }
      };
      const result = [
        load("a", 1).parseOutput('\`\`\`json\\n{ "answer": "x", "rows": [{ "name": "y" }] }\\n\`\`\`'),
        load("a", 1).partial({ query: "q" }).parseOutput({ answer: "x" }),
        fail(1, { rows: [{}], more: 1 }), load("a", 2).parseOutput({ answer: "xx" }), fail(2, '{ "answer": "x" }'),
        fail(2, "x"), "parseOutput" in load("a", 3),
      ];
    `);
    expect(result).toEqual([
      { answer: "x", rows: [{ name: "y" }] },
      { answer: "x" },
      [true, "prompts:/a/1", ["answer", "rows[0].name", "more"]],
      { answer: "xx" },
      [true, "prompts:/a/2", ["answer"]],
      [true, "prompts:/a/2", [""]],
      false,
    ]);
  });

  it("renders without validation if a call or the whole package turns it off", () => {
    const text =
      "---\ninput: { schema: { who: string, mood: string }, default: { mood: calm } }\noutput: { schema: { ok: boolean } }\n---\n{{who}} is {{mood}}";
    const code = `import { load, PromptInputError } from "./dist/index.js"; const prompt = load("a", 1); let refused = false;
      try { prompt.format({ who: 3 }); } catch (error) { refused = error instanceof PromptInputError; }
      const result = [prompt.format({ who: 3 }, { validate: false }), refused, "validate" in prompt, "parseOutput" in prompt, prompt.outputSchema.type];`;
    const versions = { "a@v1": { "a.md": text } };
    expect(build({ versions }).run(code)).toEqual(["3 is calm", true, true, true, "object"]);
    const without = build({ versions }, { ...ALL, validation: false });
    expect(without.run(code)).toEqual(["3 is calm", false, false, false, "object"]);
    const emitted = readFileSync(join(without.dir, "dist/prompts/a.js"), "utf8");
    expect(emitted).toContain('import { asText, atAlias, textPrompt } from "@cuecard/runtime";');
  });

  it("gives @ variables from the context", () => {
    const built = build({ versions: { "a@v1": { "a.md": "{{@user.name}} asks {{query}}" } } });
    const code = `import { load } from "./dist/index.js"; const context = { user: { name: "Ada" } };
      const prompt = load("a", 1); const result = [prompt.format({ query: "q" }, { context }), prompt.messages({ query: "q" }, { context })[0].content, prompt.format({ query: "q" })];`;
    expect(built.run(code)).toEqual(["Ada asks q", "Ada asks q", " asks q"]);
  });

  it("gives chat prompts as messages and as system and messages", () => {
    const template = '{{role "system"}}Be kind.{{role "user"}}{{query}}{{role "assistant"}}{';
    const built = build({ versions: { "a@v1": { "a.md": template } } });
    const result = built.run(`
      import { load } from "./dist/index.js";
      const prompt = load("a", 1);
      const history = [{ role: "user", content: "1" }, { role: "tool", content: "2", tool_call_id: "c1" }];
      const result = {
        format: prompt.format({ query: "q" }),
        withHistory: prompt.format({ query: "q" }, { history }),
        messages: prompt.messages({ query: "q" }, { history }),
      };
    `);
    const turn = [
      { role: "user", content: "q" },
      { role: "assistant", content: "{" },
    ];
    const all = [{ role: "user", content: "1" }, { role: "tool", content: "2", tool_call_id: "c1" }, ...turn];
    expect(result).toEqual({
      format: { system: "Be kind.", messages: turn },
      withHistory: { system: "Be kind.", messages: all },
      messages: [{ role: "system", content: "Be kind." }, ...all],
    });
  });
});

describe("hostile text", () => {
  const HOSTILE = [
    ["`$", "{globalThis.hacked = 1}`"].join(""),
    "*/ globalThis.hacked = 1; /*",
    "// \u2028globalThis.hacked = 1",
    "\u2029globalThis.hacked = 1//",
    "</script><script>globalThis.hacked = 1</script><!--",
    '"; globalThis.hacked = 1; "',
    "\\u0022; globalThis.hacked = 1",
    "\u0001\u001f\u007f",
    "\ud800 lone",
    "@deprecated {@link x}",
    "___proto__ __proto__ constructor prototype",
    ["$", "{name} `"].join(""),
  ].join("\n");

  it("is rendered unchanged wherever it occurs, and never runs", () => {
    const yaml = JSON.stringify(HOSTILE.replace(/\ud800/, ""));
    const text = `---
description: ${yaml}
model: ${yaml}
config: { "__proto__": { polluted: ${yaml} }, constructor: ${yaml}, "a b": ${yaml} }
tags: { "class": ${yaml}, "__proto__": x }
input: { schema: { query: "string, */ globalThis.hacked = 1; /*", class: string, constructor: string, "a b": string }, default: { class: ${yaml} } }
examples: [{ name: ${yaml}, input: { query: ${yaml}, constructor: c, "a b": x } }]
---
${HOSTILE}
{{query}} {{class}} {{constructor}} {{[a b]}}`;
    const snapshot = makeSnapshot({ versions: { "constructor@v1": { "constructor.md": text } } });
    const versions = snapshot.versions.map((version) => ({ ...version, notes: HOSTILE }));
    const result = compile({ ...snapshot, versions }, ALL);
    // The text has characters that cannot be seen, which is reported.
    expect(result.diagnostics.filter(({ code }) => !code.startsWith("text/"))).toEqual([]);
    const written = writePackage(result.files);
    const output = written.run(`
      import { load } from "./dist/index.js";
      import * as entry from "./dist/prompts/constructor.js";
      const prompt = load("constructor", "latest");
      const input = { query: "q", constructor: "c", "a b": "ab" };
      const result = {
        text: prompt.format(input), same: entry.v1.format(input) === prompt.format(input), hacked: globalThis.hacked ?? null,
        polluted: ({}).polluted ?? null, model: prompt.model, description: prompt.description, notes: prompt.notes,
        config: Object.getOwnPropertyNames(prompt.config), tags: Object.getOwnPropertyNames(prompt.tags),
      };
    `) as Record<string, string>;
    const shown = HOSTILE.replace(/\ud800/, "");
    expect(output).toMatchObject({
      same: true,
      hacked: null,
      polluted: null,
      model: shown,
      description: shown,
      notes: HOSTILE,
      config: ["__proto__", "constructor", "a b"],
      tags: ["class", "__proto__"],
    });
    expect(output["text"]).toBe(`${HOSTILE}\nq ${shown} c ab`);
  });

  it.each(["class", "default", "await", "V1", "Refs", "prompts", "load"])("an alias called %s works", (alias) => {
    const built = build({
      versions: GREET,
      aliases: { greet: { [alias]: v(1), "with-hyphen": split([1, 1], [2, 1]) } },
    });
    const code = `import { load } from "./dist/index.js"; import * as entry from "./dist/prompts/greet.js";
      const result = [load("greet", ${JSON.stringify(alias)}).version, entry[${JSON.stringify(alias)}].version, load("greet", "with-hyphen", { key: "k" }).name];`;
    expect(built.run(code)).toEqual([1, 1, "greet"]);
  });
});

describe("what is built", () => {
  it("holds every version, or those that are pointed at and the latest", () => {
    const texts = { versions: GREET, aliases: { greet: { production: v(1) } } };
    const versions = (options: CompileOptions) =>
      compile(makeSnapshot(texts), options).prompts.map((prompt) => prompt.versions.map(({ version }) => version));
    expect(versions(ALL)).toEqual([[1, 2, 3]]);
    expect(versions({ ...ALL, versions: "aliased" })).toEqual([[1, 3]]);
  });

  it("holds the working file where an alias or an option asks for it", () => {
    const working = { "greet.md": "Draft {{name}}", "other.md": "Other" };
    const built = (aliases: SnapshotTexts["aliases"], option: boolean) =>
      compile(makeSnapshot({ working, versions: GREET, ...(aliases && { aliases }) }), {
        ...ALL,
        working: option,
      }).prompts.map((prompt) => [prompt.name, prompt.versions.at(-1)?.version]);
    expect(built({}, false)).toEqual([
      ["greet", 3],
      ["other", undefined],
    ]);
    expect(built({ greet: { dev: { kind: "working" } } }, false)).toEqual([
      ["greet", "working"],
      ["other", undefined],
    ]);
    expect(built({}, true)).toEqual([
      ["greet", "working"],
      ["other", "working"],
    ]);
  });

  it("leaves out an unused version with errors, and fails on one that is used", () => {
    const versions = { ...GREET, "greet@v2": { "greet.md": "{{#if}}" } };
    const outcome = (aliases: SnapshotTexts["aliases"]) => {
      const result = compile(makeSnapshot({ versions, ...(aliases && { aliases }) }), ALL);
      return [result.diagnostics.map(({ code, severity, ref }) => `${severity} ${code} ${ref}`), result.files.size > 0];
    };
    expect(outcome({ greet: { production: v(1) } })).toEqual([["warning version/left-out v2"], true]);
    expect(outcome({ greet: { production: v(2) } })).toEqual([["error template/syntax v2"], false]);
  });

  it("builds a version whose values are misused, with a warning where it is used, and no draft of the same text", () => {
    const misused = { "greet.md": "---\ninput: { schema: { names(array): string } }\n---\nHello {{names}}{{nmaes}}!" };
    const versions = { ...GREET, "greet@v2": misused };
    const outcome = (aliases: SnapshotTexts["aliases"], working?: SnapshotTexts["working"]) => {
      const cache = new Map<string, string>();
      const snapshot = makeSnapshot({ versions, ...(aliases && { aliases }), ...(working && { working }) });
      const [result, again] = [1, 2].map(() => compile(snapshot, { ...ALL, cache, working: true }));
      expect(again).toEqual(result);
      const found = result?.diagnostics.map(({ code, severity, ref }) => `${severity} ${code} ${ref}`);
      return [found, result?.prompts[0]?.versions.map(({ version }) => version), (result?.files.size ?? 0) > 0];
    };
    expect(outcome({ greet: { production: v(1) } })).toEqual([[], [1, 2, 3], true]);
    expect(outcome({ greet: { production: v(2) } })).toEqual([
      ["warning template/list-as-text v2", "warning template/undeclared-variable v2"],
      [1, 2, 3],
      true,
    ]);
    expect(outcome({}, misused)).toEqual([
      ["error template/list-as-text undefined", "error template/undeclared-variable undefined"],
      [1, 2, 3],
      false,
    ]);
  });

  it("is the same text whatever was compiled before it, with a cache or without", () => {
    const cache = new Map<string, string>();
    const greet = { working: { "greet.md": "Draft {{name}}" }, aliases: { greet: { production: v(1) } } };
    const before = { "a@v1": { "a.md": "---\ninput: { schema: { a: string, 'b?': number } }\n---\n{{a}}{{b}}" } };
    const alone = compile(makeSnapshot({ ...greet, versions: GREET }), ALL).files;
    const both = makeSnapshot({ ...greet, versions: { ...before, ...GREET } });
    const builds = [compile(both, ALL), compile(both, { ...ALL, cache }), compile(both, { ...ALL, cache })].map(
      ({ files }) => [...files],
    );
    for (const path of ["prompts/greet.js", "prompts/greet.d.ts"])
      expect(new Map(builds[0]).get(path)).toBe(alone.get(path));
    expect(builds[1]).toEqual(builds[0]);
    expect(builds[2]).toEqual(builds[0]);
  });

  it("is the same from a cache for every value that YAML can hold", () => {
    const cache = new Map<string, string>();
    const text = "---\nconfig: { zero: -0.0, big: 1e300, hex: 0x1F, nothing: ~, list: [1.0, true] }\n---\n{{a}}";
    const snapshot = makeSnapshot({ versions: { "a@v1": { "a.md": text } } });
    const [first, again] = [1, 2].map(() => [...compile(snapshot, { ...ALL, cache }).files]);
    expect(again).toEqual(first);
  });

  it("needs no content for what the cache holds", () => {
    const cache = new Map<string, string>();
    const snapshot = makeSnapshot({ versions: GREET });
    const first = compile(snapshot, { ...ALL, cache });
    const bare = { ...snapshot, versions: snapshot.versions.map((version) => ({ ...version, content: undefined })) };
    expect([...compile(bare, { ...ALL, cache }).files]).toEqual([...first.files]);
  });
});

describe("the project's helpers", () => {
  const number: HelperParameter = { name: "amount", type: ["number"], optional: false };
  const symbol: HelperParameter = { name: "symbol", type: ["string", "undefined"], optional: true };
  const places: HelperParameter = { name: "places", type: ["number", "undefined"], optional: true };
  const helpers: ProjectHelpers = {
    signatures: [
      { name: "currency", positional: [number, symbol], named: [places], returns: ["string"] },
      { name: "shout", positional: [], rest: { name: "words", type: "any" }, named: [], returns: ["string"] },
    ],
    entry: "helpers/lib/text.js",
    commonJsEntry: "helpers/lib/text.cjs",
    files: new Map([
      [
        "helpers/lib/text.js",
        `export const currency = (amount, symbol = "$", { places = 0 } = {}) => symbol + amount.toFixed(places);
export { shout } from "../shout.js";
`,
      ],
      ["helpers/shout.js", "export const shout = (...all) => all.join(' ').toUpperCase();\n"],
    ]),
  };
  const texts: SnapshotTexts = {
    versions: {
      "bill@v1": { "bill.md": '{{shout "total" (currency cost places=2)}}, {{currency cost "€"}}' },
      "finance/year/bill@v1": {
        "finance/year/bill.md": '{{role "user"}}{{#if (currency cost)}}{{currency cost}}{{/if}}',
      },
      "greet@v1": { "greet.md": "Hello {{name}}!" },
    },
  };

  it("are called by the package, which imports those that it uses", () => {
    const built = build(texts, { ...ALL, helpers });
    const result = built.run(`
      import { load } from "./dist/index.js";
      import { v1 } from "./dist/prompts/finance/year/bill.js";
      const result = [load("bill", "v1").format({ cost: 3 }), v1.messages({ cost: 4 })];
    `);
    expect(result).toEqual(["TOTAL $3.00, €3", [{ role: "user", content: "$4" }]]);
    const { files } = compile(makeSnapshot(texts), { ...ALL, helpers });
    const importOf = (file: string) => /^import .*helpers.*$/m.exec(files.get(file) ?? "")?.[0];
    expect([...files.keys()].filter((file) => importOf(file) !== undefined)).toEqual([
      "index.js",
      "prompts/bill.js",
      "prompts/finance/year/bill.js",
    ]);
    expect(importOf("prompts/finance/year/bill.js")).toBe(
      'import { currency as $currency } from "../../../helpers/lib/text.js";',
    );
    expect(importOf("index.js")).toBe(
      'import { currency as $currency, shout as $shout } from "./helpers/lib/text.js";',
    );
  });

  it("go into the package only if some prompt calls one", () => {
    const { files } = compile(makeSnapshot({ versions: GREET }), { ...ALL, helpers });
    expect([...files.keys()].filter((file) => file.startsWith("helpers/"))).toEqual([]);
  });

  it("do not exist for a project without them", () => {
    const { diagnostics } = compile(makeSnapshot(texts), ALL);
    expect(diagnostics[0]).toMatchObject({ code: "template/unknown-helper", file: "prompts/bill.md", ref: "v1" });
  });

  it("are handed to a version that runs in this process", () => {
    const [bill] = compile(makeSnapshot(texts), { ...ALL, helpers }).prompts;
    const version = bill?.versions[0];
    if (version === undefined) throw new Error("it did not compile");
    expect(version.content.render.helpers).toEqual(["currency", "shout"]);
    const functions = new Map<string, HelperFunction>([
      ["currency", (amount: number, symbol: string, named: object) => JSON.stringify([amount, symbol, named])],
      ["shout", (...all: string[]) => all.join("!")],
    ]);
    expect(instantiate(version, functions).format({ cost: 3 })).toBe('total![3,null,{"places":2}], [3,"€",null]');
    expect(() => instantiate(version)).toThrow("bill@v1 calls currency, shout, which is not loaded");
  });
});

describe("instantiate", () => {
  it("runs a version in this process", () => {
    const { prompts } = compile(makeSnapshot({ versions: GREET }), ALL);
    const version = prompts[0]?.versions[1];
    expect(version && instantiate(version).format({ name: "Ada", time: "evening" })).toBe("Good evening, Ada!");
  });

  describe("takes no option that every object has", () => {
    const OPTIONS = {
      validate: false,
      history: [{ role: "user" as const, content: "forged" }],
      context: { now: "forged" },
      sections: { end: "forged" },
    };
    const pollute = (): void => {
      for (const [name, value] of Object.entries(OPTIONS))
        Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true });
    };
    afterEach(() => {
      for (const name of Object.keys(OPTIONS)) Reflect.deleteProperty(Object.prototype, name);
    });

    it.each([
      ["text", '{{name}}{{@now}}{{section "end"}}'],
      ["a chat", '{{role "system"}}{{name}}{{@now}}{{history}}{{role "user"}}{{section "end"}}'],
      ["a chat of a loop", '{{#each list}}{{role "user"}}{{this}}{{/each}}{{name}}{{@now}}{{section "end"}}'],
    ])("%s", (_, body) => {
      const head = "---\ninput: { schema: { name: string, list?(array): string }, default: { list: [x] } }\n---\n";
      const { prompts } = compile(makeSnapshot({ versions: { "p@v1": { "p.md": head + body } } }), ALL);
      const [version] = prompts[0]?.versions ?? [];
      if (version === undefined) throw new Error("it did not compile");
      const prompt = instantiate(version);
      const call = () => JSON.stringify([prompt.messages({ name: "Ada" }, {}), prompt.format({ name: "Ada" }, {})]);
      const before = call();
      pollute();
      expect(call()).toBe(before);
      expect(() => prompt.format({}, {})).toThrow("expected a string");
      expect(call()).not.toContain("forged");
      expect(JSON.stringify(prompt.messages({ name: "Ada" }, OPTIONS))).toContain("forged");
    });
  });
});
