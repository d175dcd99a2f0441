// Bytes in other encodings than UTF-8: they are decoded as declared or refused, and never replaced. Files that get
// additions keep all their other bytes.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject, createProjectFolder, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
const encodings: readonly [name: string, encode: (text: string) => Buffer][] = [
  ["Latin-1", latin1],
  ["UTF-16", utf16],
];

const project = prepared((): TestRepository => {
  const repository = createProject({ "prompts/greet.md": "Hi {{name}}", "aliases.json": "{}\n" });
  repository.commit("First");
  return repository.identify();
});

describe.each(encodings)("%s", (name, encode) => {
  const input = encode('{ "name": "Jörg" }');
  const prompt = encode("Grüße {{name}}\n");
  const settings = encode('{ "prompts": "prümpts", "cuecard": { "working": true } }');

  it.each<[what: string, args: string[], files: Record<string, Buffer>, stdin?: Buffer]>([
    ["--from", ["register", "hello", "--from", "in.md"], { "in.md": prompt }],
    ["standard input for --from", ["register", "hello", "--from", "-"], {}, prompt],
    ["--input", ["render", "greet@working", "--input", "in.json"], { "in.json": input }],
    ["standard input for --input", ["render", "greet@working", "--input", "-"], {}, input],
    ["a prompt", ["check"], { "prompts/hello.md": prompt }],
    ["settings", ["check"], { "cuecard.config.json": settings }],
    ["settings in package.json", ["check"], { "package.json": settings }],
    ["a package.json that init adds to", ["init", "--yes"], { "package.json": settings }],
    ["a file that init adds lines to", ["init", "--yes"], { ".gitignore": encode("# Grüße\n") }],
    ["results", ["score", "greet@v1", "--from", "results.json"], { "results.json": input }],
  ])("is refused in %s", async (_, args, files, stdin) => {
    const repository = project().tag("greet@v1");
    repository.write(files);
    const before = repository.git("status", "--porcelain") + repository.git("for-each-ref");
    const { code, stdout, stderr } = await runCommand(args, { cwd: repository.dir, ...(stdin && { stdin }) });
    const said = stdout + stderr;
    expect(code).toBe(1);
    expect(said).toContain(name === "UTF-16" ? "it is UTF-16, not UTF-8" : "it is not valid UTF-8 (the byte 0xf");
    expect(said).toMatch(/hint: save it as UTF-8/);
    expect(said).not.toContain("\uFFFD");
    expect(repository.git("status", "--porcelain") + repository.git("for-each-ref")).toBe(before);
  });
});

it("refuses helpers whose strings TypeScript would replace", async () => {
  const repository = project().write({
    "cuecard.config.json": '{ "helpers": "helpers.ts" }',
    "helpers.ts": latin1('export function shout(text: string): string {\n  return text + "ü";\n}\n'),
  });
  const { code, stdout } = await runCommand(["check"], { cwd: repository.dir });
  expect(code).toBe(1);
  expect(stdout).toContain("helpers.ts:2:18");
});

it("refuses an argument that is not UTF-8", async () => {
  const { dir } = project();
  // What Node makes of such bytes.
  const { code, stdout, stderr } = await runCommand(["render", "greet@working", "--var", "name=J\uFFFDrg"], {
    cwd: dir,
  });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain('the argument "name=J?rg" is not UTF-8');
});

