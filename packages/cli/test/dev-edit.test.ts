// Editing in `cuecard dev`: what its page asks for, in real repositories.

import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { Checked, EditableFiles, Fields, Source, TextAnswer } from "@cuecard/project";
import { createRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { edit, editProject, GREET, read } from "./edit-project.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe("source", () => {
  it("lists what can be edited, and gives its text as an editor has it", async () => {
    const { repository, answer } = await edit();
    const { files, promptsDir } = await answer<EditableFiles>("files", {});
    expect(promptsDir).toBe("prompts");
    expect(files.map(({ file, kind, name }) => `${file} ${kind} ${name}`)).toEqual([
      "prompts/_rules.md partial rules",
      "prompts/ask.md prompt ask",
      "prompts/greet.md prompt greet",
      "prompts/schemas/Person.yaml schema Person",
    ]);
    const { digest, ...source } = await answer<Source>("source", { file: "prompts/greet.md" });
    expect(source).toEqual({ file: "prompts/greet.md", kind: "prompt", name: "greet", text: GREET, exists: true });
    repository.write("prompts/windows.md", "\ufeffHello\r\n{{name}}\r\n");
    expect((await answer<Source>("source", { file: "prompts/windows.md" })).text).toBe("Hello\n{{name}}\n");
    expect(await answer<Source>("source", { file: "prompts/a/new.md" })).toMatchObject({
      ...{ text: "", digest: "", exists: false, name: "a/new" },
    });
  });

  it("refuses everything else, whatever leads there", async () => {
    const repository = editProject();
    const { dir } = repository;
    const outside = createRepository().write("secret.md", "SECRET").dir;
    symlinkSync(path.join(outside, "secret.md"), path.join(dir, "prompts/link.md"));
    symlinkSync(path.join(dir, "notes.md"), path.join(dir, "prompts/inside.md"));
    symlinkSync(outside, path.join(dir, "prompts/folder"));
    mkdirSync(path.join(dir, "prompts/dir.md"));
    mkdirSync(path.join(dir, "prompts/sub/.git"), { recursive: true });
    repository.write("prompts/latin.md", Buffer.from([0x48, 0xe9, 0x0a]));
    repository.write("prompts/large.md", "x".repeat(1_000_001));
    const { refusal } = await edit(repository);
    const table: Readonly<Record<string, RegExp>> = {
      "notes.md": /not in the folder prompts/,
      "prompts/../notes.md": /not in the folder prompts/,
      "prompts/./greet.md": /not in the folder prompts/,
      "prompts//greet.md": /not in the folder prompts/,
      "/etc/passwd": /not in the folder prompts/,
      [path.join(outside, "secret.md")]: /not in the folder prompts/,
      "prompts/..\\..\\notes.md": /not a valid prompt name/,
      "prompts/\0.md": /not a valid prompt name/,
      "prompts/New prompt.md": /"New prompt" is not a valid prompt name.*\n.*letters/,
      "prompts/.hidden.md": /not a valid prompt name/,
      "prompts/a.lock.md": /not a valid prompt name/,
      "prompts/logo.png": /not a prompt, a partial or a named schema/,
      "prompts/README.md": /"ignore"/,
      "prompts/link.md": /symbolic link/,
      "prompts/inside.md": /symbolic link/,
      "prompts/folder/secret.md": /symbolic link/,
      "prompts/dir.md": /a folder/,
      "prompts/dir.md/x.md": /folder dir\.md is that of a file/,
      "prompts/sub/x.md": /another repository/,
      "prompts/latin.md": /UTF-8/,
      "prompts/large.md": /limit/,
      "prompts/GREET.md": /differ only in case/,
      "Prompts/greet.md": /not in the folder prompts/,
      "": /not in the folder prompts/,
    };
    for (const [file, reason] of Object.entries(table)) {
      const error = await refusal("source", { file });
      expect([file, error]).toEqual([file, expect.stringMatching(reason)]);
      expect(error).not.toContain("SECRET");
      expect([file, await refusal("save", { file, text: "x", digest: "" })]).toEqual([file, error]);
      const isUnreadable = /UTF-8|limit/.test(error);
      if (!isUnreadable) expect([file, await refusal("check", { file, text: "x" })]).toEqual([file, error]);
    }
    for (const body of [{}, { file: 1 }, { file: null }]) await refusal("source", body);
    repository.write("cuecard.config.json", "{");
    await vi.waitFor(
      async () =>
        expect(await refusal("source", { file: "prompts/greet.md" })).toMatch(
          /^cuecard\.config\.json:1:2: not valid JSON/,
        ),
      20_000,
    );
  });
});

