// The compact form of versions gives what their readable form gives.

import * as runtime from "@cuecard/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeSnapshot, type SnapshotTexts } from "../../test/make-snapshot.js";
import { compile } from "../compile.js";
import type { CompiledPrompt } from "../model.js";
import { hoistTexts } from "./hoist-texts.js";
import { instantiate, type RunningPrompt } from "./instantiate.js";
import { LineTable } from "./line-table.js";
import { coldVersions, emitPackedCode } from "./prompt-code.js";

function compiled(texts: SnapshotTexts): CompiledPrompt {
  const { prompts, diagnostics } = compile(makeSnapshot(texts), { versions: "all", working: true });
  const [prompt] = prompts;
  if (prompt === undefined || prompt.versions.length === 0) throw new Error(JSON.stringify(diagnostics));
  return prompt;
}

/** The references of a prompt, as a package's index makes them. */
function makerOf(prompt: CompiledPrompt): () => runtime.References {
  const { statements, expression, imports } = emitPackedCode(prompt, { validation: true });
  const names = [...imports];
  const make = new Function(...names, `"use strict";\n${statements}return ${expression};`);
  const values = names.map((name) => (runtime as Readonly<Record<string, unknown>>)[name]);
  return () => make(...values) as runtime.References;
}

/** Everything that can be seen of a prompt. */
function seen(prompt: object, input: unknown): unknown {
  const call = (method: string, ...args: readonly unknown[]) => {
    try {
      return (prompt as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>)[method]?.(...args);
    } catch (error) {
      return `${error}`;
    }
  };
  const members = Object.entries(Object.getOwnPropertyDescriptors(prompt)).map(([name, { get, value, ...rest }]) => [
    name,
    { ...rest, kind: get === undefined ? typeof value : "getter" },
  ]);
  return {
    members,
    json: JSON.stringify(prompt),
    calls: ["format", "messages", "validate", "parseOutput"].map((method) => call(method, input)),
    history: call("messages", input, { history: [{ role: "user", content: "Before" }], sections: { extra: "More" } }),
    unchecked: call("format", input, { validate: false }),
    isFrozen: Object.isFrozen(prompt),
  };
}

const LONG = "Answer in a friendly, precise tone, and name every amount in dollars.\n".repeat(14);
const SCHEMA = "input: { schema: { name?: string, count?: integer, rows?(array): { cell: string } } }";
const PROMPTS: readonly (readonly [string, readonly string[]])[] = [
  ["wording", ["Hello dear {{name}}, good morning!", "Hello dear {{name}}, good evening!", "Good morning, {{name}}."]],
  [
    "structure",
    ["Hello {{name}}!", "{{#if name}}Hello {{name}}!{{else}}Hello to all of you!{{/if}}", "No variable at all"],
  ],
  ["long texts", [`${LONG}{{name}}`, `First, the rules.\n${LONG}{{name}}${LONG}`, LONG]],
  [
    "messages",
    [
      '{{role "system"}}You are very kind.\n{{role "user"}}{{name}}',
      '{{role "system"}}You are very calm.\n{{history}}{{name}}',
    ],
  ],
  [
    "messages by input",
    [
      '{{#each rows}}{{role "user"}}The cell says: {{cell}}{{/each}}',
      '{{#each rows}}{{role "model"}}The cell is: {{cell}}{{/each}}',
    ],
  ],
  [
    "sections and media",
    [
      'Look at the picture: {{media url=name}}{{section "extra"}}',
      'See the picture: {{media url=name}}{{section "extra"}}',
    ],
  ],
  [
    "names that are not identifiers",
    ['{{[first name]}} and {{json this}}{{lookup this "a longer name"}}', "{{[first name]}} and also {{json this}}"],
  ],
  [
    "quotes",
    ["</script> <!-- \u2028 \\ ' \" ` $\u007bx} {{name}}", "</script> <!-- \u2029 \\n ' \" ` $\u007by} {{name}}"],
  ],
];

const INPUTS: readonly unknown[] = [
  { name: "Ada", count: 2, rows: [{ cell: "one" }, { cell: "two" }], "first name": "Ada" },
  { name: 1 },
  {},
  "text",
];

