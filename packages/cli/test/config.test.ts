import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject } from "@cuecard/testing";
import { describe, expect, it } from "vitest";
import { runCommand } from "./run-command.js";

const check = async (files: Record<string, string>) => {
  const { dir } = createProject(files);
  const { stdout } = await runCommand(["check", "--json"], { cwd: dir });
  return JSON.parse(stdout).diagnostics.map(({ code, file }: { code: string; file: string }) => `${file} ${code}`);
};

describe("settings", () => {
  it("are read from cuecard.config.json or package.json, and a mistake stops the command", async () => {
    const prompt = { "texts/a.md": "{{#if x}}" };
    expect(await check({ ...prompt, "cuecard.config.json": '{ "prompts": "texts" }' })).toEqual([
      "texts/a.md template/syntax",
    ]);
    expect(await check({ ...prompt, "package.json": '{ "cuecard": { "prompts": "texts" } }' })).toEqual([
      "texts/a.md template/syntax",
    ]);
    expect(await check({ ...prompt, "cuecard.config.json": '{ "prompt": "texts" }' })).toEqual([
      "cuecard.config.json config/unknown-key",
    ]);
    expect(await check({ ...prompt, "cuecard.config.json": '{ "prompts": "texts", }' })).toEqual([
      "cuecard.config.json json/syntax",
    ]);
  });

  it.each([
    ["a syntax error", '{ "cuecard": { "prompts": "texts" }, }', "package.json json/syntax"],
    [
      "a key that stands twice",
      '{ "cuecard": {}, "cuecard": { "prompts": "texts" } }',
      "package.json json/duplicate-key",
    ],
  ])("not in a package.json with %s, and it is said", async (_, manifest, finding) => {
    expect(await check({ "texts/a.md": "{{#if x}}", "package.json": manifest })).toEqual([finding]);
    const { dir } = createProject({ "package.json": manifest, "deep/folder/a.txt": "" });
    const { stdout } = await runCommand(["check"], { cwd: path.join(dir, "deep/folder") });
    expect(stdout).toContain(finding.replace(/.* /, ""));
  });

  it("ignore a broken package.json that has no settings", async () => {
    expect(await check({ "package.json": "{", "prompts/a.md": "A" })).toEqual([]);
    expect(await check({ "package.json": '{ "cuecard": ', "cuecard.config.json": "{}", "prompts/a.md": "A" })).toEqual(
      [],
    );
  });

  it("send keys of other tools to metadata, in new and released versions, and change no digest", async () => {
    const file = "---\ntools: Read, Bash(git add:*)\nargument-hint: 007\nmodel: [a, b]\n---\nTidy {{file}}\n";
    const repository = createProject({ "prompts/tidy.md": file.replace(/^model.*\n/m, "") });
    const run = (...args: string[]) => runCommand(args, { cwd: repository.dir });
    const show = async () => JSON.parse((await run("show", "tidy@v1", "--json")).stdout);
    repository.commit();
    repository.tag("tidy@v1");
    await run("build");
    expect((await run("check")).stdout.replace(/\s+/g, " ")).toContain(
      "if GitHub Copilot or Claude Code reads this file, add",
    );
    const before = await show();
    expect(before).toMatchObject({ metadata: {}, tools: ["Read", "Bash(git add:*)"] });

    const settings = '{ "metadataKeys": ["claude", "model"], "working": true }';
    repository.write({ "cuecard.config.json": settings, "prompts/tidy.md": file });
    expect(await run("build")).toMatchObject({ code: 0 });
    expect((await run("check")).stdout).not.toContain("warning");
    expect(await show()).toMatchObject({ metadata: { "argument-hint": "007" }, digest: before.digest });
    const module = readFileSync(path.join(repository.dir, "packages/prompts/dist/prompts/tidy.js"), "utf8");
    expect(module).toContain('metadata: { "argument-hint": "007" }');
    expect(module).toMatch(/metadata: \{\s*"argument-hint": "007",\s*model: \["a", "b"\],?\s*\}/);
  });

  it.each(["check", "build", "list"])("must name a prompts folder that exists: %s", async (command) => {
    const { dir } = createProject({ "prompts/a.md": "A", "cuecard.config.json": '{ "prompts": "othr" }' });
    const { code, stdout, stderr } = await runCommand([command], { cwd: dir });
    expect(stdout + stderr).toContain('"prompts" names the folder othr, which does not exist');
    expect(stdout + stderr).toContain("cuecard.config.json:1:14");
    expect(code).toBe(1);
  });

  it("must name a prompts folder that exists, which is one mistake also if there are versions and aliases", async () => {
    const aliases = '{ "a": { "production": "v1" } }';
    const repository = createProject({ "prompts/a.md": "A", "aliases.json": aliases });
    repository.commit();
    repository.tag("a@v1");
    await runCommand(["lock"], { cwd: repository.dir });
    repository.write({ "cuecard.config.json": '{ "prompts": "othr" }' });
    const { stdout } = await runCommand(["check", "--json"], { cwd: repository.dir });
    expect(JSON.parse(stdout).diagnostics).toMatchObject([{ code: "config/invalid" }]);
  });

  it("may name a folder whose prompts were all deleted, if it has versions", async () => {
    const repository = createProject({ "texts/a.md": "A", "cuecard.config.json": '{ "prompts": "texts" }' });
    repository.commit();
    repository.tag("a@v1");
    rmSync(path.join(repository.dir, "texts"), { recursive: true });
    expect((await runCommand(["build"], { cwd: repository.dir })).code).toBe(0);
  });

  it.each(["check", "build"])("fail if there is no prompt, and name where one would be: %s", async (command) => {
    const { dir, tag, commit } = createProject({ "prompts/README.md": "Ours", "app/src/main.ts": "" });
    const { code, stdout, stderr } = await runCommand([command], { cwd: dir });
    expect(stdout + stderr).toContain(`${path.join(dir, "prompts")} contains no .md file that is a prompt`);
    expect(stdout + stderr).toContain("create prompts/hello.md, or run `cuecard init`");
    expect(code).toBe(1);
    const below = await runCommand(["--cwd", "app", command], { cwd: dir });
    expect(below.stdout + below.stderr).toContain(`the folder ${path.join(dir, "app/prompts")} does not exist`);
    expect(below.stdout + below.stderr).toContain(`the project is in ${dir}: pass \`--cwd ${dir}\``);
    expect(existsSync(path.join(dir, "app/packages")) || existsSync(path.join(dir, "packages"))).toBe(false);
    // A project whose prompts were all deleted or retired still has versions.
    writeFileSync(path.join(dir, "prompts/a.md"), "A");
    commit();
    tag("a@v1");
    rmSync(path.join(dir, "prompts/a.md"));
    expect((await runCommand([command], { cwd: dir })).code).toBe(0);
  });

  it("cannot be in both files", async () => {
    expect(await check({ "cuecard.config.json": "{}", "package.json": '{ "cuecard": {} }' })).toEqual([
      "package.json config/duplicate",
    ]);
  });
});
