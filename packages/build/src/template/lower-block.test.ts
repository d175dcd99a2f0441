// Blocks: tests, loops, changes of context and sections.

import { expect, it } from "vitest";
import { printLowered } from "../../test/print-lowered.js";

it.each([
  ["{{#if a}}x{{else}}y{{/if}}", 'if $0.a ["x"] else ["y"]'],
  ["{{#unless a}}x{{else}}y{{/unless}}", 'if $0.a ["y"] else ["x"]'],
  ["{{#if a includeZero=true}}x{{/if}}", 'if $0.a or 0 ["x"]'],
  ["{{#if a}}x{{else if b}}y{{else}}z{{/if}}", 'if $0.a ["x"] else [if $0.b ["y"] else ["z"]]'],
  ["{{#ifEquals a 1}}x{{/ifEquals}}", 'if $0.a === 1 ["x"]'],
  ['{{#unlessEquals a "b"}}x{{/unlessEquals}}', 'if $0.a === "b" [] else ["x"]'],
  ["{{#each a}}{{this}}{{else}}none{{/each}}", 'each $1 of $0.a [out $1] else ["none"]'],
  ["{{#with a}}{{b}}{{else}}{{c}}{{/with}}", "with $1 = $0.a [out $1.b] else [out $0.c]"],
  ["{{#with a as |b|}}{{b.c}}{{../d}}{{/with}}", "with $1 = $0.a [out $1.c out $0.d]"],
  // The context stays the same, so nothing is above it.
  ["{{#with this}}{{../a}}{{/with}}", "with $1 = $0 [] !template/unsupported"],
  ["{{#a}}{{b}}{{/a}}", "section $1 = $0.a or $0 [out $1.b]"],
  ["{{^a}}none{{/a}}", 'section $1 = $0.a or $0 [] else ["none"]'],
  ["{{{{raw}}}}{{a}}{{{{/raw}}}}", '"{{a}}"'],
  ["{{#if}}x{{/if}}", "!template/wrong-arguments"],
  ["{{#if a as |b|}}x{{/if}}", 'if $0.a ["x"] !template/wrong-arguments'],
  ["{{#each l as |a b c|}}{{a}}{{/each}}", "each $1 of $0.l [out $1] !template/wrong-arguments"],
])("%s is lowered to %s", (template, lowered) => {
  expect(printLowered(template)).toBe(lowered);
});
