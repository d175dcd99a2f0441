// Random templates of the compiled language, and random data for them.

import fc from "fast-check";

const NAMES = ["a", "b", "c", "items", "user", "length", "constructor", "first name"];

const name = fc.constantFrom(...NAMES);
const segment = name.map((text) => (/^[a-z]+$/.test(text) ? text : `[${text}]`));
const path = fc.oneof(
  { weight: 5, arbitrary: segment },
  { weight: 2, arbitrary: fc.tuple(segment, segment).map((parts) => parts.join(".")) },
  { weight: 2, arbitrary: fc.constant("this") },
  { weight: 1, arbitrary: segment.map((text) => `this.${text}`) },
  { weight: 1, arbitrary: segment.map((text) => `./${text}`) },
  { weight: 1, arbitrary: segment.map((text) => `@root.${text}`) },
  // Nothing is above the input, so many of these do not compile.
  { weight: 1, arbitrary: fc.tuple(segment, fc.boolean()).map(([text, isAbove]) => (isAbove ? `../${text}` : text)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "@index",
      "@key",
      "@first",
      "@last",
      "@other",
      "@../index",
      "@../key",
      "@../../last",
      "@../root.a",
    ),
  },
  { weight: 1, arbitrary: fc.tuple(segment, fc.constantFrom("0", "1")).map(([text, at]) => `${text}.[${at}]`) },
  { weight: 1, arbitrary: fc.constantFrom("x", "k", "x.a", "x.length") },
);
/** Values for which Handlebars distinguishes null from undefined. For a member of a null context, it does not. */
const member = fc.oneof(
  segment.map((text) => `@root.${text}`),
  fc.constantFrom("@index", "@key"),
);
const literal = fc.constantFrom('"text"', "'quoted'", "12", "0", "-1", "1.5", "true", "false", "null", "undefined");
const value = fc.oneof(
  { weight: 6, arbitrary: path },
  { weight: 1, arbitrary: literal },
  { weight: 1, arbitrary: fc.tuple(path, fc.oneof(path, literal)).map(([object, key]) => `(lookup ${object} ${key})`) },
  { weight: 1, arbitrary: path.map((text) => `(lookup (lookup this ${text}) "a")`) },
);
const open = fc.constantFrom("{{", "{{", "{{", "{{~");
const close = fc.constantFrom("}}", "}}", "}}", "~}}");
const tag = (inside: fc.Arbitrary<string>) => fc.tuple(open, inside, close).map((parts) => parts.join(""));
const content = fc.constantFrom(
  "x",
  " ",
  "\n",
  "\n\n",
  "  \n",
  "\n  ",
  "text ",
  "<b>&",
  "`$\u007bz}`",
  "\\\\",
  "é",
  "- ",
  "\t",
  "{ ",
  " }",
  "'\"",
);

const leaf = fc.oneof(
  { weight: 5, arbitrary: content },
  { weight: 4, arbitrary: tag(path) },
  { weight: 1, arbitrary: path.map((text) => `{{{${text}}}}`) },
  { weight: 1, arbitrary: path.map((text) => `{{&${text}}}`) },
  {
    weight: 1,
    arbitrary: tag(fc.tuple(path, fc.oneof(path, literal)).map(([object, key]) => `lookup ${object} ${key}`)),
  },
  { weight: 1, arbitrary: fc.constantFrom("{{! comment }}", "{{!-- {{a}} --}}", "{{~! comment ~}}") },
  {
    weight: 1,
    arbitrary: tag(
      fc.tuple(member, fc.constantFrom("", " indent=1", ' indent="\t"')).map(([of, indent]) => `json ${of}${indent}`),
    ),
  },
  { weight: 1, arbitrary: tag(member.map((of) => `untrusted ${of}`)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("{{{{raw}}}} {{a}} {{#if}} {{{{/raw}}}}", "{{{{a}}}}{{b}}{{{{/a}}}}", "{{log a}}"),
  },
  { weight: 1, arbitrary: fc.constantFrom("\\{{a}}", "\\\\{{a}}") },
);

const PARTIALS = ["one", "two", "three", "layout", "tree", "inner"];
const partialArguments = fc.constantFrom(
  "",
  "",
  " this",
  " user",
  " a=b",
  " user a=1",
  ' a="t" b=@index',
  " ../a",
  " items",
);

const partialCall = fc
  .tuple(open, fc.constantFrom(...PARTIALS, ...PARTIALS, "@partial-block"), partialArguments, close)
  .map(([start, partial, argument, end]) => `${start}> ${partial}${argument}${end}`);

/** The body of a template; `{{> one}}` to `{{> three}}` name partials that {@link partials} makes. */
export const template: fc.Arbitrary<string> = fc.letrec<{ nodes: string; node: string }>((tie) => ({
  nodes: fc.array(tie("node"), { maxLength: 5 }).map((parts) => parts.join("")),
  node: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 6, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: block(
        tie("nodes"),
        fc.constantFrom("if", "unless"),
        value,
        fc.constantFrom("", "", " includeZero=true"),
      ),
    },
    {
      weight: 2,
      arbitrary: block(tie("nodes"), fc.constantFrom("each", "with"), value, fc.constantFrom("", "", " as |x|")),
    },
    { weight: 1, arbitrary: block(tie("nodes"), fc.constant("each"), path, fc.constant(" as |x k|")) },
    { weight: 1, arbitrary: chain(tie("nodes")) },
    { weight: 1, arbitrary: section(tie("nodes")) },
    {
      weight: 1,
      arbitrary: block(
        tie("nodes"),
        fc.constantFrom("ifEquals", "unlessEquals"),
        fc.tuple(member, fc.oneof(member, literal)).map((values) => values.join(" ")),
        fc.constant(""),
      ),
    },
    { weight: 1, arbitrary: partialBlock(tie("nodes")) },
    { weight: 1, arbitrary: inlinePartial(tie("nodes")) },
    { weight: 1, arbitrary: partialCall },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("\n", "\n  ", " "), partialCall, fc.constantFrom("\n", " \n", ""))
        .map((parts) => parts.join("")),
    },
  ),
})).nodes;

