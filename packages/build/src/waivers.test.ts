// Comments that accept findings: which are honored, and which are reported.

import { growth } from "@cuecard/testing";
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
  [
    "several codes",
    `${head(`# cuecard-disable-next-line ${UNUSED}, text/deceptive-name: billing reads it`)}Hi {{name}}`,
    ["waiver/not-needed"],
  ],
  [
    "several codes in a template",
    "{{!-- cuecard-disable-next-line template/single-braces, template/unused-variable: two --}}\nSay {name}.\n{{name}}",
    ["waiver/not-needed"],
  ],
  [
    "inside a block, on several lines",
    "{{#if name}}\n{{!--\n  cuecard-disable-next-line template/single-braces:\n  it shows -- as text -- what to write\n--}}\nSay {name}.\n{{/if}}",
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

const FOUND = "template/single-braces";

it.each<[comment: string, problem: string]>([
  [`{{! cuecard-disable-next-line ${FOUND} it shows what to write }}`, "no colon follows the code"],
  [`{{! cuecard-disable-next-line ${FOUND} ${UNUSED}: two }}`, `"${FOUND} ${UNUSED}" is not one code`],
  ["{{! cuecard-disable-next-line: it shows what to write }}", "it names no code"],
  ["{{~! cuecard-disable-next-line ~}}", "it names no code"],
  [`{{!-- cuecard-disable-line ${FOUND}: x --}}`, '"cuecard-disable-line" is not a directive'],
  [`{{!-- cuecard-disable ${FOUND}: x --}}`, '"cuecard-disable" is not a directive'],
  [`{{!--\ncuecard-disable-next-lines ${FOUND}: x\n--}}`, '"cuecard-disable-next-lines" is not a directive'],
  [`# cuecard-disable-next-line ${FOUND}: x`, "it is not in the front matter, so it is part of the prompt's text"],
])("reports what it does not understand, also in blocks and partials: %s", (comment, problem) => {
  const text = `${comment}\nSay {name}.\n`;
  for (const [prompt, partials] of [
    [`{{name}}\n${text}`, {}],
    [`{{#if name}}\n${text}{{/if}}`, {}],
    ["{{> rules}}{{name}}", { rules: text }],
  ] as const) {
    const { diagnostics } = compileText(prompt, partials);
    expect(diagnostics.map(({ code }) => code).sort()).toEqual([FOUND, "waiver/malformed"]);
    expect(diagnostics.find(({ code }) => code === "waiver/malformed")).toMatchObject({
      message: `this comment accepts nothing: ${problem}`,
      range: { start: { line: "rules" in partials ? 1 : 2, column: 1 } },
    });
  }
});

it("reports a comment that shares its line with a value", () => {
  const { diagnostics } = compileText(
    `---\ninput:\n  schema:\n    name: string # cuecard-disable-next-line ${UNUSED}: x\n    plan: string\n---\nHi {{name}}`,
  );
  expect(diagnostics.map(({ code, range }) => [code, range?.start.line]).sort()).toEqual([
    [UNUSED, 5],
    ["waiver/malformed", 4],
  ]);
});

it("takes linear time for comments that never end", async () => {
  const compile = (count: number) => compileText("{{!-- cuecard-disable-next-line x ".repeat(count));
  expect(await growth(compile, 500, 4000)).toBeLessThan(24);
});
