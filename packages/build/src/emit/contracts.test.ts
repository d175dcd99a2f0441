// Where pointers may move at run time, as the compiler writes it for packages, and as packages then move them.

import type { AliasTarget } from "@cuecard/model";
import { Split } from "@cuecard/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFollow, type Following } from "../../../runtime/src/follow/index.js";
import { makeSnapshot } from "../../test/make-snapshot.js";
import { compareContents } from "../compare/compare-contents.js";
import { whyNotFollow } from "../compare/why-not-follow.js";
import { compile } from "../compile.js";
import type { CompiledPrompt } from "../model.js";
import { emitContracts } from "./contracts.js";

const v = (version: number): AliasTarget => ({ kind: "version", version });
const split = (...versions: readonly number[]): AliasTarget => ({
  kind: "split",
  arms: versions.map((version) => ({ version, weight: 1 })),
});

function compiled(
  texts: readonly string[],
  aliases: Readonly<Record<string, AliasTarget>>,
  working?: string,
): CompiledPrompt {
  const versions = Object.fromEntries(texts.map((text, at) => [`p@v${at + 1}`, { "p.md": text }]));
  const snapshot = makeSnapshot({
    versions,
    aliases: { p: aliases },
    ...(working && { working: { "p.md": working } }),
  });
  const { prompts, diagnostics } = compile(snapshot, { versions: "all", working: working !== undefined });
  const [prompt] = prompts;
  if (prompt === undefined) throw new Error(JSON.stringify(diagnostics));
  return prompt;
}

/** The emitted text, as JavaScript reads it. */
function packed(prompt: CompiledPrompt): string {
  return new Function(`return [${emitContracts(prompt)}]`)()[0];
}

/** A package's `follow`, whose prompts are only their version numbers. */
function followed(
  prompt: CompiledPrompt,
  document: object,
): Following & { load(name: string, ref: string, options?: object): number } {
  const load = (_name: unknown, ref: unknown) => Number(String(ref).slice(1)) as unknown as object;
  return createFollow({ load, find: load, at: () => load, atAlias: (prompt) => prompt, Split }, [packed(prompt)])({
    source: () => document,
  }) as ReturnType<typeof followed>;
}

const front = (yaml: string, body = "Hello") => `---\n${yaml}\n---\n${body}`;
const given = (schema: string, defaults = "") =>
  front(`input: { schema: { ${schema} }, default: { ${defaults} } }`, "{{a}}");
const tool = (name: string, description: string, type: string) =>
  `tools: [{ name: ${name}, description: ${description}, input: { schema: { query: ${type} } } }]`;
const chat = (system: string) => `${system}{{role "user"}}{{#if a}}{{a}}{{/if}}`;
const SYSTEM = '{{role "system"}}Be kind';

