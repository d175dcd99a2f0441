// prompts.lock under real merges: two branches release and retire, and what git makes of it is a good lock.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** `a@v1`, locked; with the attributes that `init` writes, or without. */
const lockedRepository = prepared(async (attributes: string): Promise<TestRepository> => {
  const repository = createProject({ "prompts/a.md": "A", ".gitattributes": attributes });
  repository.commit();
  repository.tag("a@v1", "First");
  await lock(repository);
  repository.commit();
  return repository;
});

async function lock(repository: TestRepository, ...args: string[]) {
  return runCommand(["lock", ...args], { cwd: repository.dir });
}

function lockText(repository: TestRepository): string {
  return readFileSync(path.join(repository.dir, "prompts.lock"), "utf8");
}

/** Marks a version as retired, as `cuecard retire` does. */
function retire(repository: TestRepository, tag: string, reason: string): void {
  const lines = lockText(repository)
    .split("\n")
    .map((line) => (line.startsWith(`${tag} `) ? `${line} retired ${JSON.stringify(reason)}` : line));
  repository.write({ "prompts.lock": lines.join("\n") });
}

async function release(repository: TestRepository, name: string): Promise<void> {
  repository.write({ [`prompts/${name}.md`]: name });
  repository.commit();
  repository.tag(`${name}@v1`);
  await lock(repository);
}

/** Both branches release; one of them retires the version that both started with. Gives whether git found a conflict. */
async function mergeBranches(repository: TestRepository): Promise<boolean> {
  repository.git("checkout", "--quiet", "-b", "ours");
  await release(repository, "b");
  retire(repository, "a@v1", "Wrong prices");
  repository.commit();
  repository.git("checkout", "--quiet", "-b", "theirs", "main");
  await release(repository, "c");
  repository.commit();
  repository.git("checkout", "--quiet", "ours");
  try {
    repository.git("merge", "--quiet", "--no-edit", "theirs");
    return false;
  } catch {
    return true;
  }
}

const shown = (repository: TestRepository) => lockText(repository).replaceAll(/ [0-9a-f]{40} sha256-\S+/g, "");
const MERGED = 'a@v1 "First" retired "Wrong prices"\nb@v1\nc@v1\n';

describe("a merge of two branches that both changed the lock", () => {
  it("results in a valid lock with the attribute that init writes", async () => {
    const repository = await lockedRepository("prompts.lock merge=union\n");
    expect(await mergeBranches(repository)).toBe(false);
    // What git put together may hold a version twice; it is read as it is, also frozen.
    const checked = await runCommand(["check", "--frozen"], { cwd: repository.dir });
    expect(checked).toMatchObject({ code: 0, stderr: "" });
    await lock(repository);
    expect(shown(repository)).toBe(MERGED);
    expect((await lock(repository, "--check")).code).toBe(0);
  });

  it.each(["merge", "diff3", "zdiff3"])("without it, is a conflict that lock resolves (%s)", async (style) => {
    const repository = await lockedRepository("");
    repository.git("config", "merge.conflictStyle", style);
    expect(await mergeBranches(repository)).toBe(true);
    expect(lockText(repository)).toContain("<<<<<<<");
    for (const args of [["check"], ["build"], ["lock", "--check"]]) {
      const refused = await runCommand(args, { cwd: repository.dir });
      expect(refused.code).toBe(1);
      expect(refused.stdout + refused.stderr).toContain("lock/conflict-markers");
    }
    const resolved = await lock(repository);
    expect(resolved).toMatchObject({ code: 0, stderr: "" });
    expect(resolved.stdout).toBe(
      "✓ prompts.lock: kept the lines of both sides of the merge\nNext: mark it as resolved: git add prompts.lock\n",
    );
    expect(shown(repository)).toBe(MERGED);
    repository.commit("Merge");
    expect((await runCommand(["check"], { cwd: repository.dir })).code).toBe(0);
  });

  it("is still a conflict if both branches released the same version", async () => {
    const repository = await lockedRepository("");
    repository.git("checkout", "--quiet", "-b", "ours");
    await release(repository, "b");
    repository.commit();
    repository.git("checkout", "--quiet", "-b", "theirs", "main");
    repository.git("tag", "-d", "b@v1");
    repository.write({ "prompts/b.md": "another" });
    repository.commit();
    repository.tag("b@v1");
    await lock(repository);
    repository.commit();
    expect(() => repository.git("merge", "--quiet", "--no-edit", "ours")).toThrow();
    const refused = await lock(repository);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("prompts.lock has two different lines for b@v1");
    expect(lockText(repository)).toContain("<<<<<<<");
  });
});
