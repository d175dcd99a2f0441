// What the commands print as the next step, done literally: afterwards, CI finds nothing. And pull requests that move aliases
// of neighboring prompts merge.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, gitEnvironment, openRepository, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NAMES = ["alpha", "beta"];

function pointers(entry: (name: string) => string): string {
  return `{\n${NAMES.map((name) => `  "${name}": ${entry(name)}`).join(",\n")}\n}\n`;
}

/**
 * Two prompts in a folder, with `v1` in the lock and in production. Another clone has released `v2`, as CI does, and this one
 * has only fetched its tags.
 */
async function behindTags(folder = ""): Promise<{ repository: TestRepository; dir: string }> {
  const prefix = folder === "" ? "" : `${folder}/`;
  const repository = createProject();
  const dir = path.join(repository.dir, folder);
  const write = (version: number) =>
    repository.write(
      Object.fromEntries(NAMES.map((name) => [`${prefix}prompts/${name}.md`, `${name} ${version} {{x}}`])),
    );
  write(1);
  repository.write({ [`${prefix}cuecard.config.json`]: "{}" });
  repository.write({ [`${prefix}aliases.json`]: pointers(() => '{\n    "production": "v1"\n  }') });
  repository.commit();
  for (const name of NAMES) repository.tag(`${name}@v1`);
  expect((await runCommand(["lock"], { cwd: dir })).code).toBe(0);
  repository.commit("Lock");
  write(2);
  repository.commit();
  const origin = path.join(createFolder(), "origin.git");
  repository.git("clone", "--quiet", "--bare", "--no-tags", repository.dir, origin);
  repository.git("remote", "add", "origin", origin);
  const other = path.join(createFolder(), "other");
  repository.git("clone", "--quiet", origin, other);
  const ci = openRepository(other);
  for (const name of NAMES) ci.tag(`${name}@v2`, `${name}, second`);
  ci.git("push", "--quiet", "origin", "--tags");
  repository.git("fetch", "--quiet", "--tags", "origin");
  return { repository, dir };
}

/** Runs the printed commands after "Next:", each as it is. */
function followSteps(stdout: string, cwd: string): void {
  const [, steps = ""] = stdout.split(/^Next:/m);
  const commands = steps
    .split("\n")
    .flatMap((line) => /^ +[^:]+: (?<command>.+)$/.exec(line)?.groups?.["command"] ?? []);
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands)
    execFileSync("sh", ["-ec", command], { cwd, env: { ...process.env, ...gitEnvironment }, stdio: "pipe" });
}

async function expectGreen({ repository, dir }: { repository: TestRepository; dir: string }): Promise<void> {
  const check = await runCommand(["check", "--strict"], { cwd: dir, env: { CI: "true" } });
  expect(check).toMatchObject({ code: 0, stderr: "" });
  expect(repository.git("status", "--short")).toBe("");
  // CI may have no tags: the lock alone is enough.
  const clone = path.join(createFolder(), "clone");
  repository.git("clone", "--quiet", "--no-tags", repository.dir, clone);
  const there = path.join(clone, path.relative(repository.dir, dir));
  const untagged = await runCommand(["check", "--strict"], { cwd: there, env: { CI: "true" } });
  const counts = /✓ .*\n$/.exec(check.stdout)?.[0];
  expect([untagged.code, untagged.stdout]).toEqual([0, counts]);
}

describe("the printed next step leaves a green check", () => {
  it.each([
    ["alias set alpha production v2"],
    ["alias set alpha production --split v1=90,v2=10 --allow-breaking"],
    ["alias set alpha staging v2"],
  ])("after `%s`", async (line) => {
    const project = await behindTags();
    const { code, stdout } = await runCommand(line.split(" "), { cwd: project.dir });
    expect(code).toBe(0);
    followSteps(stdout, project.dir);
    await expectGreen(project);
  });

  it("after a promotion of several prompts, and after the rollback of one", async () => {
    const project = await behindTags();
    const { repository, dir } = project;
    repository.write({ "aliases.json": pointers(() => '{\n    "production": "v1",\n    "staging": "v2"\n  }') });
    repository.commit();
    const promoted = await runCommand("promote --all --from staging --to production".split(" "), { cwd: dir });
    expect(promoted.stdout).toContain("prompts.lock gets the lines of alpha@v2, beta@v2\n");
    followSteps(promoted.stdout, dir);
    await expectGreen(project);
    const back = await runCommand("rollback beta production".split(" "), { cwd: dir });
    expect(back.code).toBe(0);
    followSteps(back.stdout, dir);
    await expectGreen(project);
  });

  it("after a rollback to a version that only a tag holds", async () => {
    const project = await behindTags();
    const { stdout } = await runCommand("rollback alpha production --to v2".split(" "), { cwd: project.dir });
    followSteps(stdout, project.dir);
    await expectGreen(project);
  });

  it("in a project below the repository's top, from there", async () => {
    const project = await behindTags("services/bot");
    const line = ["--cwd", "services/bot", "alias", "set", "alpha", "production", "v2"];
    const { stdout } = await runCommand(line, { cwd: project.repository.dir });
    expect(stdout).toContain("git -C services/bot add aliases.json prompts.lock && ");
    followSteps(stdout, project.repository.dir);
    await expectGreen(project);
  });

  it("after a release of such a project, with the command that pushes the tags", async () => {
    const { repository, dir } = await behindTags("services/bot");
    repository.write({ "services/bot/prompts/alpha.md": "Another text\n" });
    repository.commit();
    const above = await runCommand(["--cwd", "services/bot", "release"], { cwd: repository.dir });
    expect(above.stdout).toContain("push the tags: cuecard --cwd services/bot release --push\n");
    repository.write({ "services/bot/prompts/alpha.md": "One more text\n" });
    repository.commit();
    const inside = await runCommand(["release"], { cwd: path.join(dir, "prompts") });
    expect(inside.stdout).toContain("push the tags: cuecard release --push\n");
  });

  it("when an earlier run was killed between the two files", async () => {
    const project = await behindTags();
    const { dir, repository } = project;
    const before = readFileSync(path.join(dir, "aliases.json"), "utf8");
    await runCommand("alias set alpha production v2".split(" "), { cwd: dir });
    repository.write({ "aliases.json": before });
    const { stdout } = await runCommand("alias set alpha production v2".split(" "), { cwd: dir });
    followSteps(stdout, dir);
    await expectGreen(project);
  });
});

