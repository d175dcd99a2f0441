// Typographic quotes and odd spaces in tags: where they are found, what is written instead, and where they are text.

import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";

function stray(template: string, partials?: Record<string, string>): string[] {
  return compileText(template, partials)
    .diagnostics.filter(({ code }) => code === "template/stray-character")
    .map(({ file, range, message, severity, hint }) => {
      const place = `${/_/.test(file) ? "partial " : ""}${range?.start.line}:${range?.start.column}`;
      return `${severity} ${place} ${/U\+[0-9A-F]+/.exec(message)} ${hint}`;
    });
}

describe("stray characters of front matter", () => {
  const found = (frontMatter: string) =>
    compileText(`---\n${frontMatter}\n---\nHello`)
      .diagnostics.filter(({ code }) => code.startsWith("front-matter/"))
      .map(({ code, range, hint }) => `${code.slice(13)} ${range?.start.line}:${range?.start.column} ${hint}`);

  it.each([
    ["input:\n  schema:\n    na\u3000me: string", ["stray-character 4:7 write na me"]],
    ["config: { temperature\u00a0: 1 }", ["stray-character 2:22 write temperature"]],
    ["“description”: x", ["stray-character 2:1 write description", 'unknown-key 2:1 did you mean "description"?']],
    ["model: “gpt-4o”", ['stray-character 2:8 write "gpt-4o"']],
    ["config: { stop: ‘END’ }", ['stray-character 2:17 write "END"']],
    [
      "input:\n\u00a0\u00a0schema: string",
      [
        "stray-character 3:1 indent with plain spaces",
        "invalid 2:7 write the variables as input: { schema: { name: string } }",
      ],
    ],
    ["tools:\n\u00a0\u00a0- search", ["syntax 3:1 indent with plain spaces"]],
    ["description: Say “hello”, it’s fine", []],
    ["examples: [{ name: one, input: { q: “Why?” } }]", []],
    ["metadata: { l’adresse: “x” }", []],
    ["metadata: { 'a\u00a0b': 1 }", []],
  ])("%j", (frontMatter, expected) => {
    expect(found(frontMatter)).toEqual(expected);
  });
});

describe("stray characters", () => {
  it.each([
    ["{{“name”}}", ["warning 1:3 U+201C write {{name}}"]],
    ["{{‘name’}}", ["warning 1:3 U+2018 write {{name}}"]],
    ["{{«name»}}", ["warning 1:3 U+00AB write {{name}}"]],
    ["{{ “name” }}", ["warning 1:4 U+201C write {{name}}"]],
    ["{{#ifEquals tone “formal”}}x{{/ifEquals}}", ['warning 1:18 U+201C write {{#ifEquals tone "formal"}}']],
    ["{{role ‘system’}}Hello", ["warning 1:8 U+2018 write {{role 'system'}}"]],
    ["{{> rules tone=“formal”}}", ['warning 1:16 U+201C write {{> rules tone="formal"}}']],
    ["{{#if\u00a0name}}x{{/if}}", ["warning 1:6 U+00A0 write {{#if name}}"]],
    [
      "{{name}}\n{{“topic”}} {{da\u202fte}}",
      ["warning 2:3 U+201C write {{topic}}", "warning 2:17 U+202F write {{da te}}"],
    ],
    ["{{#if “name”}}", ['warning 1:7 U+201C write {{#if "name"}}']],
    [`{{“${"long".repeat(30)}”}}`, ["warning 1:3 U+201C type the tag again, with straight quotes and plain spaces"]],
  ])("are reported in %j", (template, expected) => {
    expect(stray(template, { rules: "{{tone}}" })).toEqual(expected);
  });

  it("are reported in a partial", () => {
    expect(stray("{{> rules}}", { rules: "Be {{“tone”}}." })).toEqual(
      ["partial warning 1:6 U+201C write {{tone}}"].map((line) => line.replace("partial warning", "warning partial")),
    );
  });

  it.each([
    ["“Hello” {{name}} ‘there’\u00a0now"],
    ['{{#ifEquals tone "“formal”"}}x{{/ifEquals}}'],
    ["{{[first\u00a0name]}}"],
    ["{{! “name” }}{{!-- na\u3000me --}}"],
    ["{{{{raw}}}}{{“name”}}{{{{/raw}}}}"],
    ["\\{{“name”}}"],
    ["{{l’adresse}}"],
    ["{{می\u200cخواهم}}"],
    ["{{क\u094d\u200dष}}"],
  ])("are text or part of a name in %j", (template) => {
    expect(stray(template)).toEqual([]);
  });

  it("do not change what a template renders", () => {
    const { content } = compileText("{{“name”}} {{na\u200bme}}");
    expect(content?.variables).toEqual(["“name”", "na\u200bme"]);
  });
});
