// Which versions count as merged, and what happens with the others: on unmerged branches, after squashes, in shallow clones.

import {
  createFolder,
  createRepository,
  openRepository,
  prepared,
  runGit,
  type TestRepository,
} from "@cuecard/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ReadOptions } from "../src/snapshot/read-snapshot.js";
import { gitChoices } from "./git-choices.js";
import { brief, lock, type OpenOptions, read } from "./read.js";
import { readLockFile, release } from "./release-project.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

afterEach(() => void vi.unstubAllEnvs());

/** greet@v1 on main, with its line in prompts.lock. The prompt has a partial. */
const greetings = prepared(async (): Promise<TestRepository> => {
  const repository = createRepository();
  repository.write({ "prompts/_p.md": "P\n", "prompts/greet.md": "One {{> p}}\n", "aliases.json": "{}\n" }).commit();
  repository.tag("greet@v1", "First");
  await lock(repository.dir);
  repository.commit("Lock");
  return repository;
});

/** {@link greetings} with greet@v2 on a branch. */
const branched = prepared(async (): Promise<TestRepository> => {
  const repository = await greetings();
  await releaseOnBranch(repository);
  return repository;
});

/** Releases greet@v2 on a branch, with its line, and returns to main. */
async function releaseOnBranch(repository: TestRepository, from = "main"): Promise<void> {
  repository.git("checkout", "--quiet", "-b", "feature", from);
  repository.write({ "prompts/greet.md": "Two {{> p}}\n" }).commit("Change");
  repository.tag("greet@v2", "Second");
  await lock(repository.dir);
  repository.commit("Lock v2");
  repository.git("checkout", "--quiet", "main");
}

const takeLine = (repository: TestRepository) => {
  repository.git("checkout", "--quiet", "feature", "--", "prompts.lock");
  return repository.write({ "aliases.json": '{ "greet": { "production": "v2" } }\n' }).commit("Promote");
};

/** What is found, and whether v2 is the latest version. */
async function judge(repository: TestRepository, options: OpenOptions & Pick<ReadOptions, "frozen" | "merged"> = {}) {
  const { snapshot, diagnostics, unknownMerges, lock: planned } = await read(repository.dir, options);
  const v2 = snapshot?.versions.find(({ version }) => version === 2);
  return {
    found: brief(diagnostics).filter((text) => text.includes("version/")),
    unmerged: v2?.unmerged ?? false,
    unknownMerges,
    adds: planned.added.map(({ version }) => version),
  };
}

const MERGED = { found: [], unmerged: false, unknownMerges: [], adds: [] };

describe.each(gitChoices)("versions that were merged, with the %s reader", (git) => {
  it.each<[how: string, merge: (repository: TestRepository) => void]>([
    ["by a merge", (r) => r.git("merge", "--quiet", "--no-ff", "-m", "Merge", "feature")],
    [
      "by a squash",
      (r) => {
        r.git("merge", "--quiet", "--squash", "feature");
        r.commit("Squash");
      },
    ],
    [
      "by a rebase onto other changes",
      (r) => {
        r.write({ "prompts/other.md": "Other\n" }).commit("Other");
        r.git("cherry-pick", "main..feature");
      },
    ],
    [
      "and reverted since",
      (r) => {
        r.git("cherry-pick", "main..feature");
        r.write({ "prompts/greet.md": "One {{> p}}\n" }).commit("Revert");
        r.write({ "prompts/_p.md": "Q\n" }).commit("Change the partial");
      },
    ],
    [
      "but not used, by a merge that kept the old text",
      (r) => {
        r.git("merge", "--quiet", "-s", "ours", "-m", "Merge", "feature");
        r.git("checkout", "--quiet", "feature", "--", "prompts.lock");
        r.commit("Lock");
      },
    ],
  ])("%s, count", async (_how, merge) => {
    const repository = await branched();
    merge(repository);
    repository.git("branch", "--quiet", "-D", "feature");
    expect(await judge(repository, { git, frozen: true })).toEqual(MERGED);
  });

  it("count on a release branch, if the settings name it", async () => {
    const repository = await branched();
    takeLine(repository);
    const branches = (pattern: string) => [{ pattern, matches: (name: string) => name === pattern }];
    expect(await judge(repository, { git, releaseBranches: branches("feature") })).toEqual(MERGED);
    const clone = createFolder("clone");
    runGit(clone, ["clone", "--quiet", repository.dir, "."]);
    expect(await judge(openRepository(clone), { git, releaseBranches: branches("feature") })).toEqual(MERGED);
    expect(await judge(repository, { git, releaseBranches: branches("absent") })).toEqual({
      ...MERGED,
      found: ["cuecard.config.json version/branch-missing"],
      unknownMerges: ["greet@v2"],
    });
  });
});

