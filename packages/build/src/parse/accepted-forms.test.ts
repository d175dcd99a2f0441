// Front matter as other tools have it: what Cuecard reads from it, and what goes to `metadata`.

import { hasCode, METADATA_PRESETS, metadataKeyProblem, presetsWith } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";
import { frontMatterSchema } from "./front-matter-schema.js";

function compile(frontMatter: string, metadataKeys: readonly string[] = [], body = "Hello") {
  const { content, diagnostics } = compileText(`---\n${frontMatter}\n---\n${body}`, {}, new Map(), false, metadataKeys);
  return { content, codes: diagnostics.map(({ code }) => code) };
}

describe("forms of values", () => {
  it.each([
    ["Read, Write", ["Read", "Write"]],
    ["Read", ["Read"]],
    ["[Read, Write]", ["Read", "Write"]],
    ["Read, Bash(git add:*, git commit:*) ,, mcp__x__*", ["Read", "Bash(git add:*, git commit:*)", "mcp__x__*"]],
    ["\n  - Read\n  - { name: now }", ["Read", { name: "now" }]],
    ['""', []],
  ])("tools: %s", (written, expected) => {
    expect(compile(`tools: ${written}`)).toMatchObject({ content: { tools: expected }, codes: [] });
  });

  it.each([
    ["[billing, draft]", { billing: "true", draft: "true" }],
    ["billing, draft", { billing: "true", draft: "true" }],
    ["[1.10, 007, true, No, 2026-01-02, a b]", ["1.10", "007", "true", "No", "2026-01-02", "a b"]],
    ["1.10", ["1.10"]],
    ["{ team: finops, release: 1.10 }", { team: "finops", release: "1.10" }],
  ])("tags: %s", (written, expected) => {
    const tags = Array.isArray(expected) ? Object.fromEntries(expected.map((name) => [name, "true"])) : expected;
    expect(compile(`tags: ${written}`)).toMatchObject({ content: { tags }, codes: [] });
    expect(Object.keys(compile(`tags: ${written}`).content?.tags ?? {}).sort()).toEqual(Object.keys(tags).sort());
  });

  it.each([
    ['tools: Read, "Write"', "write tools: [Read, Write]"],
    ["tags: billing, 'draft'", "write tags: [billing, draft]"],
    ["tools: Bash(a, Read", "complete the brackets, or write a list: tools: [Bash(a, Read]"],
    ["tools: Bash(a), Read)", "complete the brackets, or write a list: tools: [Bash(a), Read)]"],
    ['tools: Bash(echo "a"), Read', undefined],
    ["tags: Ada's, it's", undefined],
  ])("%s is a warning if it is not read as it looks", (written, hint) => {
    const { diagnostics } = compileText(`---\n${written}\n---\nHello`);
    expect(diagnostics[0]?.hint).toBe(hint);
  });

  it("keep the wanted answer of an example as it is written", () => {
    const examples = (expected: string) =>
      compile(`examples: [{ name: a, expected: ${expected} }]`).content?.examples.map((example) => example.expected);
    expect(examples("Because.")).toEqual(["Because."]);
    expect(examples("1.10")).toEqual(["1.10"]);
    expect(examples("{ rows: [1, 2.50], ok: true, none: null }")).toEqual([
      { rows: [1, "2.50"], ok: true, none: null },
    ]);
  });

  it("pass on what only Genkit reads of the output", () => {
    const { content, codes } = compile("output: { format: json, constrained: false, instructions: Reply in JSON. }");
    expect(codes).toEqual([]);
    expect(content?.metadata).toEqual({ output: { constrained: false, instructions: "Reply in JSON." } });
    expect(content?.outputFormat).toBe("json");
  });
});

describe("keys without a value", () => {
  it("are as good as left out", () => {
    const keys = Object.keys(frontMatterSchema.properties).filter((key) => key !== "input" && key !== "output");
    const { content, codes } = compile(keys.map((key) => `${key}:`).join("\n"));
    expect(codes).toEqual([]);
    expect(content).toMatchObject({ tools: [], tags: {}, config: {}, metadata: {}, examples: [] });
    expect(
      compile("input: { schema: , default: }\noutput: { format: , schema: }\nexamples: [{ name: a, input: }]"),
    ).toMatchObject({
      content: { examples: [{ name: "a", input: {} }] },
      codes: [],
    });
    expect(compile("examples: [{ name: a, expected: null }]").content?.examples[0]?.expected).toBeNull();
    expect(compile("description:\nglobs:\nalwaysApply: true", ["cursor"])).toMatchObject({
      content: { metadata: { globs: null, alwaysApply: true } },
      codes: [],
    });
  });
});

