// Paths: a template, and the contexts that its names are resolved to.

import { expect, it } from "vitest";
import { printLowered } from "../../test/print-lowered.js";

it.each([
  ["{{a}}", "out $0.a"],
  ["{{a.b}}", "out $0.a.b"],
  ["{{a.0.[b c]}}", "out $0.a.0.b c"],
  ["{{this}}", "out $0"],
  ["{{this.a}}{{./a}}", "out $0.a out $0.a"],
  ["{{true}}", "out $0.true"],
  ["{{@user.name}}", "out @user.name"],
  ["{{#each l}}{{a}}{{../b}}{{@root.c}}{{/each}}", "each $1 of $0.l [out $1.a out $0.b out $0.c]"],
  [
    "{{#each l}}{{@index}}{{@key}}{{@first}}{{@last}}{{/each}}",
    loop("out $1@index out $1@key out $1@first out $1@last"),
  ],
  [
    "{{#each l}}{{#each m}}{{@../index}}{{@index}}{{/each}}{{/each}}",
    loop("each $2 of $1.m [out $1@index out $2@index]"),
  ],
  ["{{#each l as |item key|}}{{item.a}}{{key}}{{/each}}", loop("out $1.a out $1@key")],
  // No loop is around it: it belongs to the caller.
  ["{{@index}}", "out @index"],
  // Nothing is above the input, and what is above a section depends on its value.
  ["{{../a}}", "!template/unsupported"],
  ["{{#a}}{{../b}}{{/a}}", "section $1 = $0.a or $0 [] !template/unsupported"],
])("%s is lowered to %s", (template, lowered) => {
  expect(printLowered(template)).toBe(lowered);
});

function loop(body: string): string {
  return `each $1 of $0.l [${body}]`;
}