/** Partials, of which `three` uses `two`, `layout` places its block, and `tree` includes itself. */
export const partials: fc.Arbitrary<Record<string, string>> = fc
  .tuple(
    fc.array(leaf, { maxLength: 4 }),
    fc.array(leaf, { maxLength: 4 }),
    fc.array(fc.oneof(leaf, fc.constant("{{#each items}}{{@index}}{{this}}\n{{/each}}")), { maxLength: 4 }),
    fc.array(leaf, { maxLength: 2 }),
    fc.constantFrom(
      "{{> @partial-block}}",
      "[{{#if @partial-block}}{{> @partial-block}}{{else}}none{{/if}}]",
      "{{#each items}}{{> @partial-block}},{{/each}}",
      "{{> @partial-block a=1}}{{> @partial-block user}}",
      "{{> inner}}{{#> inner}}inner block{{/inner}}",
      "{{#> one}}{{> @partial-block}}{{/one}}\n  {{> @partial-block}}\n",
    ),
    fc.constantFrom(
      "({{#each items}}{{> tree}}{{/each}}{{a}})",
      "{{a}}{{#if user}}{{> tree user}}{{/if}}",
      "{{#with user}}\n  {{> tree}}\n{{/with}}{{@root.a}}.",
      "{{#each items}}{{> tree user=this}}{{/each}}{{user}}",
    ),
    fc.constantFrom("{{a}}", "<{{#if @partial-block}}{{> @partial-block}}{{/if}}>", "{{b}}\n{{c}}\n"),
  )
  .map(([one, two, three, around, layout, tree, inner]) => ({
    one: one.join(""),
    two: two.join(""),
    three: `${three.join("")}\n {{> two}}\n`,
    layout: `${around.join("")}${layout}`,
    tree,
    inner,
  }));

/** `{{#name}}…{{/name}}` and `{{^name}}…{{/name}}`. */
function section(body: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom("#", "#", "^"), path, body, fc.option(body)).map(([mark, name, inner, otherwise]) => {
    const inverse = otherwise === null || mark === "^" ? "" : `{{else}}${otherwise}`;
    return `{{${mark}${name}}}${inner}${inverse}{{/${name}}}`;
  });
}

function partialBlock(body: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(...PARTIALS, "layout", "layout", "absent"),
      partialArguments,
      body,
      fc.constantFrom("", "\n"),
    )
    .map(([name, given, inner, end]) => `{{#> ${name}${given}}}${end}${withoutParents(inner)}{{/${name}}}${end}`);
}

/**
 * To Handlebars, `../` skips a context that happens to equal the one around it; of partials' contexts, two that are not
 * there often do. Tables hold what `../` is in such places.
 */
function withoutParents(body: string): string {
  return body.replaceAll("../", "");
}

/** Often one that is used right away, or that replaces a file. */
function inlinePartial(body: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom("one", "inner", "own"),
      body,
      fc.constantFrom("", "{{> own}}", "{{> inner user}}", "{{> one}}"),
    )
    .map(([name, inner, use]) => `{{#*inline "${name}"}}${withoutParents(inner)}{{/inline}}${use}`);
}

function block(
  body: fc.Arbitrary<string>,
  helper: fc.Arbitrary<string>,
  argument: fc.Arbitrary<string>,
  suffix: fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  return fc
    .tuple(
      open,
      helper,
      argument,
      suffix,
      close,
      body,
      fc.option(fc.tuple(fc.constantFrom("{{else}}", "{{^}}", "{{~else~}}", "\n{{else}}\n"), body)),
      open,
      close,
    )
    .map(([start, name, given, rest, end, inner, otherwise, start2, end2]) => {
      const inverse = otherwise === null ? "" : otherwise.join("");
      return `${start}#${name} ${given}${rest}${end}${inner}${inverse}${start2}/${name}${end2}`;
    });
}

function chain(body: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(path, body, path, body, body)
    .map(
      ([first, one, second, two, three]) => `{{#if ${first}}}${one}{{else if ${second}}}${two}{{else}}${three}{{/if}}`,
    );
}

const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    "",
    "0",
    "text",
    " ",
    "{{a}}",
    "line\nline",
    0,
    -0,
    1,
    3.5,
    Number.NaN,
    true,
    false,
    null,
    null,
  ),
  fc.string({ maxLength: 4 }),
);

/** Data with every odd value that JSON and JavaScript callers can hand over, functions aside. */
export const data: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{
  value: unknown;
  object: Record<string, unknown>;
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 4, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
    { weight: 2, arbitrary: tie("object") },
  ),
  object: fc.dictionary(name, tie("value"), { maxKeys: 5, noNullPrototype: true }),
})).object;