describe("values of variables that the prompt does not have", () => {
  const head = "input: { default: { style: terse } }\nexamples: [{ name: one, input: { q: Why?, trace: on } }]";

  it("are warnings, and are kept", () => {
    const { content, codes } = compile(head, [], "{{q}}");
    expect(codes).toEqual(["input/undeclared-value", "input/undeclared-value"]);
    expect(content?.defaults).toEqual({ style: "terse" });
    expect(content?.examples).toEqual([{ name: "one", input: { q: "Why?", trace: "on" } }]);
  });

  it("count as used by a template that uses the whole input", () => {
    expect(compile(head, [], "{{q}} {{json this}}").codes).toEqual([]);
  });

  it("are reported once if the template has such a variable", () => {
    const { codes } = compile("input: { schema: { q: string }, default: { style: terse } }", [], "{{q}} {{style}}");
    expect(codes).toEqual(["template/undeclared-variable"]);
  });
});

describe("keys of other tools", () => {
  const FILE = [
    "description: Rules for tests",
    'applyTo: "**/*.test.ts"',
    "mode: agent",
    "model: [GPT-5 (copilot), Claude Sonnet (copilot)]",
    "user-invocable: true",
    "license: 007",
    "handoffs: [{ label: 1.10, send: 3 }]",
    "owner: Ada",
    "metadata: { version: 1.10, score: 0.50 }",
  ].join("\n");

  it("go to metadata if the settings name them, as they are written", () => {
    const { content, codes } = compile(FILE, ["copilot", "owner"]);
    expect(codes).toEqual([]);
    expect(content?.model).toBeUndefined();
    expect(content?.metadata).toEqual({
      applyTo: "**/*.test.ts",
      mode: "agent",
      model: ["GPT-5 (copilot)", "Claude Sonnet (copilot)"],
      "user-invocable": true,
      license: "007",
      handoffs: [{ label: "1.10", send: 3 }],
      owner: "Ada",
      version: "1.10",
      score: 0.5,
    });
  });

  it("are warnings without the setting, and a list of models is an error", () => {
    const warnings = Array<string>(6).fill("front-matter/unknown-key");
    expect(compile(FILE.replace(/^model.*\n/m, "")).codes).toEqual(warnings);
    expect(compile(FILE).codes).toEqual(["front-matter/invalid", ...warnings]);
  });

  it("never hide what Cuecard reads", () => {
    const { content } = compile("model: small\nname: a\nversion: 1.10\nacme.x: 1", ["model", "version", "copilot"]);
    expect(content).toMatchObject({ model: "small", metadata: { version: "1.10" }, ext: { acme: { x: 1 } } });
  });

  it("give way to entries of metadata, with a warning", () => {
    const { content, codes } = compile(
      "applyTo: a\noutput: { constrained: true }\nmetadata: { applyTo: b, output: c }",
      ["copilot"],
    );
    expect(codes).toEqual(["front-matter/shadowed-key", "front-matter/shadowed-key"]);
    expect(content?.metadata).toEqual({ applyTo: "b", output: "c" });
  });

  it("are text where the tools show text in brackets", () => {
    const metadata = (value: string) => compile(`argument-hint: ${value}`, ["claude"]).content?.metadata;
    expect(metadata("[issue-number]")).toEqual({ "argument-hint": "[issue-number]" });
    expect(metadata("{a, b: c}")).toEqual({ "argument-hint": "{a, b: c}" });
    expect(metadata("\n  - a")).toEqual({ "argument-hint": ["a"] });
  });

  it("are named with the tool that has most keys of the file", () => {
    const presets = (frontMatter: string) =>
      compileText(`---\n${frontMatter}\n---\nHi`).diagnostics.map((finding) =>
        hasCode(finding, "front-matter/unknown-key") ? finding.args.presets : undefined,
      );
    expect(presets("maxTurns: 3")).toEqual([["claude", "genkit"]]);
    expect(presets("maxTurns: 3\ntoolChoice: auto")).toEqual([["genkit"], ["genkit"]]);
    expect(presets("argument-hint: a\napplyTo: b\nmcp: c")).toEqual([["copilot"], ["copilot"], []]);
  });

  it("are suggested for misspelled ones, if the settings name them", () => {
    const hint = (keys: readonly string[]) =>
      compileText("---\nargument_hint: file\n---\nHi", {}, new Map(), false, keys).diagnostics[0]?.hint;
    expect(hint(["claude"])).toBe('did you mean "argument-hint"?');
    expect(hint([])).toContain('"metadataKeys"');
  });

  it("cannot be named by the settings if Cuecard reads them", () => {
    const kept = ["name", "variant", "version", "model", "budget"];
    for (const key of Object.keys(frontMatterSchema.properties))
      expect([key, metadataKeyProblem(key) !== undefined]).toEqual([key, !kept.includes(key)]);
    expect(METADATA_PRESETS).toEqual(["copilot", "claude", "cursor", "genkit"]);
    expect(presetsWith("argument-hint")).toEqual(["copilot", "claude"]);
    const shared = Object.keys(frontMatterSchema.properties).filter((key) => presetsWith(key).length > 0);
    expect(shared).toEqual(["model"]);
  });
});
