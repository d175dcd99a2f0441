// Releases commits that lack what others have released: in a clone that is behind, on another branch, in a late job.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createFolder, createRepository, openRepository, runGit, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { gitChoices } from "./git-choices.js";
import { brief } from "./read.js";
import { apply, plan, release } from "./release-project.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const pushing = { push: "origin" };

/** A remote with the unreleased prompts a and b, and a clone of it. */
function share(): {
  readonly served: string;
  readonly first: TestRepository;
  clone(...args: string[]): TestRepository;
} {
  const served = createFolder("served.git");
  runGit(served, ["init", "--quiet", "--bare", "--initial-branch=main"]);
  const clone = (...args: string[]): TestRepository => {
    const dir = createFolder("clone");
    runGit(dir, ["clone", "--quiet", ...args, `file://${served}`, "."]);
    return openRepository(dir);
  };
  const first = clone();
  first.write("prompts/a.md", "A\n").write("prompts/b.md", "B\n").commit("Add prompts");
  first.git("push", "--quiet", "origin", "HEAD:main");
  return { served, first, clone };
}

function change(repository: TestRepository, name: string, text: string): string {
  return repository.write(`prompts/${name}.md`, text).commit(`${name}: ${text.trim()}`);
}

describe("release --push from a clone that is behind", () => {
  it("skips what only others changed, and releases what was changed here", async () => {
    const { served, first, clone } = share();
    await release(first.dir, pushing);
    const second = clone();
    change(first, "a", "A, better\n");
    expect(await release(first.dir, pushing)).toEqual(["a@v2"]);
    first.git("push", "--quiet", "origin", "HEAD:main");
    change(second, "b", "B, better\n");
    const { plan: made, diagnostics } = await plan(second.dir, pushing);
    expect(diagnostics).toEqual([]);
    expect(made).toMatchObject({
      releases: [{ tag: "b@v2" }],
      unchanged: [],
      behind: [{ name: "a", version: 2, changed: false }],
      absent: ["a@v2"],
    });
    expect((await apply(second.dir, made)).result).toMatchObject({
      released: [{ tag: "b@v2" }],
      behind: [{ name: "a", version: 2, changed: false }],
    });
    expect(runGit(served, ["tag"]).split("\n")).toEqual(["a@v1", "a@v2", "b@v1", "b@v2"]);
    // Naming it is a mistake. After the merge, there is nothing to do.
    const named = await plan(second.dir, { ...pushing, names: ["a"] });
    expect([named.plan, brief(named.diagnostics)]).toEqual([undefined, ["prompts/a.md release/behind"]]);
    second.remove("prompts.lock").git("pull", "--quiet", "--no-rebase", "origin", "main");
    const { plan: merged } = await plan(second.dir, pushing);
    expect(merged).toMatchObject({ releases: [], unchanged: [{ name: "a", version: 2 }, { name: "b" }], behind: [] });
    // Restoring old content after a merge is deliberate.
    change(second, "a", "A\n");
    expect(await release(second.dir, pushing)).toEqual(["a@v3"]);
  });

  it("notices a partial that others changed", async () => {
    const { first, clone } = share();
    first.write("prompts/_p.md", "P\n").write("prompts/a.md", "A {{> p}}\n").commit("Share");
    first.git("push", "--quiet", "origin", "HEAD:main");
    await release(first.dir, pushing);
    const second = clone();
    first.write("prompts/_p.md", "P, better\n").commit("Better");
    expect(await release(first.dir, pushing)).toEqual(["a@v2"]);
    change(second, "b", "B, better\n");
    expect(await release(second.dir, pushing)).toEqual(["b@v2"]);
  });

  it("skips what was changed on both sides, unless it is named", async () => {
    const { first, clone } = share();
    await release(first.dir, pushing);
    const second = clone();
    change(first, "a", "A, by the first\n");
    expect(await release(first.dir, pushing)).toEqual(["a@v2"]);
    change(second, "a", "A, by the second\n");
    change(second, "b", "B, better\n");
    const { plan: made, diagnostics } = await plan(second.dir, pushing);
    expect(brief(diagnostics)).toEqual(["prompts/a.md release/diverged"]);
    expect(made).toMatchObject({
      releases: [{ tag: "b@v2" }],
      behind: [{ name: "a", version: 2, changed: true }],
    });
    const named = await plan(second.dir, { ...pushing, names: ["a"] });
    expect(brief(named.diagnostics)).toEqual(["prompts.lock version/not-locked"]);
    expect(named.plan?.releases).toMatchObject([{ tag: "a@v3", notes: "a: A, by the second" }]);
    expect((await apply(second.dir, named.plan)).result?.released).toMatchObject([{ tag: "a@v3" }]);
  });

  it("takes the next number if others released between plan and push, and reports it", async () => {
    const { first, clone } = share();
    await release(first.dir, pushing);
    const second = clone();
    change(second, "a", "A, by the second\n");
    change(second, "b", "B, better\n");
    const { plan: made } = await plan(second.dir, pushing);
    expect(made?.releases.map(({ tag }) => tag)).toEqual(["a@v2", "b@v2"]);
    change(first, "a", "A, by the first\n");
    await release(first.dir, pushing);
    expect((await apply(second.dir, made)).result).toMatchObject({
      released: [{ tag: "a@v3", planned: 2 }, { tag: "b@v2" }],
      behind: [],
    });
  });

  it("treats the other side's change as merged after a squash or a cherry-pick", async () => {
    const { first } = share();
    await release(first.dir, pushing);
    first.remove("prompts.lock").git("checkout", "--quiet", "-b", "side");
    change(first, "a", "A, better\n");
    expect(await release(first.dir, pushing)).toEqual(["a@v2"]);
    first.remove("prompts.lock").git("checkout", "--quiet", "main");
    first.git("merge", "--quiet", "--squash", "side");
    first.commit("Squashed");
    expect((await plan(first.dir, pushing)).plan).toMatchObject({ releases: [], behind: [] });
    change(first, "a", "A, best\n");
    const { plan: made } = await plan(first.dir, pushing);
    expect(made?.releases).toMatchObject([{ tag: "a@v3", notes: "a: A, best" }]);
  });
});