describe.each(gitChoices)("a version that was never merged, with the %s reader", (git) => {
  const finding = "prompts.lock:2:1 version/not-on-branch";

  it("is a finding if prompts.lock has it, and never the latest version", async () => {
    const repository = await branched();
    takeLine(repository);
    const unmerged = { ...MERGED, found: [finding], unmerged: true };
    const frozen = { ...unmerged, found: [`${finding}-frozen`] };
    expect([await judge(repository, { git }), await judge(repository, { git, frozen: true })]).toEqual([
      unmerged,
      frozen,
    ]);
    repository.git("tag", "-d", "greet@v2");
    repository.git("branch", "--quiet", "-D", "feature");
    expect(await judge(repository, { git, frozen: true })).toEqual(frozen);
    // Without a pointer, because it would be the latest.
    repository.write({ "aliases.json": "{}\n" });
    expect(await judge(repository, { git, frozen: true })).toEqual(frozen);
    const { snapshot } = await read(repository.dir, { git });
    expect(snapshot?.versions.map(({ version, targeted }) => [version, targeted])).toEqual([
      [1, true],
      [2, false],
    ]);
    // A retired version that nothing points at is out of use.
    repository.write("prompts.lock", readLockFile(repository.dir).replace(/("Second")/, '$1 retired "never merged"'));
    expect((await judge(repository, { git, frozen: true })).found).toEqual([]);
  });

  it("is not hidden by the dates of commits, nor by other text of the same prompt", async () => {
    const repository = await greetings();
    for (const date of ["1971-01-01T00:00:00Z", "2099-01-01T00:00:00Z"]) {
      vi.stubEnv("GIT_COMMITTER_DATE", date);
      await releaseOnBranch(repository);
      vi.stubEnv("GIT_COMMITTER_DATE", undefined);
      takeLine(repository);
      // The prompt's own text is merged, with another partial.
      repository.write({ "prompts/_p.md": "Q\n" }).commit();
      repository.write({ "prompts/greet.md": "Two {{> p}}\n" }).commit();
      expect((await judge(repository, { git })).found).toEqual([finding]);
      repository.git("reset", "--quiet", "--hard", "HEAD~3");
      repository.git("tag", "-d", "greet@v2");
      repository.git("branch", "--quiet", "-D", "feature");
    }
  });

  it("gets no line if only a tag names it, on a branch or an orphan", async () => {
    const repository = await branched();
    const left = { ...MERGED, found: ["prompts.lock version/not-locked"], unmerged: true };
    expect(await judge(repository, { git })).toEqual(left);
    repository.git("tag", "-d", "greet@v2");
    repository.git("checkout", "--quiet", "--orphan", "orphan");
    repository.write({ "prompts/greet.md": "Three {{> p}}\n" }).commit();
    repository.tag("greet@v2", "Second");
    repository.git("checkout", "--quiet", "main");
    expect(await judge(repository, { git })).toEqual(left);
    await lock(repository.dir, { git });
    expect(readLockFile(repository.dir)).not.toContain("greet@v2");
    // On the branch itself, it is a version like any other.
    repository.git("checkout", "--quiet", "orphan");
    expect((await judge(repository, { git })).adds).toEqual([2]);
  });

  it("gets no line for a text that its branch took back before the merge", async () => {
    const repository = await greetings();
    repository.git("checkout", "--quiet", "-b", "feature");
    repository.write({ "prompts/greet.md": "Two {{> p}}\n" }).commit("Change");
    repository.write({ "prompts/greet.md": "One {{> p}}\n", "notes.txt": "x\n" }).commit("Change it back");
    repository.git("checkout", "--quiet", "main");
    const merge = () => repository.git("merge", "--quiet", "--no-ff", "-m", "Merge", "feature");
    merge();
    repository.git("tag", "-a", "-m", "Second", "greet@v2", "feature~1");
    const left = { ...MERGED, found: ["prompts.lock version/not-locked"], unmerged: true };
    expect(await judge(repository, { git })).toEqual(left);
    // What was remembered on the branch does not count after the merge.
    repository.git("checkout", "--quiet", "feature~1");
    const onBranch = await read(repository.dir, { git });
    repository.git("checkout", "--quiet", "main");
    expect(await judge(repository, { git, merged: () => onBranch.merged })).toEqual(left);
    // A text that reaches main by the merge counts, at whatever commit of the branch its tag is.
    repository.git("reset", "--quiet", "--hard", "HEAD~1");
    repository.git("checkout", "--quiet", "feature");
    repository.write({ "prompts/greet.md": "Two {{> p}}\n" }).commit("Change it again");
    repository.git("checkout", "--quiet", "main");
    merge();
    expect(await judge(repository, { git })).toEqual({ ...MERGED, adds: [2] });
  });

  it("is unknown in a shallow clone", async () => {
    const repository = await branched();
    takeLine(repository);
    const clone = createFolder("clone");
    runGit(clone, ["clone", "--quiet", "--depth=1", "--no-tags", `file://${repository.dir}`, "."]);
    runGit(clone, ["fetch", "--quiet", "--depth=1", "origin", "+refs/tags/*:refs/tags/*"]);
    const judged = await judge(openRepository(clone), { git, frozen: true });
    // The content of v1 is that of the commit that is checked out.
    expect(judged).toEqual({ ...MERGED, unknownMerges: ["greet@v2"] });
  });
});

