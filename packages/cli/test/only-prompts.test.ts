// Which files of the prompts folder are prompts: documents next to them are not, and files with other endings are reported.

import { execFileSync } from "node:child_process";
import { createProject, gitEnvironment, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

async function run({ dir }: TestRepository, ...args: string[]) {
  return runCommand(args, { cwd: dir });
}

async function diagnosticsOf(repository: TestRepository): Promise<{ code: string; file: string; hint?: string }[]> {
  return JSON.parse((await run(repository, "check", "--json")).stdout).diagnostics;
}

async function namesOf(repository: TestRepository): Promise<string[]> {
  const { prompts } = JSON.parse((await run(repository, "list", "--json")).stdout);
  return prompts.map(({ name }: { name: string }) => name);
}

const GREET = { "prompts/greet.md": "Hello {{name}}!" };

describe("files that are not prompts", () => {
  const DOCUMENTS = [
    "README.md",
    "team/readme.MD",
    "Changelog.md",
    "team/AGENTS.md",
    "CLAUDE.md",
    "skill.md",
    "LICENSE",
  ];

  it("are neither listed nor released, whatever the folder and the case", async () => {
    const files = DOCUMENTS.map((file) => [`prompts/${file}`, "# How we write {{prompts}}"]);
    const repository = createProject({ ...GREET, ...Object.fromEntries(files) });
    repository.commit();
    expect(await namesOf(repository)).toEqual(["greet"]);
    const release = await run(repository, "release", "--dry-run", "--json");
    expect(JSON.parse(release.stdout).plan.releases.map(({ tag }: { tag: string }) => tag)).toEqual(["greet@v1"]);
    expect((await diagnosticsOf(repository)).map(({ code }) => code)).toEqual([]);
  });

  it("can be chosen by the settings: names, globs, paths and folders", async () => {
    const repository = createProject({
      ...GREET,
      "prompts/README.md": "Hi {{name}}",
      "prompts/team/greet.draft.md": "Hi {{name}}",
      "prompts/drafts/deep/one.md": "Hi {{name}}",
      "prompts/drafts/notes.txt": "Notes",
      "prompts/team/notes.md": "Hi {{name}}",
      "prompts/notes.md": "Hi {{name}}",
      "cuecard.config.json": '{ "ignore": ["*.draft", "drafts/", "team/notes.md"] }',
    });
    expect(await namesOf(repository)).toEqual(["README", "greet", "notes"]);
    expect((await diagnosticsOf(repository)).map(({ code }) => code)).not.toContain("prompt/not-read");
  });

  it.each([
    ['"README"', "must be an array of file names"],
    ['["!README"]', 'it begins with "!"'],
    ['["./drafts/"]', "a path is relative to the prompts folder"],
    ['[""]', "it is empty"],
  ])("are not chosen by %s", async (value, problem) => {
    const repository = createProject({ ...GREET, "cuecard.config.json": `{ "ignore": ${value} }` });
    const { code, stdout } = await run(repository, "check");
    expect([code, stdout.replace(/\s+/g, " ")]).toEqual([1, expect.stringContaining(problem)]);
  });

  it("cannot be released or registered by name", async () => {
    const repository = createProject({ ...GREET, "prompts/README.md": "Hi {{name}}", "draft.md": "Hi" });
    repository.commit();
    const released = await run(repository, "release", "README");
    expect([released.code, released.stderr]).toEqual([1, expect.stringContaining("release/ignored")]);
    const registered = await run(repository, "register", "README", "--from", "draft.md");
    expect([registered.code, registered.stderr]).toEqual([1, expect.stringContaining('"ignore" matches it')]);
  });

  it("keep the versions that were released of them, with an explanation", async () => {
    const repository = createProject({ ...GREET, "cuecard.config.json": '{ "ignore": [] }' });
    repository.release("README", 1, "Hi {{name}}");
    repository.write({ "aliases.json": '{ "README": { "production": "v1" } }' });
    await run(repository, "lock");
    repository.write({ "cuecard.config.json": "{}", "prompts/README.md": "# Not a prompt" });
    repository.commit();
    const rendered = await run(repository, "render", "README@production", "--var", "name=Ada");
    expect([rendered.code, rendered.stdout]).toEqual([0, "Hi Ada\n"]);
    const found = await diagnosticsOf(repository);
    expect(found).toMatchObject([
      { code: "prompt/ignored", file: "prompts/README.md", hint: expect.stringContaining("cuecard retire README@v1") },
    ]);
    expect(await namesOf(repository)).toEqual(["README", "greet"]);
    // An alias at the working file has no file any more.
    repository.write({ "aliases.json": '{ "README": { "dev": "working" } }' });
    expect((await diagnosticsOf(repository)).map(({ code }) => code)).toContain("alias/working-missing");
    // The advice is followed.
    repository.write({ "aliases.json": "{}" });
    expect((await run(repository, "retire", "README@v1", "--reason", "Not a prompt")).code).toBe(0);
    expect((await diagnosticsOf(repository)).map(({ code }) => code)).toEqual([]);
  });
});

describe("files with another ending", () => {
  it.each([
    "a.prompt",
    "team/a.MD",
    "a.Md",
    "a.mdx",
    "a.txt",
    "a.markdown",
    "a.prompty",
    "a.j2",
    "a.prompt.yml",
    "system_prompt",
  ])("%s is reported", async (file) => {
    const repository = createProject({ ...GREET, [`prompts/${file}`]: "Hi {{name}}" });
    repository.release("greet", 1, "Hello");
    await run(repository, "lock");
    expect(await diagnosticsOf(repository)).toMatchObject([{ code: "prompt/not-read", file: `prompts/${file}` }]);
  });

  it("is not reported for hidden files, data, scores, images and code", async () => {
    const repository = createProject(GREET);
    for (const file of [".a.prompt", ".drafts/a.txt", "a.json", "a.yaml", "logo.png", "a.ts", "Makefile", "a.csv"])
      repository.write({ [`prompts/${file}`]: "Hi" });
    expect((await diagnosticsOf(repository)).map(({ code }) => code)).toEqual([]);
  });

  it("is converted by the printed command: dotprompt and case", async () => {
    const dotprompt =
      "---\nmodel: googleai/gemini-2.5-pro\ninput:\n  schema:\n    name: string\n---\nHi {{name}}, {{>tone}}";
    const repository = createProject({
      ...GREET,
      "prompts/hello there/x.txt": "",
      "prompts/team/hi.prompt": dotprompt,
      "prompts/team/_tone.prompt": "be brief",
      "prompts/Shout.MD": "HI {{name}}",
    });
    repository.commit();
    const found = (await diagnosticsOf(repository)).filter(({ code }) => code === "prompt/not-read");
    const commands = found.flatMap(({ hint = "" }) => /`(git mv [^`]*)`/.exec(hint)?.[1] ?? []);
    expect(commands).toContain("git mv 'prompts/hello there/x.txt' 'prompts/hello there/x.md'");
    for (const command of commands.filter((line) => !line.includes("hello there")))
      execFileSync("sh", ["-ec", command], { cwd: repository.dir, env: { ...process.env, ...gitEnvironment } });
    expect(await namesOf(repository)).toEqual(["Shout", "greet", "team/hi"]);
    const { stdout } = await run(repository, "render", "team/hi", "--var", "name=Ada");
    expect(stdout).toBe("Hi Ada, be brief\n");
  });

  it("is not converted over a file that exists", async () => {
    const repository = createProject({ ...GREET, "prompts/greet.prompt": "Hi" });
    const found = (await diagnosticsOf(repository)).find(({ code }) => code === "prompt/not-read");
    expect(found?.hint).toContain("move its text to prompts/greet.md");
  });
});
