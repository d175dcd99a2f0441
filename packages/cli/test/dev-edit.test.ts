// Editing in `cuecard dev`: what its page asks for, in real repositories.

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { Checked, EditableFiles, Fields, Saved, Source, TextAnswer } from "@cuecard/project";
import { createRepository, type TestRepository } from "@cuecard/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Dev, startDev } from "./start-dev.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const GREET = `---
description: Greets # a comment
input:
  schema:
    name: string
examples:
  - name: Ada
    input: { name: Ada }
---
Hello {{name}}!
`;

let running: Dev | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

function project(): TestRepository {
  const repository = createRepository();
  repository.write({
    "prompts/_rules.md": "Be brief, {{name}}.",
    "prompts/ask.md": "{{> rules}} Answer {{question}}.",
    "prompts/README.md": "Not a prompt.",
    "prompts/schemas/Person.yaml": "type: object\nproperties: { name: { type: string } }\n",
    "notes.md": "Not a prompt.",
  });
  repository.release("greet", 1, GREET);
  repository.write("aliases.json", '{"greet": {"production": "v1"}}');
  return repository;
}

interface Edited {
  readonly repository: TestRepository;
  readonly dev: Dev;
  /** The answer to a request that must be fulfilled. */
  answer<T>(name: string, body: object): Promise<T>;
  /** The reason why a request is refused. */
  refusal(name: string, body: object): Promise<string>;
}

async function edit(repository = project()): Promise<Edited> {
  const dev = await startDev(repository);
  running = dev;
  return {
    repository,
    dev,
    async answer<T>(name: string, body: object) {
      const { status, json } = await dev.ask(name, body);
      expect({ name, status, json }).toMatchObject({ status: 200 });
      return json as T;
    },
    async refusal(name, body) {
      const { status, json } = await dev.ask(name, body);
      expect({ name, status, json }).toMatchObject({ status: 422 });
      return (json as { readonly error: string }).error;
    },
  };
}