describe("the compact form", () => {
  it.each(PROMPTS)("gives what the readable form gives: %s", (_, bodies) => {
    for (const head of [
      "",
      `${SCHEMA}\n`,
      `${SCHEMA}\noutput: { schema: { ok: boolean } }\nmetadata: { a: [1, { b: null }] }\n`,
      `input: { schema: { type: object, properties: { name: { type: string, minLength: 2 } }, additionalProperties: true }, default: { name: "a long default" } }\n`,
    ]) {
      const versions = bodies.map((body, index) => [
        `p@v${index + 1}`,
        {
          "p.md": `---\nconfig: { temperature: ${index} }\n${index > 0 ? "description: Later\n" : ""}${head}---\n${body}`,
        },
      ]);
      const texts = { versions: Object.fromEntries(versions), retired: { "p@v1": "It's old" } };
      const { prompts } = compile(makeSnapshot(texts), { versions: "all", working: true });
      const [prompt] = prompts;
      // With a schema that lacks a name, the body does not compile.
      if (prompt === undefined) continue;
      const references = makerOf(prompt)();
      for (const version of prompt.versions)
        for (const input of INPUTS)
          expect(seen(runtime.versionOf(references, `v${version.version}`) ?? {}, input)).toEqual(
            seen(instantiate(version), input),
          );
    }
  });

  it("makes each version once, and aliases of what they point at", () => {
    const version = (number: number) => ({ kind: "version", version: number }) as const;
    const arms = [1, 2].map((number) => ({ version: number, weight: number }));
    const references = makerOf(
      compiled({
        versions: { "p@v1": { "p.md": "One" }, "p@v2": { "p.md": "Two" }, "p@v3": { "p.md": "Three" } },
        working: { "p.md": "Now" },
        aliases: { p: { "my-alias": version(1), constructor: version(2), half: { kind: "split", arms } } },
      }),
    )();
    const at = (ref: string) => runtime.versionOf(references, ref);
    expect(Object.keys(references)).toEqual(["v1", "v2", "v3", "working", "constructor", "half", "latest", "my-alias"]);
    expect(Object.getPrototypeOf(references)).toBe(null);
    type Loaded = { readonly version: unknown; telemetry(): runtime.PromptTelemetry };
    const originOf = (prompt: object | undefined) => {
      const { version, telemetry } = prompt as Loaded;
      const { "cuecard.prompt.alias": alias, "cuecard.prompt.arm": arm } = telemetry();
      return [version, alias, arm];
    };
    expect(["v1", "my-alias", "latest"].map((ref) => originOf(at(ref)))).toEqual([
      [1, undefined, undefined],
      [1, "my-alias", undefined],
      [3, "latest", undefined],
    ]);
    expect(at("my-alias")).toBe(at("my-alias"));
    const half = at("half") as runtime.Split<object>;
    const split = new runtime.Split(
      "p:half",
      arms.map(({ version: number, weight }) => ({ weight, value: { ref: `v${number}` } })),
    );
    for (const key of ["a", "b", "c", "d", "e", "f"]) {
      const { ref } = split.choose({ key });
      expect(originOf(half.choose({ key }))).toEqual([Number(ref.slice(1)), "half", ref]);
    }
    expect(at("toString")).toBe(undefined);
  });

  it("gives every caller a schema of its own", () => {
    const references = makerOf(
      compiled({
        versions: { "p@v1": { "p.md": `---\n${SCHEMA}\n---\n{{name}}{{count}}{{#each rows}}{{cell}}{{/each}}` } },
      }),
    )();
    const prompt = runtime.versionOf(references, "v1") as {
      readonly inputSchema: { properties: Record<string, unknown> };
    };
    prompt.inputSchema.properties["name"] = "changed";
    expect(prompt.inputSchema.properties["name"]).toEqual({ type: ["string", "null"] });
  });

  it("makes the same prompt while Object.prototype has members of the same names", () => {
    const body = "You are here for: {{name}}{{count}}{{#each rows}}{{cell}}{{/each}}";
    const prompt = compiled({ versions: { "p@v1": { "p.md": `---\n${SCHEMA}\n---\n${body}` } } });
    const make = makerOf(prompt);
    const show = () => {
      const made = runtime.versionOf(make(), "v1") as RunningPrompt;
      return [Object.keys(made), made.format({ name: "Ada", count: 1 })];
    };
    const expected = show();
    for (const name of ["name", "notes", "config", "get", "value", "retired", "toJSON", "0", "1"]) {
      const forged = { value: "forged", configurable: true, writable: false, enumerable: false };
      Object.defineProperty(Object.prototype, name, forged);
      let found: unknown;
      try {
        found = show();
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
      expect(found).toEqual(expected);
    }
  });
});

describe("coldVersions", () => {
  it("are those that no alias points at, not the latest and not the working file", () => {
    const prompt = compiled({
      versions: Object.fromEntries([1, 2, 3, 4].map((number) => [`p@v${number}`, { "p.md": `Text ${number}` }])),
      working: { "p.md": "Text 5" },
      aliases: {
        p: {
          production: { kind: "version", version: 2 },
          half: { kind: "split", arms: [1, 2].map((version) => ({ version, weight: 1 })) },
        },
      },
    });
    expect(coldVersions(prompt).map(({ version }) => version)).toEqual([3]);
  });
});

describe("hoistTexts", () => {
  it.each([
    ['(input) => "Hello dear " + asText(input.name)', "(input) => $0 + asText(input.name)", ["Hello dear "]],
    ['() =>\n    "One line\\n" +\n    "two"', "() => $0", ["One line\ntwo"]],
    [
      'f({ "a longer name": "a longer text", b: "short" })',
      'f({ "a longer name": $0, b: "short" })',
      ["a longer text"],
    ],
    [
      'input["a longer name"] ? "a longer text" : "another text"',
      'input["a longer name"] ? $0 : $1',
      ["a longer text", "another text"],
    ],
    ['"a \\"quoted\\" text" + x + "\\\\"', '$0 + x + "\\\\"', ['a "quoted" text']],
  ])("%s", (code, hoisted, texts) => {
    expect(hoistTexts(code)).toEqual({ code: hoisted, texts });
  });
});

it("packs any texts so that their lines give them again", () => {
  const line = fc.constantFrom("", "a", "Keep to the facts that you were given.", "Name your sources.", " ", "b");
  const texts = fc.array(
    fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n")),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(texts, (given) => {
      const table = new LineTable();
      const packed = given.map((text) => table.pack(text));
      const again = packed.map((text) => {
        if (typeof text === "string") return text;
        const runs = text.flatMap((first, index) => (index % 2 === 0 ? [[first, text[index + 1] ?? 0] as const] : []));
        return runs.flatMap(([first, count]) => table.lines.slice(first, first + count)).join("\n");
      });
      expect(again).toEqual(given);
    }),
    { seed: 43, numRuns: 300 },
  );
});
