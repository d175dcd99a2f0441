// Front matter and roles that would reach the model as text: they are reported, and the fix gives the prompt that was meant.

import { applyEdits } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";

const KEYS = "---\nmodel: acme/small\ninput: { schema: { name: string } }\n---\n";
const HEADERS: readonly [what: string, header: string][] = [
  ["a license", "# Copyright 2026 Acme\n# SPDX-License-Identifier: MIT\n\n"],
  ["a license without marks", "Copyright 2026 Acme. All rights reserved.\n"],
  ["a #! line", "#!/usr/bin/env run\n"],
  ["a comment of HTML", "<!-- Copyright 2026 Acme -->\n"],
  ["a long comment of HTML", "<!--\n  Copyright 2026 Acme\n  MIT license\n-->\n\n"],
  ["a comment of Handlebars", "{{!-- internal --}}\n"],
  ["a comment of JavaScript", "/*\n * Acme\n */\n// v2\n"],
  ["a blank line", "\n"],
  ["blank lines with spaces", " \n\t\n"],
];

/** The text after its fixes, and the codes of the findings that are left. */
function fixed(text: string): { readonly text: string; readonly codes: readonly string[] } {
  const edits = compileText(text).diagnostics.flatMap(({ fix = [] }) => fix);
  const after = applyEdits(text, edits);
  return { text: after, codes: compileText(after).diagnostics.map(({ code }) => code) };
}

describe("front matter that is not at the top", () => {
  it.each(HEADERS)("is reported behind %s, and moved", (_, header) => {
    const text = `${header}${KEYS}Hello {{name}}!`;
    expect(compileText(text).diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "warning front-matter/not-first",
    ]);
    const after = fixed(text);
    expect(after.codes).toEqual([]);
    expect(compileText(after.text).content).toMatchObject({ model: "acme/small", template: "Hello {{name}}!" });
    for (const word of header.match(/\w{3,}/g) ?? []) expect(after.text).toContain(word);
  });

  it.each([
    ["is not opened", KEYS.slice(4)],
    ["is not opened, behind a comment", `# Acme\n${KEYS.slice(4)}`],
    ...["--", "----", "—", "–––", "\u200b---", "\u00a0---"].map((fence): [string, string] => [
      `has the fence ${JSON.stringify(fence)}`,
      `${fence}\nmodel: acme/small\ninput: { schema: { name: string } }\n${fence.replace(/^\W?(?=---$)/, "")}\n`,
    ]),
    ["follows a declaration of XML", `<?xml version="1.0"?>\n${KEYS}`],
    ["follows a directive of YAML", `%YAML 1.2\n${KEYS}`],
    ["has indented fences", "  ---\n  model: acme/small\n  input: { schema: { name: string } }\n  ---\n"],
  ])("is reported where it %s", (_, head) => {
    const text = `${head}Hello {{name}}!`;
    // An invisible character in a fence is a finding of its own.
    const hidden = head.includes("\u200b") ? ["text/invisible-character"] : [];
    expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual([...hidden, "front-matter/not-first"]);
    const after = fixed(text);
    expect(after.codes).toEqual([]);
    expect(compileText(after.text).content).toMatchObject({ model: "acme/small", template: "Hello {{name}}!" });
  });

  it.each([
    '+++\nmodel = "x"\n[input]\n+++\nHi {{name}}',
    "```yaml\nmodel: x\n```\nHi {{name}}",
    "<!--\nmodel: x\n-->\nHi {{name}}",
    "{{!--\nmodel: x\n--}}\nHi {{name}}",
    "model: x\ninput: { schema: { name: string } }\n\nHi {{name}}",
    "---\ndescription: a\n---\n---\nmodel: x\n---\nHi {{name}}",
    "# Release notes\n\n---\nmodel: x\n---\nHi {{name}}",
  ])("is reported in %j, and not changed", (text) => {
    expect(compileText(text).diagnostics.map(({ code, fix }) => [code, fix])).toEqual([
      ["front-matter/not-first", undefined],
    ]);
  });

  it("is reported where it follows empty front matter", () => {
    const [finding, ...others] = compileText(`---\n---\n${KEYS}Hello {{name}}!`).diagnostics;
    expect([finding?.code, finding?.hint, finding?.fix, others]).toEqual([
      "front-matter/not-first",
      "remove the empty front matter above it",
      undefined,
      [],
    ]);
  });

  it.each([
    "# Title\n\n---\n\nSome text: with a colon\n\n---\nmore {{a}}",
    "# Title\n---\nNote: be brief\n---\n{{a}}",
    "Write a file that begins with\n\n---\nname: x\n---\n{{a}}",
    "***\nmodel: x\n***\n{{a}}",
    "model: the one that you know\n\nTalk about it. {{a}}\n---\nEnd",
    "---\nmodel: x\n---\nname: {{a}}\n---\ntext",
    "\n{{a}}",
    "----\nNote: be brief\n----\n{{a}}",
    "```yaml\nkey: x\n```\nExplain this file. {{a}}",
    "```yaml\nmodel: x\ninput: {{a}}\nand more\n```",
    "description: what it is for\n\n{{a}}",
    "<!-- model: x -->\n{{a}}",
    "---\nmodel: x\n---\n***\ninput: y\n***\n{{a}}",
  ])("is none in %j", (text) => {
    expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual([]);
  });

  it("that has no keys, but a heading, is reported", () => {
    const codes = (text: string) => compileText(text).diagnostics.map(({ code }) => code);
    expect(codes("---\n# Be brief\n---\n{{a}}")).toEqual(["front-matter/only-comments"]);
    expect(codes("---\n# Copyright 2026\n---\n{{a}}")).toEqual([]);
    expect(codes("---\n# The model\nmodel: x\n---\n{{a}}")).toEqual([]);
  });

  it("keeps the written form of texts", () => {
    const { content } = compileText(
      "---\nmodel: 4.10\ndescription: 007\ntags: { a: 1.10, b: 007, c: 0x10, d: 1e3, e: 2026-01-02, f: yes, g: True, h: 12345678901234567890, i: '1.0', j: -0 }\n---\n{{a}}",
    );
    expect(content).toMatchObject({ model: "4.10", description: "007" });
    expect(content?.tags).toEqual({
      ...{ a: "1.10", b: "007", c: "0x10", d: "1e3", e: "2026-01-02", f: "yes", g: "True" },
      ...{ h: "12345678901234567890", i: "1.0", j: "-0" },
    });
  });

  it("with errors does not hide findings of the template", () => {
    const codes = compileText("---\nmodel: [a]\n---\n{% for x in y %}{{a").diagnostics.map(({ code }) => code);
    expect(codes).toEqual(["front-matter/invalid", "template/syntax"]);
    expect(compileText("---\nmodel: [a]\n---\n{% for x in y %}{{a}}").diagnostics.map(({ code }) => code)).toEqual([
      "front-matter/invalid",
      "template/other-language",
    ]);
  });
});

