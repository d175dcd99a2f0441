// Formatters: `init` keeps Prettier away from prompts, and what it rewrote is not released as something new. Prettier is real.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createProject, type TestRepository } from "@cuecard/testing";
import { format, getFileInfo } from "prettier";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const TEXT = `---
description: Analyzes costs
tags: {team:  'costs'}
---
You are *very* careful:

* Use {{currency}}
* Say \`n/a\` if unknown

| name | cost |
|--|--:|
| {{name}} | 3 |
`;

async function run({ dir }: TestRepository, ...args: string[]) {
  return runCommand(args, { cwd: dir });
}

const prettier = (text: string) => format(text, { parser: "markdown" });

describe("a prompt that Prettier rewrote", () => {
  async function rewritten(): Promise<TestRepository> {
    const repository = createProject({ "prompts/other.md": "Other {{x}}", "prompts/_tone.md": "* brief" });
    repository.release("cost", 1, TEXT, "First");
    repository.write({ "prompts/tone.md": "Be\n{{> tone}}" });
    repository.commit();
    repository.tag("tone@v1").tag("other@v1");
    await run(repository, "lock");
    repository.write({
      "prompts/cost.md": await prettier(TEXT),
      "prompts/_tone.md": await prettier("* brief"),
      "prompts/other.md": "Another {{x}}",
    });
    repository.commit("Format");
    return repository;
  }

  it("is skipped by release, and released if it is named", async () => {
    const repository = await rewritten();
    const dry = await run(repository, "release", "--dry-run");
    expect(dry.stdout).toContain("skipped cost: only layout differs from v1; to release it anyway, name it\n");
    expect(dry.stdout).toContain("skipped tone: only layout differs from v1; to release it anyway, name it\n");
    expect(dry.stdout).not.toContain("cost@v2");
    const { plan, result } = JSON.parse((await run(repository, "release", "--json")).stdout);
    const skipped = [
      { name: "cost", version: 1 },
      { name: "tone", version: 1 },
    ];
    expect([plan.layoutOnly, result.layoutOnly]).toEqual([skipped, skipped]);
    expect(repository.git("tag", "-l").split("\n")).toEqual(["cost@v1", "other@v1", "other@v2", "tone@v1"]);
    const again = await run(repository, "release");
    expect(again.stdout).toContain("skipped cost: only layout differs");
    expect(again.stdout).not.toContain("To release");
    const named = await run(repository, "release", "cost");
    expect([named.code, named.stdout]).toEqual([0, expect.stringContaining("Released cost@v2")]);
  });

  it("is said to differ in layout by diff, and renders as it was released", async () => {
    const repository = await rewritten();
    expect((await run(repository, "diff", "cost@v1")).stdout).toContain("  only layout differs\n");
    expect(JSON.parse((await run(repository, "diff", "cost@v1", "--json")).stdout)).toMatchObject({ layoutOnly: true });
    expect(JSON.parse((await run(repository, "diff", "other@v1", "--json")).stdout)).toMatchObject({
      layoutOnly: false,
    });
    const { stdout } = await run(repository, "render", "cost@v1", "--var", "currency=EUR", "--var", "name=Disk");
    expect(stdout).toContain("* Use EUR\n");
    // A blank line after front matter changes the file, though not the template.
    repository.write({ "prompts/cost.md": TEXT.replace("---\nYou", "---\n\nYou") });
    expect((await run(repository, "diff", "cost@v1")).stdout).toContain("  only layout differs\n");
    repository.write({ "prompts/cost.md": TEXT });
    expect((await run(repository, "diff", "cost@v1")).stdout).toContain("  no differences\n");
  });

  it("is released if a word changed as well", async () => {
    const repository = await rewritten();
    repository.write({ "prompts/cost.md": (await prettier(TEXT)).replace("careful", "precise") });
    repository.commit();
    expect((await run(repository, "release", "--dry-run")).stdout).toContain("cost@v2");
  });
});

describe("init", () => {
  it.each([
    ["a dependency", { "package.json": '{ "name": "shop", "devDependencies": { "prettier": "3" } }' }],
    ["a file", { ".prettierrc.yaml": "semi: false\n" }],
    ["a module", { "prettier.config.mjs": "export default {}\n" }],
    ["a key of package.json", { "package.json": '{ "name": "shop", "prettier": {} }' }],
  ])("keeps Prettier away from prompts where it is used: %s", async (_what, files) => {
    const repository = createProject(files);
    const { stdout } = await run(repository, "init", "--yes");
    expect(stdout).toContain(".prettierignore");
    expect(readFileSync(path.join(repository.dir, ".prettierignore"), "utf8")).toBe("/prompts/\n");
    const ignorePath = path.join(repository.dir, ".prettierignore");
    const info = (file: string) => getFileInfo(path.join(repository.dir, file), { ignorePath });
    expect(await info("prompts/greet.md")).toMatchObject({ ignored: true });
    expect(await info("docs/prompts.md")).toMatchObject({ ignored: false });
    expect((await run(repository, "init", "--yes")).stdout).toContain("nothing to change");
  });

  it.each([
    ["dist", "dist\n/prompts/\n"],
    ["dist\nprompts\n", "dist\nprompts\n"],
  ])("adds the folder to a list that exists, unless it is there: %j", async (text, expected) => {
    const repository = createProject({ ".prettierignore": text });
    await run(repository, "init", "--yes");
    expect(readFileSync(path.join(repository.dir, ".prettierignore"), "utf8")).toBe(expected);
  });

  it("writes to the folder where Prettier is run, and nothing where it is not used", async () => {
    const repository = createProject({
      "package.json": '{ "private": true, "devDependencies": { "prettier": "3" } }',
      "services/bot/package.json": '{ "name": "bot" }',
    });
    await runCommand(["--cwd", "services/bot", "init", "--yes"], { cwd: repository.dir });
    expect(readFileSync(path.join(repository.dir, ".prettierignore"), "utf8")).toBe("/services/bot/prompts/\n");
    const other = createProject();
    expect((await run(other, "init", "--yes")).stdout).not.toContain("prettier");
  });
});
