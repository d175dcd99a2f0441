// Whatever words a template uses, its own words never take the place of a name that the emitted code needs.

import * as runtime from "@cuecard/runtime";
import fc from "fast-check";
import Handlebars from "handlebars";
import { describe, expect, it } from "vitest";
import { makeSnapshot } from "../../test/make-snapshot.js";
import { compile } from "../compile.js";
import { instantiate } from "./instantiate.js";
import { LocalNames } from "./local-names.js";
import { moduleConstant, versionConstant } from "./version-names.js";

/** A text so long that it is a constant of the module. */
const LONG = Array.from({ length: 14 }, (_, n) => `Rule ${n + 1} of the policy.\n`).join("");

/** What modules declare, import and use as parameters, and what JavaScript reserves. */
const WORDS: readonly string[] = [
  ...["textV1", "text2V1", "textWorking", "text2Working", "inputSchemaV1", "outputSchemaV1", "templateV1"],
  ...["templateWorking", "makeInputCheckV1", "makeOutputCheckV1", "v1", "working", "split1", "prompts", "load"],
  ...["input", "options", "original", "data", "messages", "prototype", "context", "index", "key", "isLast", "item"],
  ...["value", "renderNode", "class", "arguments", "eval", "NaN", "Infinity", "await", "yield", "let", "static"],
  ...["globalThis", "Object", "String", "constructor", "text", "text1", "V1", "Working", "shout"],
  ...Object.keys(runtime),
];
/** Handlebars reads these as values, or as its own blocks, unless they are in brackets. */
const IN_BRACKETS = ["undefined", "null", "true", "this", "if", "each", "with"];

function render(template: string, input: Readonly<Record<string, unknown>>): string[] {
  const files = { "p.md": `---\ninput: { schema: { type: object, additionalProperties: true } }\n---\n${template}` };
  const { prompts, diagnostics } = compile(makeSnapshot({ versions: { "p@v1": files }, working: files }), {
    versions: "all",
    working: true,
  });
  const versions = prompts[0]?.versions ?? [];
  if (versions.length !== 2) throw new Error(JSON.stringify(diagnostics));
  return versions.map((version) => String(instantiate(version).format(input)));
}

function expectAsInHandlebars(template: string, input: Readonly<Record<string, unknown>>): void {
  const expected = Handlebars.create().compile(template, { noEscape: true })(input);
  expect(render(template, input)).toEqual([expected, expected]);
}

describe("a template renders its own text whatever its variables are called", () => {
  it.each([...WORDS, ...IN_BRACKETS.map((word) => `[${word}]`)])("{{#with %s}}", (word) => {
    expectAsInHandlebars(`${LONG}{{#with ${word}}}${LONG}Last {{this}}${LONG}{{/with}}`, {
      [word.replace(/[[\]]/g, "")]: "EVIL",
    });
  });

  it.each(WORDS)("{{#each %ss}}", (word) => {
    expectAsInHandlebars(`{{#each ${word}s}}${LONG}{{this}} {{@index}} {{@key}}${LONG}!{{/each}}`, {
      [`${word}s`]: ["EVIL", "WORSE"],
    });
  });

  it.each(WORDS.filter((word) => word !== "lookup"))("{{#each list as |%s|}}", (word) => {
    expectAsInHandlebars(`{{#each list as |${word}|}}${LONG}{{${word}}}${LONG}!{{/each}}`, { list: ["EVIL", "WORSE"] });
  });

  it("in blocks of every kind in each other", () => {
    const word = fc.constantFrom(...WORDS.filter((name) => name !== "lookup"));
    fc.assert(
      fc.property(word, word, word, (outer, list, inner) => {
        expectAsInHandlebars(
          `{{#with ${outer}}}${LONG}{{#each ${list}s}}${LONG}!{{#with ${inner}}}{{this}}${LONG}{{../../tail}}{{/with}}{{@index}}{{/each}}{{/with}}`,
          { [outer]: { [`${list}s`]: [{ [inner]: "EVIL" }, { [inner]: "WORSE" }], tail: "end" } },
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe("LocalNames", () => {
  it.each(["v1", "working", "split2", moduleConstant("text", 12), moduleConstant("anything", "working")])(
    "never gives out %s, a name of the module's constants",
    (name) => {
      const names = new LocalNames();
      expect([names.take(name), names.take(name)]).toEqual([`${name}_`, `${name}_2`]);
      expect([versionConstant(1), versionConstant("working")]).toEqual(["v1", "working"]);
    },
  );

  it.each(Object.keys(runtime))("never gives out %s, a name of the runtime", (name) => {
    expect(new LocalNames().take(name)).toBe(`${name}2`);
  });
});
