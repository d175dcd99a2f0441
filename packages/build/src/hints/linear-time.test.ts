// Texts of the largest size in which something begins many times and never ends: looking for what other languages mean by it takes
// time in proportion to the text. What takes quadratic time needs minutes here, and so fails by the limit of a test.

import { expect, it } from "vitest";
import { compileText } from "../../test/render.js";
import { isSameTemplate } from "../compare/layout.js";

const SIZE = 150_000;
const fill = (part: string): string => part.repeat(Math.floor(SIZE / part.length));

it.each([
  " ",
  "\n",
  "a",
  "{{!-- ",
  "{{{{a}}}} ",
  "{{",
  "{ ",
  "{1}",
  "\\[",
  "\\( ",
  "<style ",
  "%(a)0",
  "@@@langfusePrompt:name=a",
  "`",
  "_a ",
  "$$ ",
])("a text of %j", (part) => {
  // What is around it makes the text one that is searched for tags of other languages, and for roles.
  const { diagnostics } = compileText(`{a} $b %(c)s {0} @@@ ${fill(part)} x\nsystem:\n`);
  expect(diagnostics.length).toBeGreaterThanOrEqual(0);
});

it.each(["{{!-- ", "\\", "`", "`` ` ", "> ", "- "])("a layout of %j", (part) => {
  expect(isSameTemplate(`${fill(part)}x`, `${fill(part)}y`)).toBe(false);
});

it.each(["(", "- ", "a |", "? ", "[a", " "])("front matter of %j", (part) => {
  const long = part.repeat(20_000 / part.length);
  for (const value of [long, JSON.stringify(long)])
    compileText(`---\ninput:\n  schema:\n    a: ${value}x\n  ${value}: x\n---\n{{a}}`);
});