describe("a pointer", () => {
  it.each<[what: string, built: string, other: string, reason: string | undefined]>([
    ["a new wording", "Hello {{name}}", "Good day {{name}}", undefined],
    ["a new optional variable", "Hello {{name}}", "Hello {{name}}{{#if title}}{{title}}{{/if}}", undefined],
    ["a new required variable", "Hello {{name}}", "Hello {{name}} {{title}}", 'input "title" is new and required'],
    [
      "a variable that is no longer required",
      "Hello {{name}}",
      "Hello {{#if name}}{{name}}{{/if}}",
      'prompt.input may give "name" with a value that callers do not expect',
    ],
    ["a variable that is gone", "Hello {{name}} {{title}}", "Hello {{name}}", 'input "title" is no longer accepted'],
    [
      "several reasons",
      "Hello {{name}}",
      "{{#each name}}{{a}}{{/each}}{{b}}",
      'input "name" changed from a string or a number to a list of objects (and 1 more)',
    ],
    [
      "another kind",
      "Hello",
      SYSTEM,
      "the prompt changed from text to chat: format() now returns { system, messages }",
    ],
    [
      "an answer that gains a member",
      front("output: { schema: { a: string } }"),
      front("output: { schema: { a: string, b: string } }"),
      undefined,
    ],
    [
      "an answer that loses a member",
      front("output: { schema: { a: string, b: string } }"),
      front("output: { schema: { a: string } }"),
      `the answer no longer has "b"`,
    ],
    ["another model", front("model: a/b"), front("model: c/d"), undefined],
    ["no model", front("model: a/b"), front("tags: {}"), "model is missing"],
    [
      "a model where there was none",
      front("tags: {}"),
      front("model: c/d"),
      "there is a model, which callers do not expect",
    ],
    [
      "other settings",
      front("config: { temperature: 1, stop: [a] }"),
      front("config: { temperature: 0.5, stop: [b, c] }"),
      undefined,
    ],
    [
      "a setting that is new",
      front("config: { temperature: 1 }"),
      front("config: { temperature: 1, top_k: 3 }"),
      "config.top_k is new",
    ],
    [
      "a part of a setting that is new",
      front("config: { thinking: { budget: 1 } }"),
      front("config: { thinking: { budget: 1, effort: low } }"),
      "config.thinking.effort is new",
    ],
    [
      "another choice",
      front("config: { reasoning_effort: high }"),
      front("config: { reasoning_effort: low }"),
      undefined,
    ],
    [
      "a choice that not every SDK takes",
      front("config: { reasoningEffort: high }"),
      front("config: { reasoningEffort: max }"),
      'config.reasoningEffort is "max", which SDKs may not take',
    ],
    [
      "items where there were none",
      front("metadata: { a: [] }"),
      front("metadata: { a: [x] }"),
      "metadata.a has items of another type",
    ],
    ["metadata that is new", front("metadata: { a: 1 }"), front("metadata: { a: 1, b: x }"), "metadata.b is new"],
    ["a tag that is new", front("tags: { team: a }"), front("tags: { team: b, kind: c }"), undefined],
    [
      "a tool with another description",
      front(tool("search", "Search", "string")),
      front(tool("search", "Look it up", "string")),
      undefined,
    ],
    [
      "a tool with another name",
      front(tool("search", "Search", "string")),
      front(tool("find", "Search", "string")),
      'tool "find" is new (and 1 more)',
    ],
    [
      "a tool that takes something else",
      front(tool("search", "Search", "string")),
      front(tool("search", "Search", "number")),
      'tool "search" changed',
    ],
    ["a tool that is only a name", front("tags: {}"), front("tools: [search]"), 'tool "search" is new'],
    [
      "a tool message",
      '{{role "user"}}Hello',
      '{{role "user"}}Hello{{role "tool"}}Found',
      "there may be a tool message, which callers do not expect",
    ],
    ["an assistant message", '{{role "user"}}Hello', '{{role "user"}}Hello{{role "model"}}Yes', undefined],
    [
      "a default that is gone",
      given("a?: string", "a: x"),
      given("a?: string"),
      'prompt.input may give "a" with a value that callers do not expect',
    ],
    ["another default", given("a?: string", "a: x"), given("a?: string", "a: y"), undefined],
    [
      "a default of a wider type",
      given("a?: string", "a: x"),
      given("a?: any", "a: 3"),
      'prompt.input may give "a" with a value that callers do not expect',
    ],
    [
      "a private variable that is public",
      given('a: "string, private"'),
      given("a: string"),
      'input "a" is no longer private: telemetry records it',
    ],
    [
      "a private member that gets a name",
      given('a: string, (*): "string, private"'),
      given('a: string, "b?": string, (*): "string, private"'),
      'input "b" may be private, and telemetry records it',
    ],
    ["a public variable that is private", given("a: string"), given('a: "string, private"'), undefined],
    [
      "an answer with a schema where there was none",
      front("tags: {}"),
      front("output: { schema: { a: string } }"),
      "the answer now has a schema, which callers do not expect",
    ],
    [
      "a setting that is gone",
      front("config: { temperature: 1, seed: 3 }"),
      front("config: { seed: 3 }"),
      "config.temperature is missing",
    ],
    [
      "a setting of another type",
      front("config: { stop: [a] }"),
      front("config: { stop: a }"),
      "config.stop is not a list",
    ],
    [
      "a list of another type",
      front("metadata: { a: [x] }"),
      front("metadata: { a: [x, 1] }"),
      "metadata.a has items of another type",
    ],
    [
      "an object that is a text",
      front("metadata: { a: { b: 1 } }"),
      front("metadata: { a: b }"),
      "metadata.a is not an object",
    ],
    ["null", front("metadata: { a: 1 }"), front("metadata: { a: null }"), "metadata.a is not a number"],
    ["a tag that is gone", front("tags: { team: a }"), front("tags: { kind: a }"), "tags.team is missing"],
    [
      "metadata of an inherited name",
      front("metadata: { constructor: a }"),
      front("metadata: { b: a }"),
      "metadata.constructor is missing",
    ],
    ["no system message", chat(SYSTEM), chat(""), "there may be no system message, which callers expect"],
    [
      "a system message for some inputs",
      chat(SYSTEM),
      chat(`{{#if a}}${SYSTEM}{{/if}}`),
      "there may be no system message, which callers expect",
    ],
    ["a system message for every input", chat(`{{#if a}}${SYSTEM}{{/if}}`), chat(SYSTEM), undefined],
  ])("with %s", (_, built, other, reason) => {
    const prompt = compiled([built, other], { production: v(1) });
    const expected = [["production"], 1, ...(reason === undefined ? [] : [[[0, [2]]]])];
    expect(JSON.parse(packed(prompt))).toEqual(["p", 2, 2, [expected], ...(reason === undefined ? [] : [[reason]])]);
  });

  it("to several versions may move to what is right for the callers of one of them", () => {
    const texts = ["{{a}}{{#if b}}{{b}}{{/if}}", "{{a}}", "{{a}}{{#if c}}{{c}}{{/if}}", "{{a}}{{c}}"];
    const prompt = compiled(
      texts,
      { production: split(1, 2), same: split(1, 2), staging: v(1), dev: { kind: "working" } },
      texts[3],
    );
    const gone = 'input "b" is no longer accepted';
    const [, , , pointers, reasons] = JSON.parse(packed(prompt));
    const maybe = 'prompt.input may give "c" with a value that callers do not expect';
    expect(reasons).toEqual([
      expect.stringContaining('input "c" is no longer accepted'),
      maybe,
      `${gone} (and 1 more)`,
      gone,
    ]);
    expect(pointers).toEqual([
      [
        ["dev"],
        "working",
        [
          [0, [1, 2]],
          [1, [3]],
        ],
      ],
      [
        ["production", "same"],
        [
          [1, 1],
          [2, 1],
        ],
        [[2, [4]]],
      ],
      [
        ["staging"],
        1,
        [
          [3, [2, 3]],
          [2, [4]],
        ],
      ],
    ]);
  });

  it("is written with the numbers of versions if some are missing", () => {
    const snapshot = makeSnapshot({
      versions: { "p@v2": { "p.md": "a" }, "p@v5": { "p.md": "b" } },
      aliases: { p: { production: v(2) } },
    });
    const [prompt] = compile(snapshot, { versions: "all", working: false }).prompts;
    expect(JSON.parse(packed(prompt as CompiledPrompt))).toEqual(["p", [2, 5], 5, [[["production"], 2]]]);
  });
});