describe("front matter of partials", () => {
  const codesOf = (partial: string) =>
    compileText("{{> p}}{{a}}", { p: partial }).diagnostics.map(({ code, file }) => `${code} ${file}`);

  it.each([
    ...HEADERS.map(([what, header]) => [what, `${header}---\nmodel: x\n---\ntext`]),
    ["a missing fence", "model: x\n---\ntext"],
    ["an indented fence", "  ---\n  model: x\n  ---\ntext"],
    ["empty front matter", "---\n---\n---\nmodel: x\n---\ntext"],
  ])("is reported behind %s", (_, partial) => {
    expect(codesOf(partial)).toEqual(["front-matter/not-first prompts/_p.md"]);
  });

  it.each([
    "---\nBe brief.\n---\ntext",
    "---\nNote: be brief\n---\ntext",
    "---\n- one\n- two: a: b\n---\ntext",
    "---\n'a' b\n---\n",
  ])("that is text is reported: %j", (partial) => {
    expect(codesOf(partial)).toEqual(["front-matter/partial-text prompts/_p.md"]);
  });

  it.each([
    "text",
    "---\n---\ntext",
    "---\nmodel: x\nteam: y\n---\ntext",
    "---\n# Copyright 2026\n---\ntext",
    "***\nBe brief.\n***\n",
    "# Title\n\n---\n\ntext\n\n---\n",
  ])("is fine in %j", (partial) => {
    expect(codesOf(partial)).toEqual([]);
  });

  it("that is a comment is reported", () => {
    expect(codesOf("---\n# Title\n---\ntext")).toEqual(["front-matter/only-comments prompts/_p.md"]);
  });
});

it("a file whose lines end in CR alone is reported, and gets line ends", () => {
  const text = "---\rmodel: x\r---\rHello {{name}}\r";
  expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(["prompt/carriage-returns"]);
  expect(fixed(text)).toEqual({ text: "---\nmodel: x\n---\nHello {{name}}\n", codes: [] });
  expect(compileText("{{> p}}{{name}}", { p: "a\rb" }).diagnostics.map(({ code, file }) => [code, file])).toEqual([
    ["prompt/carriage-returns", "prompts/_p.md"],
  ]);
  expect(compileText("Hello {{name}}\r").diagnostics).toEqual([]);
});

it.each([
  ["Hi\n<<<<<<< HEAD\nBe brief.\n=======\nBe kind.\n>>>>>>> side\n{{q}}", ["template/conflict-markers"]],
  ["<<<<<<< a\r\nx\r\n||||||| b\r\ny\r\n=======\r\nz\r\n>>>>>>> c\r\n", ["template/conflict-markers"]],
  ["Resolve this:\n```\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n```\n", []],
  ["Title\n=======\ntext", []],
  ["<<<<<<< only a start", []],
])("conflicts in %j", (text, codes) => {
  expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(codes);
  const inPartial = compileText("{{> p}}", { p: text }).diagnostics;
  expect(inPartial.map(({ code }) => code)).toEqual(codes);
});

describe("lines with a role", () => {
  it.each([
    ["system:\nBe brief.\n\nuser:\n{{q}}", ["system", "user"]],
    ["# system:\nBe brief.\n# User:\n{{q}}\n# assistant:\nOf course.\n", ["system", "user", "assistant"]],
    ["---\nmodel: x\n---\n\n**System:**\nBe brief. {{q}}", ["system"]],
    ['<message role="system">Be brief.</message>\n<message role="user">{{q}}</message>', ["system", "user"]],
    [
      "<|im_start|>system\nBe brief.\n<|im_end|>\n<|im_start|>user\n{{q}}<|im_end|>\n<|im_start|>assistant\n",
      ["system", "user", "assistant"],
    ],
    [
      "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n{{q}}<|eot_id|>",
      ["system", "user"],
    ],
    ["<start_of_turn>user\n{{q}}<end_of_turn>\n<start_of_turn>model\n", ["user", "assistant"]],
  ])("are reported once, and written as roles: %j", (text, roles) => {
    expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(["template/role-line"]);
    const after = fixed(text);
    expect(after.codes).toEqual([]);
    expect(after.text.match(/\{\{role "\w+"\}\}/g)).toEqual(roles.map((role) => `{{role "${role}"}}`));
  });

  it.each(["Text\nsystem:\n{{q}}", "User:\n{{q}}\nAssistant:", '{{role "system"}}\nuser:\n{{q}}', "system: {{q}}"])(
    "are text in %j",
    (text) => {
      expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual([]);
    },
  );
});