describe("check", () => {
  const GREET_FILE = { file: "prompts/greet.md" };

  it("finds what the compiler finds, at offsets of the text as it was sent", async () => {
    const { repository, answer } = await edit();
    const text = GREET.replace("Hello {{name}}!", "🙂 {{nme}} {{name}}");
    for (const sent of [
      text,
      text.replaceAll("\n", "\r\n"),
      `\ufeff${text}`,
      `\ufeff${text.replaceAll("\n", "\r\n")}`,
    ]) {
      const { findings, preview, breaking } = await answer<Checked>("check", { ...GREET_FILE, text: sent });
      expect(findings).toEqual([
        {
          ...{ severity: "error", code: "template/undeclared-variable", file: "prompts/greet.md" },
          message: '"nme" is not declared in input.schema',
          hint: expect.stringContaining("name"),
          range: { from: sent.indexOf("nme"), to: sent.indexOf("nme") + 3 },
        },
      ]);
      expect([preview, breaking]).toEqual([undefined, undefined]);
    }
    expect(read(repository, "prompts/greet.md")).toBe(GREET);
  });

  it("has the edits that fix a finding, for the text as it was sent", async () => {
    const { answer } = await edit();
    const sent = `\ufeff${GREET}{{#if name}}x{{endif}}`.replaceAll("\n", "\r\n");
    const [finding] = (await answer<Checked>("check", { ...GREET_FILE, text: sent })).findings;
    const fix = finding?.fix ?? [];
    expect(fix).toHaveLength(1);
    const fixed = fix.reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), sent);
    expect(fixed).toBe(sent.replace("{{endif}}", "{{/if}}"));
  });

  it("renders the examples, and lists what breaks today's callers", async () => {
    const { answer } = await edit();
    const text = GREET.replace("name: string", "name: string\n    tone: string").replace("!", " {{tone}}!");
    const filled = text.replace("{ name: Ada }", "{ name: Ada, tone: dry }");
    const wrong = await answer<Checked>("check", { ...GREET_FILE, text });
    expect(wrong).toMatchObject({ findings: [{ message: expect.stringContaining("tone"), severity: "error" }] });
    const { preview, breaking } = await answer<Checked>("check", { ...GREET_FILE, text: filled });
    expect(preview).toMatchObject({ examples: [{ name: "Ada", messages: [{ text: "Hello Ada dry!" }] }] });
    expect(breaking).toEqual([
      { version: "v1", aliases: ["latest", "production"], message: expect.stringContaining("tone") },
    ]);
    expect((await answer<Checked>("check", { ...GREET_FILE, text: GREET })).preview).toEqual({
      examples: [{ name: "Ada", messages: [{ role: "user", text: "Hello Ada!" }], tokens: 3 }],
    });
  });

  it("checks a new prompt, and what a partial or a schema does to the prompts that use it", async () => {
    const { answer } = await edit();
    const created = await answer<Checked>("check", { file: "prompts/a/new.md", text: "{{> rules}} {{" });
    expect(created.findings).toMatchObject([{ code: "template/syntax", range: { from: 12, to: 14 } }]);
    const partial = await answer<Checked>("check", { file: "prompts/_rules.md", text: "Be brief, {{#if name}}." });
    expect(partial).toMatchObject({
      usedBy: ["ask"],
      findings: [{ file: "prompts/_rules.md", range: { from: 10, to: expect.any(Number) } }],
    });
  });
});

describe("fields and set", () => {
  it("gives front matter as a form needs it, and changes it without touching the rest", async () => {
    const { answer } = await edit();
    const text = GREET.replace("input:", "owner: Ada\ntags: &x [a]\ninput:").replaceAll("\n", "\r\n");
    const { fields, others, range, problem } = await answer<Fields>("fields", { text });
    expect(problem).toBeUndefined();
    expect(text.slice(range?.from, range?.to)).toBe(text.slice(text.indexOf("desc"), text.indexOf("---\r\nHello")));
    const description = fields.find(({ key }) => key === "description");
    expect(description).toMatchObject({ value: "Greets", schema: { type: "string", description: expect.anything() } });
    expect(text.slice(description?.range?.from, description?.range?.to)).toBe("description: Greets");
    expect(fields.find(({ key }) => key === "model")).toEqual({ key: "model", schema: expect.anything() });
    expect(fields.find(({ key }) => key === "tags")).toMatchObject({ value: ["a"], textOnly: "it has an anchor (&x)" });
    expect(others.map(({ key }) => key)).toEqual(["owner"]);
    const changes = [
      { path: ["description"], value: "Greets people" },
      { path: ["examples", 0, "input", "name"], value: "Bob" },
      { path: ["input", "schema", "name"], rename: "who" },
    ];
    expect(await answer<TextAnswer>("set", { text, changes })).toEqual({
      text: text
        .replace("Greets #", "Greets people #")
        .replace("{ name: Ada }", "{ name: Bob }")
        .replace("name: string", "who: string"),
    });
  });

  it("refuses front matter that cannot be read, with its place, and requests that mean nothing", async () => {
    const { answer, refusal } = await edit();
    const text = "---\r\nmodel: a: b\r\n---\r\n";
    const { fields, problem } = await answer<Fields>("fields", { text });
    expect(fields.every((field) => !("value" in field))).toBe(true);
    expect(problem).toMatchObject({ code: "front-matter/syntax", range: { from: 12, to: expect.any(Number) } });
    expect(await refusal("set", { text, changes: [{ path: ["model"], value: "c" }] })).toContain("front matter");
    const table = [
      [{}],
      [{ path: "model", value: 1 }],
      [{ path: [-1], value: 1 }],
      [{ path: ["a"], value: 1, rename: "b" }],
      [{ path: [], value: 1 }],
      1,
    ];
    for (const changes of table) await refusal("set", { text: "a", changes });
    await refusal("fields", {});
  });
});