describe.each(gitChoices)("release of a commit that is no longer the newest (%s)", (git) => {
  it("does nothing if the job of an earlier commit runs again, or late", async () => {
    const repository = createRepository();
    const commits = ["A", "A, better", "A, best"].map((text) => change(repository, "a", `${text}\n`));
    expect(await release(repository.dir, { git, commit: commits[0] })).toEqual(["a@v1"]);
    expect(await release(repository.dir, { git, commit: commits[2] })).toEqual(["a@v2"]);
    const late = await plan(repository.dir, { git, commit: commits[1] });
    expect(late.diagnostics).toEqual([]);
    expect(late.plan).toMatchObject({ releases: [], behind: [{ name: "a", version: 2, changed: false }] });
    const again = await plan(repository.dir, { git, commit: commits[0] });
    expect(again.plan?.releases).toEqual([]);
    repository.git("checkout", "--quiet", "--detach", commits[0] ?? "");
    repository.write("other.txt", "x").commit("Something else");
    expect((await plan(repository.dir, { git })).plan).toMatchObject({ releases: [], behind: [{ name: "a" }] });
  });

  it("skips what another branch released, with or without an earlier version", async () => {
    const repository = createRepository();
    repository.write("prompts/b.md", "B\n");
    change(repository, "a", "A\n");
    repository.git("checkout", "--quiet", "-b", "side");
    change(repository, "a", "A, better\n");
    expect(await release(repository.dir, { git })).toEqual(["a@v1", "b@v1"]);
    repository.git("checkout", "--quiet", "main");
    change(repository, "b", "B, better\n");
    const { plan: made } = await plan(repository.dir, { git });
    expect(made).toMatchObject({
      releases: [],
      behind: [
        { name: "a", version: 1, changed: false },
        { name: "b", version: 1, changed: true },
      ],
    });
    repository.git("merge", "--quiet", "-m", "Merge", "side");
    expect(await release(repository.dir, { git })).toEqual(["b@v2"]);
  });
});

describe("release in a shallow clone", () => {
  it("does not release content that a version has, and reports missing history", async () => {
    const { first, clone } = share();
    await release(first.dir, pushing);
    first.commit("Lock"); // Versions in the lock are not fetched.
    first.git("push", "--quiet", "origin", "HEAD:main");
    first.write("other.txt", "x").commit("Something else");
    first.git("push", "--quiet", "origin", "HEAD:main");
    const second = clone("--depth=1", "--no-tags");
    change(first, "a", "A, better\n");
    expect(await release(first.dir, pushing)).toEqual(["a@v2"]);
    change(second, "b", "B, better\n");
    const { plan: made, diagnostics } = await plan(second.dir, { ...pushing, notes: "Better" });
    expect(brief(diagnostics)).toEqual(["prompts/a.md release/unknown-age", "prompts/b.md release/unknown-history"]);
    expect(made).toMatchObject({
      releases: [{ tag: "b@v2" }],
      behind: [{ name: "a", version: 2, changed: false, unknown: true }],
    });
  });

  it("recognizes a late job by the commits of the later version", async () => {
    const { first, clone } = share();
    await release(first.dir, pushing);
    change(first, "a", "A, better\n");
    first.git("push", "--quiet", "origin", "HEAD:main");
    const late = clone("--depth=1", "--no-tags");
    change(first, "a", "A, best\n");
    expect(await release(first.dir, pushing)).toEqual(["a@v2"]);
    const { plan: made } = await plan(late.dir, { ...pushing, notes: "Late" });
    expect(made).toMatchObject({ releases: [], behind: [{ name: "a", version: 2, changed: false }] });
  });
});

