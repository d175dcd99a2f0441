// Front matter that is not valid YAML: the place, the problem in plain words, and what to write instead.

import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";

/** `line:column problem — hint` */
function found(frontMatter: string): string[] {
  return compileText(`---\n${frontMatter}\n---\nHello`)
    .diagnostics.filter(({ code }) => code.startsWith("front-matter/"))
    .map(({ range, message, hint }) => {
      const problem = message.replace("the front matter is not valid YAML: ", "");
      return `${range?.start.line}:${range?.start.column} ${problem} — ${hint}`;
    });
}

describe("YAML mistakes", () => {
  it.each<[string, string]>([
    [
      "description: Note: this",
      '2:14 `: ` in text without quotes starts a nested value — put the text in quotes: description: "Note: this"',
    ],
    [
      "description: Use when: a, b. Steps: c",
      '2:14 `: ` in text without quotes starts a nested value — put the text in quotes: description: "Use when: a, b. Steps: c"',
    ],
    ["description: @foo", '2:14 text without quotes cannot begin with @ — put the text in quotes: description: "@foo"'],
    [
      "description: `foo`",
      '2:14 text without quotes cannot begin with ` — put the text in quotes: description: "`foo`"',
    ],
    ["description: %foo", '2:14 text without quotes cannot begin with % — put the text in quotes: description: "%foo"'],
    ['description: "unbalanced', '2:14 this " is never closed — close it with "'],
    ["description: 'unbalanced", "2:14 this ' is never closed — close it with '"],
    [
      "description: 'it's'",
      '2:14 a value in quotes ends at the second quote — put the text in quotes: description: "it\'s"',
    ],
    [
      'description: "a" and b',
      "2:14 a value in quotes ends at the second quote — put the text in quotes: description: '\"a\" and b'",
    ],
    [
      "description: {{name}} greeting",
      '2:14 a value that begins with { is an object — put the text in quotes: description: "{{name}} greeting" (tags are not rendered here)',
    ],
    [
      "description: {{name}}",
      '2:14 "description" must be a string — tags are not rendered in front matter: write the text itself, or put it in quotes: description: "…"',
    ],
    [
      "description: [draft] greet",
      '2:14 a value that begins with [ is a list — put the text in quotes: description: "[draft] greet"',
    ],
    [
      "description: *bold* text",
      '2:14 text without quotes cannot begin with * — put the text in quotes: description: "*bold* text"',
    ],
    [
      "description: & more",
      '2:14 text without quotes cannot begin with & — put the text in quotes: description: "& more"',
    ],
    [
      "description: - list",
      '2:14 text without quotes cannot begin with "- " — put the text in quotes: description: "- list"',
    ],
    [
      "description: > folded",
      '2:14 > starts a block of text on the next line — put the text in quotes: description: "folded"',
    ],
    [
      "description: | text",
      '2:14 | starts a block of text on the next line — put the text in quotes: description: "text"',
    ],
    [
      'description: "a \\d b"',
      "2:17 Invalid escape sequence \\d — put the text in single quotes, in which \\ is a plain character",
    ],
    ["input:\n\tschema: x", "3:1 a tab is used as indentation — indent with spaces"],
    ["input:\n  schema:\n\tname: string", "4:1 a tab is used as indentation — indent with spaces"],
    ["description:Greets", "2:1 the front matter must be an object — write description: Greets"],
    ["model = gpt-4", "2:1 the front matter must be an object — write model: gpt-4"],
    ["model: a\ndescription:Greets", "3:1 each line needs a key and a value — write description: Greets"],
    ["model: a\ntools = [a]", "3:1 each line needs a key and a value — write tools: [a]"],
    ['description "x"', '2:1 the front matter must be an object — write description: "x"'],
    [
      "description: first\n second: x",
      "2:14 this key has both a value and keys below it — start all keys of an object in the same column",
    ],
    [
      "input:\n  schema:\n    name: string\n   other: string",
      "5:1 this line starts in a different column than the keys before it — start all keys of an object in the same column",
    ],
    ["description: a\ndescription: b", "3:1 this key appears twice in the object — remove one of them"],
    ['config: { 1: a, "1": b }', "2:17 this key appears twice in the object — remove one of them"],
    ["config: { null: a, ~: b }", "2:20 this key appears twice in the object — remove one of them"],
    ['config: { 1.0: a, "1": b }', "2:19 this key appears twice in the object — remove one of them"],
    ["config: { temperature: 0.2", "2:9 this { is never closed — close it with }"],
    ["tools: [a, b", "2:8 this [ is never closed — close it with ]"],
    ["input:\n  schema: { name: string", "3:11 this { is never closed — close it with }"],
    [
      "input:\n  schema:\n    status(enum): [a, b], current status",
      "4:19 a list ends at its ] — write status(enum, current status): [a, b]",
    ],
    [
      "input:\n  schema:\n    tags(array): [string], labels",
      "4:18 a list ends at its ] — write tags(array, labels): [string]",
    ],
    [
      'input:\n  schema:\n    tone: "a" | "b"',
      "4:11 a value in quotes ends at the second quote — write tone(enum): [a, b]",
    ],
    [
      "input:\n  schema:\n    name: string: who asks",
      "4:11 a description comes after a comma — write name: string, who asks",
    ],
    [
      "config: { description: a: b }",
      '2:24 `: ` in text without quotes starts a nested value — put the text in quotes: description: "a: b"',
    ],
    [
      "just text",
      "2:1 the front matter must be an object — write keys and values, such as description: what the prompt is for; if the text begins with a rule, write it as ***",
    ],
    [
      "- a\n- b",
      "2:1 the front matter must be an object — write keys and values, such as description: what the prompt is for; if the text begins with a rule, write it as ***",
    ],
    [
      "metadata: *base",
      "2:11 aliases (`*name`) are not supported — repeat the value here; if it is text that begins with *, put it in quotes",
    ],
    [
      "<<: *base",
      "2:5 aliases (`*name`) are not supported — repeat the value here; if it is text that begins with *, put it in quotes",
    ],
    [
      "description: [message] | --amend\nvariant: Commit\nmodel: c",
      '2:14 a value that begins with [ is a list — put the text in quotes: description: "[message] | --amend"',
    ],
    [
      "description: {beta} greet",
      '2:14 a value that begins with { is an object — put the text in quotes: description: "{beta} greet"',
    ],
    [
      "model: {src,lib}/**\nvariant: x",
      '2:8 a value that begins with { is an object — put the text in quotes: model: "{src,lib}/**"',
    ],
    [
      "description: > folded\n  text",
      "2:14 > starts a block of text on the next line — write description: >, and the text below it",
    ],
    ['"description": "x",\n"model": "y"', "2:16 a value in quotes ends at the second quote — remove the comma"],
    [
      " description: x\nmodel: a",
      "3:1 this line starts in a different column than the keys before it — start all keys of an object in the same column",
    ],
    ["tags: { a: 1, b }}", "2:18 this } closes nothing — remove it"],
  ])("%j", (frontMatter, expected) => {
    expect(found(frontMatter)).toEqual([expected]);
    const [, suggested] = /put the text in quotes: (.*["'])/.exec(expected) ?? [];
    if (suggested !== undefined) expect([suggested, ...found(suggested.trim())]).toEqual([suggested]);
  });

  it("reports several mistakes, without the errors that follow from the first", () => {
    expect(found("name: {{name}}\n{{#a}}\ndescription: {{x}}\n{{/a}}\nvariant: a: b")).toEqual([
      "3:1 tags are not rendered in front matter — remove the tag, or move it below the closing ---",
      '6:10 `: ` in text without quotes starts a nested value — put the text in quotes: variant: "a: b"',
    ]);
    expect(found("description: a: b\nvariant: c: d")).toHaveLength(2);
  });
});
