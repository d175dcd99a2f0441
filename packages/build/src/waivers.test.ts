// Comments that accept findings: which are honored, and which are reported.

import { expect, it } from "vitest";
import { compileText } from "../test/render.js";

const UNUSED = "template/unused-variable";

const head = (comment: string) => `---\ninput:\n  schema:\n    name: string\n    ${comment}\n    plan: string\n---\n`;

it.each<[what: string, text: string, codes: string[]]>([
  ["none", `${head("# plain")}Hi {{name}}`, [UNUSED]],
  ["a reason", `${head(`# cuecard-disable-next-line ${UNUSED}: billing reads it`)}Hi {{name}}`, []],
  ["no reason", `${head(`# cuecard-disable-next-line ${UNUSED}`)}Hi {{name}}`, [UNUSED, "waiver/no-reason"]],
  ["an empty reason", `${head(`# cuecard-disable-next-line ${UNUSED}:`)}Hi {{name}}`, [UNUSED, "waiver/no-reason"]],
  ["not needed", `${head(`# cuecard-disable-next-line ${UNUSED}: x`)}Hi {{name}} {{plan}}`, ["waiver/not-needed"]],
  [
    "another code",
    `${head("# cuecard-disable-next-line template/unused: x")}Hi {{name}}`,
    [UNUSED, "waiver/unknown-code"],
  ],
  [
    "an error",
    "---\ninput: { schema: { name: string } }\n---\n{{!-- cuecard-disable-next-line template/undeclared-variable: x --}}\n{{name}} {{plan}}",
    ["template/undeclared-variable", "waiver/error"],
  ],
  [
    "a comment of a template",
    "Say {name}.\n{{!-- cuecard-disable-next-line template/single-braces: it shows the reader what to write --}}\nSay {name}.\n{{name}}",
    ["template/single-braces"],
  ],
  [
    "the short form of a comment",
    "{{! cuecard-disable-next-line template/single-braces: it shows what to write }}\nSay {name}.\n{{name}}",
    [],
  ],
  ["text that only looks like one", "cuecard-disable-next-line template/single-braces: x\nHi {{name}}", []],
])("%s", (_, text, codes) => {
  expect(
    compileText(text)
      .diagnostics.map(({ code }) => code)
      .sort(),
  ).toEqual([...codes].sort());
});

it("accepts findings of a partial, whether this prompt has them or not", () => {
  const partial = "{{! cuecard-disable-next-line template/single-braces: it shows what to write }}\nSay {name}.\n";
  expect(compileText("{{> rules}}{{name}}", { rules: partial }).diagnostics).toEqual([]);
  expect(compileText("{{> rules}}", { rules: partial }).diagnostics).toEqual([]);
});
