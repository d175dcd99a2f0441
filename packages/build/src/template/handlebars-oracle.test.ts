// Random templates and data, rendered by the compiled code and by Handlebars itself: the same text, or a diagnostic.

import { delimit } from "@cuecard/runtime";
import fc from "fast-check";
import Handlebars from "handlebars";
import { describe, expect, it, vi } from "vitest";
import { data, partials, template } from "../../test/arbitrary-template.js";
import { compileText, renderBothForms, renderFunction } from "../../test/render.js";
import { isEmptyProgram } from "../language/syntax.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const RUNS = Number(process.env["CUECARD_ORACLE_RUNS"] ?? 1000);
/** Fixed, so that a test run is repeatable; `npm run fuzz` takes another one each time. */
const SEED = Number(
  process.env["CUECARD_ORACLE_SEED"] ?? (process.env["CUECARD_ORACLE_RUNS"] === undefined ? 1 : Date.now()),
);

/** A context that asks a partial block whether it has no text of its own. */
const ASK = Object.freeze({ is: "a question" });
const EMPTY = "the answer to it";

/**
 * Handlebars, but for three things that are deliberately otherwise here (docs/template-language.md):
 * - with `noEscape` it adds adjacent numbers ({{a}}{{b}} with 1 and 2 gives 3); so it escapes everything instead, by a
 *   function that escapes nothing;
 * - inside a block whose context is null, `this` is an empty object to it: true, and "[object Object]" as text;
 * - `{{#if @partial-block}}` renders the block, without a context, and asks whether there is text.
 */
function renderByHandlebars(source: string, partialTexts: Readonly<Record<string, string>>, input: unknown): string {
  const handlebars = Handlebars.create();
  handlebars.log = () => {};
  const compile = (text: string) => {
    const ast = handlebars.parse(text);
    new Prepare().accept(ast);
    return handlebars.compile(ast);
  };
  for (const [name, text] of Object.entries(partialTexts)) {
    // Handlebars parses a partial when it is used, and only then.
    let template: HandlebarsTemplateDelegate | undefined;
    handlebars.registerPartial(name, (context: unknown, options?: RuntimeOptions) => {
      template ??= compile(text);
      return template(context, options);
    });
  }
  registerDotpromptHelpers(handlebars);
  handlebars.registerDecorator(
    "answersEmpty",
    ((block: (context: unknown, options: unknown) => unknown) => (context: unknown, options: unknown) =>
      context === ASK ? EMPTY : block(context, options)) as never,
  );
  for (const helper of ["if", "unless", "each", "with", "blockHelperMissing"]) {
    const original = handlebars.helpers[helper];
    handlebars.registerHelper(helper, function (this: unknown, value: unknown, options: unknown) {
      const given = isNullContext(value)
        ? undefined
        : typeof value === "function"
          ? hasText(value as () => unknown)
          : value;
      return original?.call(isNullContext(this) ? undefined : this, given, options as Handlebars.HelperOptions);
    });
  }
  const utils = Handlebars.Utils as { escapeExpression: (value: unknown) => string };
  const escapeHtml = utils.escapeExpression;
  utils.escapeExpression = (value) =>
    value === null || value === undefined || isNullContext(value) ? "" : String(value);
  try {
    return compile(source)(input);
  } finally {
    utils.escapeExpression = escapeHtml;
  }
}

/** The data contains no functions, so this is a partial block. */
function hasText(block: (context: unknown) => unknown): boolean {
  try {
    return block(ASK) !== EMPTY;
  } catch {
    return true;
  }
}

/** As dotprompt 1.1.2 defines them, and `raw` as Handlebars' guide does. The JSON of undefined is empty text here. */
function registerDotpromptHelpers(handlebars: typeof Handlebars): void {
  type Options = Handlebars.HelperOptions;
  handlebars.registerHelper({
    json: (value: unknown, options: Options) =>
      JSON.stringify(isNullContext(value) ? null : value, null, options.hash["indent"] || 0) ?? "",
    ifEquals(this: unknown, left: unknown, right: unknown, options: Options) {
      return (left === right ? options.fn : options.inverse)(isNullContext(this) ? undefined : this);
    },
    unlessEquals(this: unknown, left: unknown, right: unknown, options: Options) {
      return (left !== right ? options.fn : options.inverse)(isNullContext(this) ? undefined : this);
    },
    raw: (options: Options) => options.fn({}),
    // Ours: Handlebars has none.
    untrusted: (value: unknown) => delimit(isNullContext(value) ? null : value),
  });
}

/** Only the object that Handlebars uses for a null context is sealed. */
function isNullContext(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.isSealed(value) && Object.keys(value).length === 0;
}

/** NaN differs from itself: `../` out of it leads to it again. */
function withoutNaN(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNaN);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutNaN(member)]));
  return Number.isNaN(value) ? 0 : value;
}

class Prepare extends Handlebars.Visitor {
  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    if (isEmptyProgram(partial.program)) partial.program.body.push(...Handlebars.parse("{{*answersEmpty}}").body);
    super.PartialBlockStatement(partial);
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    mustache.escaped = true;
  }
}