describe("release", () => {
  it("takes over no version of the remote that was never merged", async () => {
    const repository = await greetings();
    const served = createFolder("served.git");
    runGit(served, ["init", "--quiet", "--bare", "--initial-branch=main"]);
    repository.git("remote", "add", "origin", `file://${served}`);
    repository.git("push", "--quiet", "--tags", "origin", "main");
    await releaseOnBranch(repository);
    repository.git("push", "--quiet", "origin", "greet@v2");
    repository.git("tag", "-d", "greet@v2");
    repository.write({ "prompts/other.md": "Other\n" }).commit();
    expect(await release(repository.dir, { push: "origin" })).toEqual(["other@v1"]);
    expect(readLockFile(repository.dir)).not.toContain("greet@v2");
  });
});

describe("what an earlier run found out", () => {
  it("counts as long as its history does", async () => {
    const repository = await greetings();
    const first = await read(repository.dir);
    expect(first.merged?.merged).toHaveLength(1);
    await releaseOnBranch(repository);
    takeLine(repository);
    const second = await read(repository.dir, { merged: () => first.merged });
    expect([second.merged?.merged.length, second.merged?.unmerged.length]).toEqual([1, 1]);
    expect(brief((await read(repository.dir, { merged: () => second.merged })).diagnostics)).toEqual([
      "prompts.lock:2:1 version/not-on-branch",
    ]);
    // On another branch, v1 is unmerged and v2 too.
    repository.git("checkout", "--quiet", "--orphan", "bare");
    repository.git("rm", "--quiet", "-f", "prompts/greet.md", "aliases.json");
    repository.commit("Start anew");
    const third = await read(repository.dir, { merged: () => second.merged });
    expect(third.merged?.unmerged).toHaveLength(2);
  });
});