const TEXTS = [
  "{{a}}",
  "{{a}}!",
  "{{a}}{{#if b}}{{b}}{{/if}}",
  "{{a}}{{b}}",
  front("input: { schema: { a: string } }\noutput: { schema: { x: string } }", "{{a}}"),
  front("input: { schema: { a: any } }\noutput: { schema: { x: string, y: string } }", "{{a}}"),
  front("model: a/b\nconfig: { seed: 1 }", "{{a}}"),
  chat(SYSTEM),
  chat(`{{#if a}}${SYSTEM}{{/if}}`),
];

it("never moves to a version that breaks callers, whatever the registry and the document are", async () => {
  const number = fc.integer({ min: 1, max: 4 });
  const target = fc.oneof(
    number.map(v),
    fc.uniqueArray(number, { minLength: 2, maxLength: 3 }).map((all) => split(...all.sort())),
  );
  const wanted = fc.oneof(
    fc.integer({ min: 0, max: 6 }).map((version) => `v${version}`),
    fc.dictionary(fc.constantFrom("v1", "v2", "v3", "v4", "v5"), fc.integer({ min: 1, max: 9 }), { minKeys: 1 }),
    fc.constant("latest"),
  );
  const texts = fc.array(fc.constantFrom(...TEXTS), { minLength: 4, maxLength: 4 });
  let moves = 0;
  await fc.assert(
    fc.asyncProperty(texts, target, wanted, async (all, alias, document) => {
      const prompt = compiled(all, { production: alias });
      const contentOf = (version: number) => prompt.versions.find((one) => one.version === version)?.content;
      const arms = prompt.aliases.find((one) => one.alias === "production")?.arms ?? [];
      const live = followed(prompt, { p: { production: document } });
      await live.refresh();
      const { state } = live;
      const now = state.pointers["p"]?.["production"] ?? "";
      const versions = typeof now === "string" ? [now] : Object.keys(now);
      for (const version of versions.map((ref) => Number(ref.slice(1)))) {
        const content = contentOf(version);
        const fits = arms.some((arm) => {
          const built = contentOf(Number(arm.version));
          if (built === undefined || content === undefined) return false;
          return (
            arm.version === version ||
            (!compareContents(built, content).breaking && whyNotFollow(built, content) === undefined)
          );
        });
        expect(fits).toBe(true);
      }
      if (state.refused.length === 0 && state.lastError === undefined) moves++;
      if (arms.length === 1) expect(typeof now).toBe("string");
    }),
    { seed: 1, numRuns: 60 },
  );
  expect(moves).toBeGreaterThan(10);
});