describe("rendering", () => {
  it(
    "says what Handlebars says, or nothing at all",
    () => {
      let compared = 0;
      fc.assert(
        fc.property(template, partials, data, (source, partialTexts, made) => {
          const input = source.includes("../") ? withoutNaN(made) : made;
          const { content } = compileText(source, partialTexts);
          if (content === undefined) return;
          compared++;
          const render = compared % 4 === 0 ? renderBothForms(content) : renderFunction(content);
          expect(render(input, {})).toBe(renderByHandlebars(source, partialTexts, input));
        }),
        { seed: SEED, numRuns: RUNS },
      );
      // A compiler that refuses everything would pass: many random templates must compile.
      expect(compared).toBeGreaterThan(RUNS * 0.4);
    },
    120_000 + RUNS * 10,
  );
});

describe("each", () => {
  const holes: unknown[] = ["a", "b", "c"];
  delete holes[1];
  const source = "{{#each list}}{{@key}}/{{@index}}/{{@first}}/{{@last}}={{this}};{{else}}none{{/each}}";

  it.each<[string, () => unknown]>([
    ["an array with holes", () => holes],
    ["an array of holes", () => new Array(2)],
    ["a set", () => new Set(["a", "b"])],
    ["a map", () => new Map(Object.entries({ k: "v", l: "w" }))],
    ["an iterator, which can be walked once", () => ["a", "b"].values()],
    ["an object", () => ({ x: 1, y: 2 })],
    ["an object without prototype", () => Object.assign(Object.create(null), { x: 1 })],
    ["nothing", () => undefined],
    ["an empty array", () => []],
    ["a text", () => "abc"],
  ])("walks %s as Handlebars does", (_, list) => {
    const { content } = compileText(source);
    expect(content && renderFunction(content)({ list: list() }, {})).toBe(Handlebars.compile(source)({ list: list() }));
  });
});

describe("../ in partials", () => {
  const input = {
    name: "root",
    list: [
      { name: "one", of: { name: "inner" } },
      { name: "two", of: { name: "in" } },
    ],
  };
  const files = {
    layout: "<{{> @partial-block}}>",
    loop: "{{#each list}}{{> @partial-block}}{{/each}}",
    given: "{{> @partial-block list.[0]}}{{> @partial-block name=1}}",
    box: "[{{> @partial-block}}]",
    child: "{{#each list}}{{name}} of {{../name}};{{/each}}",
  };

  it.each([
    "{{#each list}}{{#> layout}}{{name}} of {{../name}}{{/layout}}{{/each}}",
    "{{#each list}}{{#> layout of}}{{name}} of {{../name}} of {{../../name}}{{/layout}}{{/each}}",
    "{{#> loop}}{{name}} of {{../name}}; {{/loop}}",
    "{{#> loop}}{{#each this}}{{@key}} of {{../name}} of {{../../name}}, {{/each}}{{/loop}}",
    "{{#> given}}{{name}}.{{../name}} {{/given}}",
    "{{#> box}}{{#> box list.[0]}}{{name}} of {{../name}}{{/box}}{{name}}{{/box}}",
    '{{#each list}}{{#*inline "p"}}{{name}} of {{../name}}{{/inline}}{{> p}} {{> p of}}{{/each}}',
    '{{#if list}}{{#*inline "p"}}{{name}} of {{../name}}{{/inline}}{{#each list}}{{> p}};{{/each}}{{/if}}',
    '{{#each list}}{{#> layout}}{{#*inline "p"}}{{../name}}{{/inline}}{{#with of}}{{> p}}{{/with}}{{/layout}}{{/each}}',
    "{{#each list}}{{#> absent of}}{{name}} of {{../name}}{{/absent}}{{/each}}",
    '{{#> absent one="t" two=name}}{{#each this}}{{@key}}={{this}};{{/each}}{{/absent}}',
    "{{#with this}}{{#each list}}{{name}} of {{../name}};{{/each}}{{/with}}",
    "{{> child}}{{#each list}}{{> child list=of}}{{/each}}",
    "{{#> loop}}{{@index}} of {{@../index}} {{@last}}{{/loop}}",
    "{{#each list}}{{#> layout}}{{@index}}{{@../index}}{{#each of}}{{@key}}{{@../../index}}{{/each}}{{/layout}}{{/each}}",
  ])("means what it means to Handlebars: %s", (source) => {
    const { content, diagnostics } = compileText(source, files);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(content && renderFunction(content)(input, {})).toBe(renderByHandlebars(source, files, input));
  });
});

describe("blocks that begin with ^", () => {
  it.each([
    "{{^if a}}no{{/if}}{{^unless a}}no{{/unless}}",
    "{{^each a}}none{{/each}}{{^each none}}none{{/each}}",
    "{{^with a}}none{{/with}}{{^with none}}none{{else}}some{{/with}}",
    '{{^ifEquals a "x"}}other{{/ifEquals}}{{^unlessEquals a b}}same{{/unlessEquals}}',
    "{{^a}}none{{else}}{{this}}{{/a}}{{^none}}none{{/none}}",
    "{{#if none}}{{else each a}}{{this}}{{else}}x{{/if}}{{#if none}}{{else with b as |c|}}{{c}}{{/if}}",
  ])("mean what they mean to Handlebars: %s", (source) => {
    const input = { a: ["x", "y"], b: "b" };
    const { content } = compileText(source);
    expect(content && renderFunction(content)(input, {})).toBe(renderByHandlebars(source, {}, input));
  });
});