const read = ({ dir }: TestRepository, file: string) => readFileSync(path.join(dir, file), "utf8");

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
    const repository = project();
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
    await vi.waitFor(async () =>
      expect(await refusal("source", { file: "prompts/greet.md" })).toMatch(
        /^cuecard\.config\.json:1:2: not valid JSON/,
      ),
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

  it("renders the examples, and says what breaks callers of today", async () => {
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

describe("save", () => {
  const file = "prompts/greet.md";
  const first = async ({ answer }: Edited) => (await answer<Source>("source", { file })).digest;

  it("writes the file as it was written, and only if nobody else has changed it", async () => {
    const edited = await edit();
    const { repository, answer } = edited;
    const digest = await first(edited);
    const saved = await answer<Saved>("save", { file, text: `${GREET}A\n`, digest });
    expect(saved).toEqual({ saved: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(read(repository, file)).toBe(`${GREET}A\n`);
    expect(await answer<Saved>("save", { file, text: `${GREET}B\n`, digest })).toEqual({
      saved: false,
      conflict: {
        file,
        kind: "prompt",
        name: "greet",
        text: `${GREET}A\n`,
        exists: true,
        digest: (saved as { digest: string }).digest,
      },
    });
    // The answer to the first request may have been lost.
    expect(await answer<Saved>("save", { file, text: `${GREET}A\n`, digest })).toEqual(saved);
    expect(read(repository, file)).toBe(`${GREET}A\n`);
    repository.remove(file);
    expect(await answer<Saved>("save", { file, text: "C", digest })).toMatchObject({
      ...{ saved: false, conflict: { text: "", digest: "", exists: false } },
    });
    expect(readdirSync(path.join(repository.dir, "prompts"))).not.toContain("greet.md");
  });

  it("keeps byte-order mark, line ends and permissions", async () => {
    const { repository, answer } = await edit();
    const before = "\ufeffOne\r\nTwo\nThree\r\n";
    repository.write("prompts/mixed.md", before);
    chmodSync(path.join(repository.dir, "prompts/mixed.md"), 0o666);
    const { digest, text } = await answer<Source>("source", { file: "prompts/mixed.md" });
    expect(text).toBe("One\nTwo\nThree\n");
    await answer("save", { file: "prompts/mixed.md", text: "One\nNew\nTwo\nThree\nFour", digest });
    expect(read(repository, "prompts/mixed.md")).toBe("\ufeffOne\r\nNew\r\nTwo\nThree\r\nFour");
    expect(statSync(path.join(repository.dir, "prompts/mixed.md")).mode & 0o777).toBe(0o666);
  });

  it("creates prompts with their folders, and never in the place of one that has appeared", async () => {
    const { repository, answer } = await edit();
    const created = { file: "prompts/a/b/new.md", text: "Hello", digest: "" };
    expect(await answer<Saved>("save", created)).toMatchObject({ saved: true });
    expect(read(repository, created.file)).toBe("Hello");
    expect(await answer<Saved>("save", { ...created, text: "Bye" })).toMatchObject({
      ...{ saved: false, conflict: { text: "Hello" } },
    });
    expect(readdirSync(path.join(repository.dir, "prompts/a/b"))).toEqual(["new.md"]);
  });

  it("lets one of two editors win that save at once, and gives its text to the other", async () => {
    const edited = await edit();
    const digest = await first(edited);
    const texts = ["First\n", "Second\n"];
    const saves = await Promise.all(texts.map((text) => edited.answer<Saved>("save", { file, text, digest })));
    const won = texts[saves.findIndex(({ saved }) => saved)];
    expect(saves.filter(({ saved }) => saved)).toHaveLength(1);
    expect(saves.find(({ saved }) => !saved)).toMatchObject({ conflict: { text: won } });
    expect(read(edited.repository, file)).toBe(won);
  });

  it("never follows or replaces what has taken the place of the file", async () => {
    const edited = await edit();
    const { repository, answer, refusal } = edited;
    const at = (place: string) => path.join(repository.dir, place);
    const digest = await first(edited);
    const save = { file, text: "New", digest };
    repository.write("target.md", GREET).remove(file);
    symlinkSync(at("target.md"), at(file));
    expect(await refusal("save", save)).toContain("symbolic link");
    expect(read(repository, "target.md")).toBe(GREET);
    repository.remove(file);
    mkdirSync(at(file));
    expect(await refusal("save", save)).toContain("a folder");
    repository.remove("prompts");
    expect(await answer<Saved>("save", save)).toMatchObject({ saved: false, conflict: { exists: false } });
    repository.write("prompts", "A file");
    expect(await refusal("save", save)).toContain("prompts is a file");
    repository.remove("prompts").write(file, Buffer.from([0xff, 0xfe, 0x48, 0]));
    expect(await refusal("save", save)).toContain("UTF-16");
    repository.write(file, `${GREET} `);
    expect(await answer<Saved>("save", save)).toMatchObject({ saved: false, conflict: { text: `${GREET} ` } });
  });

  it.skipIf(process.getuid?.() === 0)("reports why the file system refuses, and leaves nothing", async () => {
    const edited = await edit();
    const { repository, refusal } = edited;
    const digest = await first(edited);
    const folder = path.join(repository.dir, "prompts");
    chmodSync(folder, 0o555);
    const reasons = [
      await refusal("save", { file, text: "New", digest }),
      await refusal("save", { file: "prompts/a/b.md", text: "New", digest: "" }),
    ];
    chmodSync(folder, 0o755);
    for (const reason of reasons) expect(reason).toContain("EACCES");
    expect(read(repository, file)).toBe(GREET);
    expect(readdirSync(folder).filter((name) => name.startsWith(".") || name === "a")).toEqual([]);
  });

  it("refuses what cannot be written", async () => {
    const edited = await edit();
    const { repository, refusal } = edited;
    const digest = await first(edited);
    expect(await refusal("save", { file, text: "a\ud800", digest })).toContain("surrogate");
    expect(await refusal("save", { file, text: "a\0", digest })).toContain("NUL");
    expect(await refusal("save", { file, text: "a".repeat(1_000_001), digest })).toContain("limit");
    chmodSync(path.join(repository.dir, file), 0o444);
    expect(await refusal("save", { file, text: "a", digest })).toContain("read-only");
    expect(read(repository, file)).toBe(GREET);
    expect(readdirSync(path.join(repository.dir, "prompts")).filter((name) => name.startsWith("."))).toEqual([]);
  });
});