it("refuses to move an alias where a line of its prompt cannot be read, and writes nothing", async () => {
  const { repository, dir } = await behindTags();
  repository.write({ "prompts.lock": `${readFileSync(path.join(dir, "prompts.lock"), "utf8")}alpha@v2 not a line\n` });
  const before = readFileSync(path.join(dir, "aliases.json"), "utf8");
  const { code, stderr } = await runCommand("alias set alpha production v2".split(" "), { cwd: dir });
  expect([code, readFileSync(path.join(dir, "aliases.json"), "utf8")]).toEqual([1, before]);
  expect(stderr).toContain("lock/invalid-line");
});

describe("pull requests for neighboring prompts merge", () => {
  /** Makes one branch for each command line, from the same commit, and merges them all. */
  async function mergeBranches(repository: TestRepository, lines: readonly string[]): Promise<void> {
    for (const [index, line] of lines.entries()) {
      repository.git("switch", "--quiet", "--create", `change-${index}`, "main");
      const { code, stdout, stderr } = await runCommand(line.split(" "), { cwd: repository.dir });
      expect([code, stderr]).toEqual([0, ""]);
      followSteps(stdout, repository.dir);
    }
    repository.git("switch", "--quiet", "main");
    for (const index of lines.keys()) repository.git("merge", "--quiet", "--no-edit", `change-${index}`);
  }

  it.each([
    ["one line each", () => '{\n    "production": "v1"\n  }'],
    ["several aliases", () => '{\n    "dev": "working",\n    "production": "v1",\n    "qa": "v1"\n  }'],
  ])("that move aliases: %s", async (_what, entry) => {
    const { repository, dir } = await behindTags();
    repository.write({ "aliases.json": pointers(entry), ".gitattributes": "prompts.lock merge=union\n" });
    repository.commit();
    await mergeBranches(
      repository,
      NAMES.map((name) => `alias set ${name} production v2`),
    );
    const merged = readFileSync(path.join(dir, "aliases.json"), "utf8");
    expect(merged).toBe(pointers(entry).replaceAll('"production": "v1"', '"production": "v2"'));
    await expectGreen({ repository, dir });
  });

  it("that add an alias each", async () => {
    const { repository, dir } = await behindTags();
    repository.write({ ".gitattributes": "prompts.lock merge=union\n" });
    repository.commit();
    await mergeBranches(
      repository,
      NAMES.map((name) => `alias set ${name} staging v2`),
    );
    expect(JSON.parse(readFileSync(path.join(dir, "aliases.json"), "utf8"))).toEqual({
      alpha: { production: "v1", staging: "v2" },
      beta: { production: "v1", staging: "v2" },
    });
    await expectGreen({ repository, dir });
  });

  it("that add the first aliases of prompts in different places of the file", async () => {
    const { repository, dir } = await behindTags();
    for (const name of ["aardvark", "zebra"]) {
      repository.write({ [`prompts/${name}.md`]: `${name} {{x}}` });
      repository.commit();
      repository.tag(`${name}@v1`);
    }
    repository.write({ ".gitattributes": "prompts.lock merge=union\n" });
    repository.commit();
    await mergeBranches(repository, ["alias set aardvark production v1", "alias set zebra production v1"]);
    expect(Object.keys(JSON.parse(readFileSync(path.join(dir, "aliases.json"), "utf8")))).toEqual([
      "aardvark",
      "alpha",
      "beta",
      "zebra",
    ]);
    await expectGreen({ repository, dir });
  });
});
