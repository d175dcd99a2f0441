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
  { weight: 1, arbitrary: segment.map((text) => `../${text}`) },
  { weight: 1, arbitrary: fc.constantFrom("@index", "@key", "@first", "@last", "@other", "@../index") },
  { weight: 1, arbitrary: fc.tuple(segment, fc.constantFrom("0", "1")).map(([text, at]) => `${text}.[${at}]`) },
  { weight: 1, arbitrary: fc.constantFrom("x", "k", "x.a", "x.length") },
);
const literal = fc.constantFrom('"text"', "'quoted'", "12", "0", "-1", "1.5", "true", "false", "null", "undefined");
const value = fc.oneof(
  { weight: 6, arbitrary: path },
  { weight: 1, arbitrary: literal },
  { weight: 1, arbitrary: fc.tuple(path, fc.oneof(path, literal)).map(([object, key]) => `(lookup ${object} ${key})`) },
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
  "{",
  "}",
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
  { weight: 1, arbitrary: fc.constantFrom("\\{{a}}", "\\\\{{a}}") },
);

const partialCall = fc
  .tuple(
    open,
    fc.constantFrom("one", "two", "three"),
    fc.constantFrom("", "", " this", " user", " a=b", " user a=1", ' a="t" b=@index'),
    close,
  )
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
    { weight: 1, arbitrary: partialCall },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("\n", "\n  ", " "), partialCall, fc.constantFrom("\n", " \n", ""))
        .map((parts) => parts.join("")),
    },
  ),
})).nodes;

/** Partials without partials of their own, but for `three`, which uses `two`. */
export const partials: fc.Arbitrary<Record<string, string>> = fc
  .tuple(
    fc.array(leaf, { maxLength: 4 }),
    fc.array(leaf, { maxLength: 4 }),
    fc.array(fc.oneof(leaf, fc.constant("{{#each items}}{{@index}}{{this}}\n{{/each}}")), { maxLength: 4 }),
  )
  .map(([one, two, three]) => ({ one: one.join(""), two: two.join(""), three: `${three.join("")}\n {{> two}}\n` }));

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