describe("notes and tags in a clone that lacks commits", () => {
  it("creates its own tags and those that only the lock has, in a shallow clone without tags", async () => {
    const { served, first, clone } = share();
    await release(first.dir, pushing);
    first.commit("Lock");
    first.git("push", "--quiet", "origin", "HEAD:main");
    const second = clone("--depth=1", "--no-tags");
    change(second, "b", "B, better\n");
    const { plan: made } = await plan(second.dir, { ...pushing, notes: "Better" });
    expect(made).toMatchObject({ releases: [{ tag: "b@v2" }], absent: ["a@v1", "b@v1"] });
    const { result, diagnostics } = await apply(second.dir, made);
    expect([diagnostics, result?.lacking]).toEqual([[], []]);
    expect(second.git("tag")).toBe("a@v1\nb@v1\nb@v2");
    expect(second.git("log", "--format=%s").split("\n")).toEqual(["b: B, better", "Lock"]);
    second.git("fsck");
    // Tags of others that cannot be created do not prevent its own.
    const third = clone("--depth=1", "--no-tags");
    change(third, "b", "B, best\n");
    const { plan: planned } = await plan(third.dir, { ...pushing, names: ["b"], notes: "Best" });
    const hook = join(third.dir, ".git/hooks/reference-transaction");
    mkdirSync(dirname(hook), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\ntest "$1" != prepared || ! grep -q b@v1\n', { mode: 0o755 });
    expect(planned?.absent).toEqual(["b@v1", "b@v2"]);
    const partly = await apply(third.dir, planned);
    expect(partly.result).toMatchObject({ released: [{ tag: "b@v3" }], lacking: ["b@v1", "b@v2"] });
    expect(brief(partly.diagnostics)).toEqual(["prompts.lock release/tags-not-here"]);
    expect(third.git("tag")).toBe("b@v3");
    expect(runGit(served, ["tag"]).split("\n")).toContain("b@v3");
  });

  it("reports incomplete notes if the clone's history ends before the latest version, or the first", async () => {
    const { first, clone } = share();
    await release(first.dir, { ...pushing, names: ["a"] });
    first.commit("Lock");
    change(first, "a", "A, better\n");
    first.write("other.txt", "x").commit("Something else");
    first.git("push", "--quiet", "origin", "HEAD:main");
    const second = clone("--depth=1", "--no-tags");
    const { plan: made, diagnostics } = await plan(second.dir);
    expect([made, brief(diagnostics)]).toEqual([
      undefined,
      [
        "prompts/a.md release/shallow-notes",
        "prompts/a.md release/unknown-history",
        "prompts/b.md release/shallow-notes",
      ],
    ]);
    expect((await plan(second.dir, { notes: "Better" })).plan?.releases).toMatchObject([
      { tag: "a@v2" },
      { tag: "b@v1" },
    ]);
    second.git("fetch", "--quiet", "--unshallow", "--tags");
    const { plan: whole } = await plan(second.dir);
    expect(whole?.releases.map(({ tag, notes }) => [tag, notes])).toEqual([
      ["a@v2", "a: A, better"],
      ["b@v1", "Add prompts"],
    ]);
  });
});

describe.each(gitChoices)("release of a renamed prompt (%s)", (git) => {
  const formerNames = (text: string) => [...text.matchAll(/^renamed_from: (\S+)$/gm)].map((match) => match[1] ?? "");

  it("generates notes from both names, since the old name's latest version", async () => {
    const repository = createRepository();
    repository.write("prompts/_p.md", "P\n").commit("Old partial");
    change(repository, "old", "Hello {{> p}}\n");
    expect(await release(repository.dir, { git })).toEqual(["old@v1"]);
    change(repository, "old", "Hi {{> p}}\n");
    repository.remove("prompts/old.md").write("prompts/new.md", "renamed_from: old\nHi {{> p}}\n").commit("Rename");
    const { plan: made } = await plan(repository.dir, { git, formerNames });
    expect(made?.releases).toMatchObject([
      { tag: "new@v1", reason: { kind: "first" }, notes: "- old: Hi {{> p}}\n- Rename" },
    ]);
    const { diagnostics } = await plan(repository.dir, { git, formerNames, names: ["old"] });
    expect(diagnostics).toMatchObject([
      { code: "release/unknown-prompt", message: expect.stringContaining("it was renamed to new") },
    ]);
  });
});

describe("tags that differ", () => {
  it("reports which side agrees with prompts.lock", async () => {
    const { served, first } = share();
    await release(first.dir, pushing);
    const commit = change(first, "a", "A, better\n");
    first.git("push", "--quiet", "origin", "HEAD:main");
    first.git("tag", "-f", "a@v1", commit);
    const here = await plan(first.dir, pushing);
    expect(here.diagnostics.map(({ code }) => code).toSorted()).toEqual(["release/tag-differs", "tag/moved"]);
    for (const { hint } of here.diagnostics) expect(hint).toContain("git fetch origin +refs/tags/a@v1:refs/tags/a@v1");
    first.git("fetch", "--quiet", "origin", "+refs/tags/a@v1:refs/tags/a@v1");
    expect((await plan(first.dir, pushing)).diagnostics).toEqual([]);
    runGit(served, ["tag", "-f", "a@v1", commit]);
    const there = await plan(first.dir, pushing);
    expect(there.diagnostics).toMatchObject([{ code: "release/tag-differs" }]);
    expect(there.diagnostics[0]?.hint).toContain("git push --force origin refs/tags/a@v1");
  });
});
