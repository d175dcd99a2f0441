// How often commands start git: each process costs milliseconds, each listing of the tags grows with the repository.

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFolder, greetProject, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openRegistry } from "../src/index.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Puts a script in front of git that records the arguments of every process, and returns what was recorded since. */
function recordGit(): () => readonly string[] {
  const folder = createFolder();
  const log = path.join(folder, "log");
  const git = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  writeFileSync(path.join(folder, "git"), `#!/bin/sh\necho "$*" >> ${log}\nexec ${git} "$@"\n`);
  chmodSync(path.join(folder, "git"), 0o755);
  vi.stubEnv("PATH", `${folder}${path.delimiter}${process.env["PATH"]}`);
  vi.stubEnv("CUECARD_GIT", "native");
  onTestFinished(() => void vi.unstubAllEnvs());
  return () => {
    const calls = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
    rmSync(log, { force: true });
    return calls;
  };
}

/** How many of the processes run a command of git. */
function countOf(calls: readonly string[], command: string): number {
  return calls.filter((call) => call.split(" ").includes(command)).length;
}

/** A project with two versions of one prompt, and a change that is not released. */
function changedProject(): TestRepository {
  const repository = greetProject();
  repository.write({ "prompts/greet.md": "Dear {{name}}!\n" }).commit("Be formal");
  return repository;
}

/** Runs a command, which has to succeed, and returns the git processes that it started. */
async function processesOf(repository: TestRepository, ...args: string[]): Promise<readonly string[]> {
  const recorded = recordGit();
  const { code, stderr } = await runCommand(args, { cwd: repository.dir });
  expect([code, stderr]).toEqual([0, ""]);
  return recorded();
}

describe("git processes", () => {
  // Of a list, `rev-list` finds out which versions were merged, and `show-ref` what tags lead to: the first time only.
  it.each([
    [5, "list"],
    [4, "show greet@v1"],
    [4, "diff greet@v1 greet@v2"],
    [4, "blame greet"],
    [10, "release --yes"],
  ])("at most %i for %s", async (limit, command) => {
    const calls = await processesOf(changedProject(), ...command.split(" "));
    expect(calls.length, calls.join("\n")).toBeLessThanOrEqual(limit);
    expect([countOf(calls, "for-each-ref"), countOf(calls, "version"), countOf(calls, "cat-file")]).toEqual([1, 1, 1]);
  });

  it.each(["show greet@v1", "diff greet@v1 greet@v2", "history greet", "blame greet", "alias set greet staging v1"])(
    "list only the tags of the prompt for %s",
    async (command) => {
      const calls = await processesOf(changedProject(), ...command.split(" "));
      const listings = calls.filter((call) => call.includes("for-each-ref"));
      expect(listings.map((call) => call.split(" ").at(-1))).toEqual(["refs/tags/greet@*"]);
    },
  );

  it("at most 13 for release --push", async () => {
    const repository = changedProject();
    const remote = path.join(createFolder(), "remote.git");
    repository.git("init", "--quiet", "--bare", remote);
    repository.git("remote", "add", "origin", remote);
    repository.git("push", "--quiet", "--tags", "origin", "HEAD");
    const calls = await processesOf(repository, "release", "--push", "--yes");
    expect(calls.length, calls.join("\n")).toBeLessThanOrEqual(13);
    const commands = ["for-each-ref", "version", "cat-file", "ls-remote", "get-url"];
    expect(commands.map((command) => countOf(calls, command))).toEqual([1, 1, 1, 1, 1]);
    expect(repository.git("ls-remote", "--tags", "origin")).toContain("refs/tags/greet@v3");
  });

  it("do not read the history again if nothing has changed since a check", async () => {
    const repository = changedProject();
    expect(countOf(await processesOf(repository, "check"), "rev-list")).toBe(1);
    expect(countOf(await processesOf(repository, "check"), "rev-list")).toBe(0);
    repository.commit("Change nothing");
    expect(countOf(await processesOf(repository, "build"), "rev-list")).toBe(1);
    expect(countOf(await processesOf(repository, "list"), "rev-list")).toBe(0);
  });

  it("none for an edited text, until a ref, an alias or the lock changes", async () => {
    const repository = changedProject();
    const registry = await openRegistry({ dir: repository.dir, git: "native" });
    onTestFinished(() => registry.close());
    const recorded = recordGit();
    const check = async (text: string) => {
      const { result } = await registry.checkEdit({ file: "prompts/greet.md", text });
      const leading = new Map(result?.breaking?.map(({ version, aliases }) => [version, aliases.join(" ")]));
      return [Object.fromEntries(leading), recorded().length > 0];
    };
    expect(await check("Dear {{name}}, {{tone}}!")).toEqual([{ v1: "production staging", v2: "latest staging" }, true]);
    expect(await check("Dear {{name}}, {{mood}}!")).toEqual([
      { v1: "production staging", v2: "latest staging" },
      false,
    ]);
    repository.write("aliases.json", '{ "greet": { "beta": "v1" } }');
    expect(await check("Dear {{name}}, {{tone}}!")).toEqual([{ v1: "beta", v2: "latest" }, true]);
    repository.tag("greet@v3");
    recorded();
    expect(await check("Dear {{name}}, {{tone}}!")).toEqual([{ v1: "beta", v3: "latest" }, true]);
    expect(await check("Dear {{name}}, {{mood}}!")).toEqual([{ v1: "beta", v3: "latest" }, false]);
  });

  it("list the tags once more after a lost race", async () => {
    const repository = changedProject();
    const registry = await openRegistry({ dir: repository.dir, git: "native" });
    onTestFinished(() => registry.close());
    const recorded = recordGit();
    const { plan } = await registry.planRelease();
    if (plan === undefined) throw new Error("there is no plan");
    repository.git("tag", "greet@v3", "HEAD~1");
    recorded();
    const { result } = await registry.applyRelease(plan);
    expect(result?.released.map(({ tag, planned }) => [tag, planned])).toEqual([["greet@v4", 3]]);
    expect(countOf(recorded(), "for-each-ref")).toBe(1);
  });
});

describe("a registry that stays open", () => {
  it("sees tags, files and settings of aliases that change between two calls", async () => {
    const repository = changedProject();
    const registry = await openRegistry({ dir: repository.dir });
    onTestFinished(() => registry.close());
    const listed = async () => (await registry.list()).prompts.map(({ name, versions }) => [name, versions]);
    expect(await listed()).toEqual([["greet", [1, 2]]]);
    await registry.planRelease();
    repository.git("tag", "greet@v3");
    repository.write({ "prompts/new.md": "New\n", "aliases.json": '{ "greet": { "beta": "v3" } }\n' });
    expect(await listed()).toEqual([
      ["greet", [1, 2, 3]],
      ["new", []],
    ]);
    const { result } = await registry.applyRelease(await planOf(registry));
    expect(result?.released).toEqual([]);
    expect((await registry.list()).prompts[0]?.aliases).toEqual({ beta: "v3" });
  });
});

async function planOf(registry: Awaited<ReturnType<typeof openRegistry>>) {
  const { plan, diagnostics } = await registry.planRelease();
  if (plan === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return plan;
}
