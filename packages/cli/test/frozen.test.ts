// What `check` and `build` report in CI, where prompts.lock is frozen: what is left out, what is not released, and one cause once.

import { rmSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, openRepository, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CI = { CI: "true" };

async function run({ dir }: { readonly dir: string }, line: string, env: Record<string, string> = CI) {
  return runCommand(line.split(" "), { cwd: dir, env });
}

/** `greet` with this many versions, the first of which is in the lock. */
async function greeting(versions: number, aliases = "{}", files: Record<string, string> = {}): Promise<TestRepository> {
  const repository = createProject({ "aliases.json": aliases, "packages/prompts/package.json": "{}", ...files });
  for (let version = 1; version <= versions; version++) {
    repository.release("greet", version, `Hello ${version}, {{name}}!`);
    if (version === 1) await run(repository, "lock");
  }
  repository.commit("Lock");
  return repository;
}

async function diagnosticsOf(repository: { readonly dir: string }, line: string): Promise<Record<string, unknown>[]> {
  return JSON.parse((await run(repository, `${line} --json`)).stdout).diagnostics;
}

describe("versions that prompts.lock lacks", () => {
  it("are named once by check and build, and do not fail --strict", async () => {
    const repository = await greeting(3);
    const check = await run(repository, "check --strict");
    expect(check.stdout).toContain(
      "2 released versions are not in prompts.lock and are left out: greet@v2, greet@v3\n",
    );
    expect(check.code).toBe(0);
    const build = await run(repository, "build");
    expect(build.stderr).toContain(
      "2 released versions are not in prompts.lock and are left out: greet@v2, greet@v3\n",
    );
    expect([build.code, build.stdout]).toEqual([0, expect.stringContaining("1 prompt, 1 version")]);
    // An unchanged build says the same.
    expect((await run(repository, "build")).stderr).toBe(build.stderr);
    expect(await diagnosticsOf(repository, "check")).toMatchObject([
      { code: "lock/left-out", severity: "info", args: { tags: ["greet@v2", "greet@v3"] } },
    ]);
    await run(repository, "lock");
    expect((await run(repository, "build")).stderr).toBe("");
  });

  it("are not reported where tags of other names are concerned, or where an error names them", async () => {
    const repository = await greeting(2);
    repository.write({ "aliases.json": '{ "greet": { "production": "v2" } }' });
    repository.tag("elsewhere@v1");
    expect((await diagnosticsOf(repository, "check")).map(({ code }) => code)).toEqual(["lock/missing-line"]);
  });
});

describe("an alias at the working file", () => {
  const POINTS = '{\n  "greet": {\n    "production": "working"\n  }\n}\n';

  it("is refused in CI, and warned about before", async () => {
    const repository = await greeting(1, POINTS);
    for (const line of ["check", "build"]) {
      const { code, stdout, stderr } = await run(repository, line);
      expect(stdout + stderr).toContain("aliases.json:3:19  error  alias/working-frozen");
      expect(code).toBe(1);
    }
    const local = await run(repository, "check", {});
    expect([local.code, local.stdout]).toEqual([0, expect.stringContaining("warning  alias/working-locally")]);
    expect((await run(repository, "build", {})).code).toBe(0);
  });

  it("is accepted for dev, and for the aliases in the settings", async () => {
    const dev = await greeting(1, POINTS.replace("production", "dev"));
    expect((await run(dev, "check --strict")).code).toBe(0);
    const settings = { "cuecard.config.json": '{ "workingAliases": ["production"] }' };
    const named = await greeting(1, POINTS, settings);
    expect((await run(named, "check --strict")).code).toBe(0);
    named.write({
      "cuecard.config.json": '{ "workingAliases": [] }',
      "aliases.json": POINTS.replace("production", "dev"),
    });
    expect((await run(named, "check")).stdout).toContain("alias/working-frozen");
  });

  it("is warned about when a command points it there", async () => {
    const repository = await greeting(1);
    const { code, stderr } = await run(repository, "alias set greet production working", {});
    expect([code, stderr]).toEqual([0, expect.stringContaining("alias/working-locally")]);
    expect((await run(repository, "alias set greet dev working", {})).stderr).toBe("");
  });

  it("cannot be an arm of a weighted alias", async () => {
    const repository = await greeting(1);
    repository.write({ "aliases.json": '{ "greet": { "production": { "v1": 1, "working": 1 } } }' });
    expect((await diagnosticsOf(repository, "check")).map(({ code }) => code)).toEqual(["alias/invalid-target"]);
  });

  it.each([
    ['"dev"', "must be an array of alias names"],
    ["[3]", "must be an array of alias names"],
    ['["v3"]', '"v3" looks like a version'],
  ])("is not allowed by the setting %s", async (value, problem) => {
    const repository = await greeting(1, "{}", { "cuecard.config.json": `{ "workingAliases": ${value} }` });
    expect((await run(repository, "check")).stdout.replace(/\s+/g, " ")).toContain(problem);
  });
});

describe("one cause is one diagnostic", () => {
  const VERSIONS = 12;
  const POINTERS = JSON.stringify({
    greet: Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`alias-${index}`, `v${index + 1}`])),
  });

  async function locked(): Promise<TestRepository> {
    const repository = await greeting(VERSIONS, POINTERS);
    await run(repository, "lock");
    repository.commit("Lock all");
    repository.write({ "notes.txt": "The newest commit is no version" });
    repository.commit();
    return repository;
  }

  it("in a shallow clone, as text, as JSON and for GitHub", async () => {
    const repository = await locked();
    const dir = path.join(createFolder(), "clone");
    repository.git("clone", "--quiet", "--depth", "1", "--no-tags", `file://${repository.dir}`, dir);
    const message =
      "12 versions are locked to commits that this clone does not have: greet@v1, greet@v2, greet@v3 and 9 more";
    const text = await run({ dir }, "check");
    expect(text.code).toBe(1);
    expect(text.stdout.replace(/\s+/g, " ")).toContain(message);
    expect(text.stdout).toContain("fetch-depth: 0");
    expect(text.stdout.split("\n").length).toBeLessThan(15);
    expect(text.stdout).toContain("\n2 errors\n");
    expect(await diagnosticsOf({ dir }, "check")).toMatchObject([
      { code: "alias/unusable-version", args: { tags: expect.arrayContaining(["greet@v6"]) } },
      { code: "lock/commit-missing", message, file: "prompts.lock", args: { tags: { length: VERSIONS } } },
    ]);
    const github = await run({ dir }, "check --format github");
    expect(github.stdout.match(/^::error file=/gm)).toHaveLength(2);
    expect((await run({ dir }, "build")).stderr.replace(/\s+/g, " ")).toContain(message);
    // Asked about one version, the reason is about that version.
    expect((await run({ dir }, "show greet@v7")).stderr).toContain("greet@v7 is locked to commit");
  });

  it("where files of many versions are missing", async () => {
    const repository = await locked();
    for (let version = 1; version < VERSIONS; version++) {
      const id = repository.git("rev-parse", `greet@v${version}:prompts/greet.md`);
      rmSync(path.join(repository.dir, ".git/objects", id.slice(0, 2), id.slice(2)));
    }
    expect((await diagnosticsOf(repository, "check")).map(({ code, message }) => [code, message])).toContainEqual([
      "tag/object-missing",
      "the content of 11 versions is not in this clone: greet@v1, greet@v2, greet@v3 and 8 more",
    ]);
  });

  it("where no tag is signed, and where aliases need lines of the lock", async () => {
    const repository = await locked();
    expect((await diagnosticsOf(repository, "check --require-signed")).map(({ message }) => message)).toEqual([
      "12 tags are not signed: greet@v1, greet@v2, greet@v3 and 9 more",
    ]);
    repository.write({ "prompts.lock": "" });
    expect((await diagnosticsOf(repository, "check")).map(({ message }) => message)).toEqual([
      "6 versions that aliases point at are missing from prompts.lock, and the lock is frozen: greet@v1, greet@v2, greet@v3 and 3 more",
      "6 released versions are not in prompts.lock and are left out: greet@v7, greet@v8, greet@v9 and 3 more",
    ]);
  });

  it("but a few are reported one by one, with their lines", async () => {
    const repository = await greeting(2, '{ "greet": { "production": "v1" } }');
    await run(repository, "lock");
    repository.commit("Lock");
    const dir = openRepository(path.join(createFolder(), "clone")).dir;
    repository.git("clone", "--quiet", "--depth", "1", "--no-tags", `file://${repository.dir}`, dir);
    const { stdout } = await run({ dir }, "check");
    expect(stdout).toContain("prompts.lock:1:1  error  lock/commit-missing");
    expect(stdout).toContain("prompts.lock:2:1  error  lock/commit-missing");
  });
});