describe("commits and tags", () => {
  /** Commits with the bytes of a message, which `encoding` declares. */
  function commitBytes({ dir, git }: TestRepository, message: Buffer, encoding: string | undefined): void {
    git("add", "--all");
    const person = "Ada <ada@example.com> 1767225600 +0000";
    const head = [
      `tree ${git("write-tree")}`,
      `parent ${git("rev-parse", "HEAD")}`,
      `author ${person}`,
      `committer ${person}`,
    ];
    if (encoding !== undefined) head.push(`encoding ${encoding}`);
    const object = Buffer.concat([Buffer.from(`${head.join("\n")}\n\n`), message]);
    const oid = execFileSync("git", ["hash-object", "-t", "commit", "-w", "--stdin"], { cwd: dir, input: object });
    git("reset", "--quiet", "--hard", oid.toString().trim());
  }

  it.each<[encoding: string | undefined, message: Buffer, notes: string | undefined]>([
    ["ISO-8859-1", latin1("Grüße\n"), "Grüße"],
    ["latin-1", latin1("Grüße\n"), "Grüße"],
    ["Shift_JIS", Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67]), "テスト"],
    ["UTF-8", Buffer.from("Grüße\n"), "Grüße"],
    [undefined, latin1("Grüße\n"), undefined],
    ["no-such-encoding", latin1("Grüße\n"), undefined],
    ["Shift_JIS", latin1("Gr\xffe"), undefined],
  ])("makes notes of a message in %s", async (encoding, message, notes) => {
    const repository = project();
    commitBytes(repository.tag("greet@v1", "One").write("prompts/greet.md", "Hello {{name}}"), message, encoding);
    const { code, stderr, stdout } = await runCommand(["release"], { cwd: repository.dir });
    expect(code).toBe(notes === undefined ? 1 : 0);
    expect(stdout + stderr + readLock(repository)).not.toContain("\uFFFD");
    if (notes === undefined) expect(stdout + stderr).toMatch(/the notes of greet cannot be made from the message of/);
    else expect(repository.git("tag", "-l", "--format=%(contents)", "greet@v2")).toBe(notes);
    const own = await runCommand(["release", "-m", "Grüße"], { cwd: repository.dir });
    expect(own.code).toBe(0);
    expect((await runCommand(["history", "greet"], { cwd: repository.dir })).stdout).not.toContain("\uFFFD");
  });

  it("locks no notes of a tag whose message cannot be decoded", async () => {
    const repository = project();
    writeFileSync(path.join(repository.dir, "notes"), latin1("Grüße"));
    repository.git("tag", "-a", "-F", "notes", "greet@v1");
    const { code, stderr } = await runCommand(["lock"], { cwd: repository.dir });
    expect(code).toBe(0);
    expect(stderr).toContain("the version greet@v1 has no notes");
    expect(readLock(repository)).not.toMatch(/\uFFFD|Gr/);
  });

  function readLock({ dir }: TestRepository): string {
    const file = path.join(dir, "prompts.lock");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }
});

describe("init", () => {
  const before = {
    "package.json": '\uFEFF{\r\n\t"name": "shop",\r\n\t"scripts": { "a":"b" }\r\n}',
    ".gitignore": "\uFEFF# kept \r\nnode_modules\r\nlast",
    ".gitattributes": "*.md  text\r\n",
    ".prettierignore": "\uFEFFdist",
  };

  it("keeps every other byte of files that get additions", async () => {
    const dir = createProjectFolder();
    for (const [file, text] of Object.entries(before)) writeFileSync(path.join(dir, file), text);
    execFileSync("git", ["init", "--quiet"], { cwd: dir });
    expect((await runCommand(["init", "--yes"], { cwd: dir })).code).toBe(0);
    const now = (file: string) => readFileSync(path.join(dir, file), "utf8");
    for (const file of [".gitignore", ".gitattributes", ".prettierignore"] as const) {
      expect(now(file).startsWith(before[file])).toBe(true);
      expect(now(file).length).toBeGreaterThan(before[file].length);
    }
    expect(now(".gitignore")).toMatch(/last\r\n\S+\r\n$/);
    expect(now(".prettierignore")).toBe("\uFEFFdist\n/prompts/\n");
    const manifest = now("package.json");
    expect(manifest.startsWith('\uFEFF{\r\n\t"name": "shop",\r\n\t"scripts": { "a":"b"')).toBe(true);
    expect(manifest.replaceAll("\r\n", "")).not.toContain("\n");
    expect(JSON.parse(manifest.slice(1)).devDependencies).toHaveProperty("cuecard");
    const again = await runCommand(["init", "--yes"], { cwd: dir });
    expect(again.code).toBe(0);
    expect(now("package.json")).toBe(manifest);
  });
});

it("says which results are read when they are JSON Lines", async () => {
  const repository = project().tag("greet@v1").write("results.jsonl", '{"success":true}\n{"success":false}\n');
  const { stderr } = await runCommand(["score", "greet@v1", "--from", "results.jsonl"], { cwd: repository.dir });
  expect(stderr).toContain("--output results.json`");
});
