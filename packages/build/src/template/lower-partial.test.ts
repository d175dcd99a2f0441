// Partials: each use is merged into the template, with the context and the block that it gets.

import { expect, it } from "vitest";
import { printLowered } from "../../test/print-lowered.js";

const partials = {
  p: "{{x}}",
  whole: "{{this}}",
  up: "{{../x}}",
  index: "{{@index}}",
  frame: "<{{> @partial-block}}>",
  optional: "{{#if @partial-block}}yes{{else}}no{{/if}}",
  tree: "{{name}}{{#each children}}{{> tree}}{{/each}}",
};

it.each([
  ["{{> p}}", "out $0.x"],
  ["{{> p a}}", "let $1 = $0.a [out $1.x]"],
  ["{{#each l}}{{> p}}{{> p ..}}{{/each}}", "each $1 of $0.l [out $1.x out $0.x]"],
  // Hash arguments replace members; only a partial that uses its context as a whole needs a new object.
  ["{{> p x=a}}", "out $0.a"],
  ["{{> p a x=b}}", "let $1 = {...$0.a} [out $0.b]"],
  ["{{> whole x=a}}", "out {...$0, x: $0.a}"],
  ["  {{> p}}\n", 'indent "  " [out $0.x]'],
  // A partial does not see the contexts around its use, but it does see the loop.
  ["{{#each l}}{{> index}}{{/each}}", "each $1 of $0.l [out $1@index]"],
  ["{{#each l}}{{> up}}{{/each}}", "each $1 of $0.l [] !template/unsupported"],
])("%s is lowered to %s", (template, lowered) => {
  expect(printLowered(template, { partials })).toBe(lowered);
});

it.each([
  ["{{#> frame}}{{a}}{{/frame}}", '"<" out $0.a ">"'],
  ["{{> frame}}", '"<" ">" !template/no-partial-block'],
  ["{{> optional}}{{#> optional}}a{{/optional}}", '"no" "yes"'],
  ["{{#> nowhere}}a{{/nowhere}}", '"a" !template/unknown-partial-block'],
])("the block in %s is lowered to %s", (template, lowered) => {
  expect(printLowered(template, { partials })).toBe(lowered);
});

it.each([
  ['{{#*inline "i"}}<{{x}}>{{/inline}}{{> i}}', '"<" out $0.x ">"'],
  ['{{#*inline "i"}}{{x}}{{/inline}}{{> i a}}', "let $1 = $0.a [out $1.x]"],
  ['{{#> frame}}{{#*inline "i"}}x{{/inline}}{{> i}}{{/frame}}', '"<" "x" ">"'],
])("the inline partial in %s is lowered to %s", (template, lowered) => {
  expect(printLowered(template, { partials })).toBe(lowered);
});

it("a partial that includes itself is lowered to a function", () => {
  expect(printLowered("{{> tree root}}", { partials })).toBe(
    "let $1 = $0.root [out $1.name each $2 of $1.children [include tree($2)]]; " +
      "partial tree($3) [out $3.name each $4 of $3.children [include tree($4)]]",
  );
});

it.each([
  ["{{> nowhere}}", "!template/unknown-partial"],
  ["{{> (lookup a b)}}", "!template/dynamic-partial"],
])("%s is reported as %s", (template, finding) => {
  expect(printLowered(template, { partials })).toBe(finding);
});
