// Releases within one clone, in real repositories: what is planned, what is created, and what is left alone.

import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { diagnose } from "@cuecard/model";
import { createFolder, createRepository, prepared, runGit, type TestRepository } from "@cuecard/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { gitChoices } from "./git-choices.js";
import { brief, read } from "./read.js";
import { apply, plan, readLockFile, release } from "./release-project.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

afterEach(() => void vi.unstubAllEnvs());

const createGreetings = prepared((init: readonly string[] = []): TestRepository => {
  const repository = createRepository({ init });
  repository.write("prompts/greet.md", "Hello {{> rules}}\n").write("prompts/_rules.md", "Be kind\n");
  repository.write("prompts/finance/bye.md", "Bye {{> rules}}\n").write("prompts/alone.md", "Alone\n");
  repository.commit("Add prompts");
  return repository;
});

const ALL = ["alone@v1", "finance/bye@v1", "greet@v1"];

function tagsOf(repository: TestRepository): string[] {
  return repository.git("tag").split("\n").filter(Boolean);
}

describe.each(gitChoices)("release (%s)", (git) => {
  it("creates the first version of every prompt, and locks it", async () => {
    const repository = createGreetings();
    const { plan: made, diagnostics } = await plan(repository.dir, { git });
    expect(diagnostics).toEqual([]);
    expect(made?.releases.map(({ tag, notes, reason }) => [tag, notes, reason])).toEqual(
      ALL.map((tag) => [tag, "Add prompts", { kind: "first" }]),
    );
    expect(tagsOf(repository)).toEqual([]);
    const { result, diagnostics: found } = await apply(repository.dir, made, { git });
    expect(found).toEqual([]);
    expect(result).toMatchObject({ locked: true, unchanged: [], pushed: undefined });
    expect(tagsOf(repository)).toEqual(ALL);
    const head = repository.git("rev-parse", "HEAD");
    expect(repository.git("cat-file", "-p", "finance/bye@v1").split("\n")).toEqual([
      `object ${head}`,
      "type commit",
      "tag finance/bye@v1",
      expect.stringMatching(/^tagger Ada <ada@example.com> \d+ [+-]\d{4}$/),
      "",
      "Add prompts",
    ]);
    repository.git("fsck", "--strict");
    const snapshot = await read(repository.dir, { git, frozen: true });
    expect(snapshot.lock.text).toBe(readLockFile(repository.dir));
    expect(snapshot.snapshot?.versions.map(({ digest }) => digest)).toEqual(made?.releases.map(({ digest }) => digest));
  });

  it("releases content once, regardless of the commits in between", async () => {
    const repository = createGreetings();
    expect(await release(repository.dir, { git })).toEqual(ALL);
    repository.write("other.txt", "x").commit("Something else");
    const again = await plan(repository.dir, { git });
    expect(again.plan).toMatchObject({
      releases: [],
      unchanged: [
        { name: "alone", version: 1 },
        { name: "finance/bye", version: 1 },
        { name: "greet", version: 1 },
      ],
      unlocked: [],
    });
    repository.write("prompts/alone.md", "Never alone\n").commit("Change");
    expect(await release(repository.dir, { git })).toEqual(["alone@v2"]);
    repository.write("prompts/alone.md", "Alone\n").commit("Change back");
    expect(await release(repository.dir, { git })).toEqual(["alone@v3"]);
    // The content of an earlier commit is that of v1, and the latest version has it as well.
    const first = repository.git("rev-parse", "HEAD~3");
    expect(await release(repository.dir, { git, commit: first })).toEqual([]);
  });

  it("does not release a commit's content again after that of a newer commit", async () => {
    const repository = createGreetings();
    const names = ["alone"];
    await release(repository.dir, { git, names });
    const first = repository.git("rev-parse", "HEAD");
    repository.write("prompts/alone.md", "Never alone\n").commit("Change");
    expect(await release(repository.dir, { git, names })).toEqual(["alone@v2"]);
    const { plan: again } = await plan(repository.dir, { git, names, commit: first });
    expect(again).toMatchObject({ releases: [], unchanged: [{ name: "alone", version: 1 }] });
  });

  it("releases every prompt that uses a changed partial, and gives the reason", async () => {
    const repository = createGreetings();
    await release(repository.dir, { git });
    repository.write("prompts/_rules.md", "Be very kind {{> tone}}\n").write("prompts/_tone.md", "Warm\n");
    repository.commit("Be kinder");
    const { plan: partials } = await plan(repository.dir, { git });
    const reason = { kind: "changed", prompt: false, partials: ["rules", "tone"] };
    expect(partials?.releases.map((version) => [version.tag, version.notes, version.reason])).toEqual([
      ["finance/bye@v2", "Be kinder", reason],
      ["greet@v2", "Be kinder", reason],
    ]);
    await apply(repository.dir, partials, { git });
    repository.write("prompts/finance/_rules.md", "Count\n").commit("Rules of its own");
    repository.write("prompts/finance/bye.md", "Goodbye {{> rules}}\n").commit("Longer");
    const { plan: own } = await plan(repository.dir, { git });
    expect(own?.releases.map((version) => [version.tag, version.notes, version.reason])).toEqual([
      [
        "finance/bye@v3",
        "- Rules of its own\n- Longer",
        { kind: "changed", prompt: true, partials: ["finance/rules", "rules", "tone"] },
      ],
    ]);
  });

  it("generates notes from merged branches, without those of the version before", async () => {
    const repository = createGreetings();
    repository.git("checkout", "--quiet", "-b", "side");
    repository.write("prompts/alone.md", "Alone\nOn the side\n").commit("On the side\n\nWith a body");
    repository.git("checkout", "--quiet", "main");
    repository.write("prompts/alone.md", "Here\nAlone\n").commit("Here");
    expect(await release(repository.dir, { git, names: ["alone"] })).toEqual(["alone@v1"]);
    expect(repository.git("for-each-ref", "--format=%(contents)", "refs/tags/alone@v1")).toBe("- Add prompts\n- Here");
    repository.git("merge", "--quiet", "-m", "Merge the side", "side");
    repository.write("other.txt", "x").commit("Something else");
    const { plan: merged } = await plan(repository.dir, { git, names: ["alone"] });
    expect(merged?.releases[0]?.notes).toBe("- On the side\n- Merge the side");
    const given = await plan(repository.dir, { git, names: ["alone"], notes: "Ours\r\n\n# and a heading\n" });
    expect(given.plan?.releases[0]?.notes).toBe("Ours\n\n# and a heading");
    await apply(repository.dir, given.plan, { git });
    expect((await read(repository.dir, { git })).snapshot?.versions.at(-1)?.notes).toBe("Ours\n\n# and a heading");
  });

  it("never uses a number twice, not even one of an unusable tag or line", async () => {
    const repository = createGreetings();
    await release(repository.dir, { git, names: ["alone"] });
    const [line = ""] = readLockFile(repository.dir).split("\n");
    repository.write("prompts.lock", `${line}\n${line.replace("@v1", "@v4")}\n`);
    repository.git("tag", "-d", "alone@v1");
    repository.write("prompts/alone.md", "New\n").commit("New");
    expect((await plan(repository.dir, { git, names: ["alone"] })).plan?.releases[0]?.tag).toBe("alone@v5");
    repository.git("tag", "alone@v7", "HEAD~1~0");
    repository.git("rm", "--quiet", "prompts/alone.md");
    repository.git("commit", "--quiet", "-m", "Remove");
    repository.tag("alone@v9").write("prompts/alone.md", "Again\n").commit("Again");
    expect((await plan(repository.dir, { git, names: ["alone"] })).plan?.releases[0]?.tag).toBe("alone@v10");
  });

  it.each<[string, (repository: TestRepository) => void, Parameters<typeof plan>[1], string[]]>([
    ["an unknown name", () => {}, { names: ["gret"] }, ["prompts/gret.md release/unknown-prompt"]],
    ["a path", () => {}, { names: ["../greet"] }, ["prompts/../greet.md release/unknown-prompt"]],
    ["an unknown commit", () => {}, { commit: "nowhere" }, [". release/unknown-commit"]],
    [
      "a new file",
      (repository) => repository.write("prompts/new.md", "x"),
      { names: ["new"] },
      ["prompts/new.md release/only-uncommitted"],
    ],
    [
      "edits alone",
      (repository) => repository.write("prompts/_rules.md", "x"),
      { names: ["greet"] },
      ["prompts/greet.md release/only-uncommitted"],
    ],
    [
      "a tag that was moved",
      (repository) =>
        repository.write("prompts/greet.md", "x").commit() && repository.tag("greet@v1", undefined, { force: true }),
      {},
      ["prompts.lock:3:1 tag/moved"],
    ],
    [
      "a lock with a conflict",
      (repository) => repository.write("prompts.lock", "<<<<<<< ours\n"),
      {},
      ["prompts.lock:1:1 lock/conflict-markers"],
    ],
  ])("plans nothing for %s", async (_, change, options, expected) => {
    const repository = createGreetings();
    await release(repository.dir, { git });
    change(repository);
    const planned = await plan(repository.dir, { git, ...options });
    expect(brief(planned.diagnostics)).toEqual(expected);
    expect(planned.plan).toBeUndefined();
  });

  it("reports notes that contain the first line of a signature", async () => {
    const repository = createGreetings();
    const notes = "a\n-----BEGIN SSH SIGNATURE-----\nb";
    const { plan: made, diagnostics } = await plan(repository.dir, { git, names: ["greet"], notes });
    expect([made, brief(diagnostics)]).toEqual([undefined, ["prompts/greet.md release/invalid-notes"]]);
    // Notes that were edited after planning are checked as well.
    const planned = await plan(repository.dir, { git, names: ["greet"] });
    if (planned.plan === undefined) throw new Error("no plan");
    const edited = { ...planned.plan, releases: planned.plan.releases.map((version) => ({ ...version, notes })) };
    expect(brief((await apply(repository.dir, edited, { git })).diagnostics)).toEqual([
      "prompts/greet.md release/invalid-notes",
    ]);
    expect(tagsOf(repository)).toEqual([]);
  });

  it("releases only what is committed, and reports uncommitted edits", async () => {
    const repository = createGreetings();
    repository.write("prompts/greet.md", "Edited\n").write("prompts/new.md", "New\n");
    repository.git("add", "prompts/new.md");
    const { plan: made, diagnostics } = await plan(repository.dir, { git });
    expect(brief(diagnostics)).toEqual(["prompts/greet.md release/uncommitted", "prompts/new.md release/uncommitted"]);
    await apply(repository.dir, made, { git });
    expect(tagsOf(repository)).toEqual(ALL);
    expect(repository.git("show", "greet@v1:prompts/greet.md")).toBe("Hello {{> rules}}");
    expect(repository.git("status", "--short")).toBe(" M prompts/greet.md\nA  prompts/new.md\n?? prompts.lock");
    expect(brief((await plan(repository.dir, { git, commit: "main" })).diagnostics)).toHaveLength(2);
    const before = repository.git("rev-parse", "HEAD");
    repository.commit("Everything");
    repository.write("prompts/greet.md", "Edited again\n");
    expect((await plan(repository.dir, { git, commit: before })).diagnostics).toEqual([]);
  });

  it("finds no edits in a prompt whose partials are in another folder, if another partial is edited", async () => {
    const repository = createGreetings();
    repository.write({ "prompts/team/hello.md": "{{> shared/tone}}", "prompts/shared/_tone.md": "Be kind." }).commit();
    await release(repository.dir, { git });
    repository.write("prompts/_rules.md", "Edited\n");
    const { plan: made, diagnostics } = await plan(repository.dir, { git, names: ["team/hello"] });
    expect([made?.releases, brief(diagnostics)]).toEqual([[], []]);
  });

  it("releases nothing if one prompt does not compile, and points at the commit", async () => {
    const repository = createGreetings();
    const place = { file: "prompts/greet.md" };
    const check = async () => [diagnose("template/syntax", { problem: "broken" }, place)];
    const clean = await plan(repository.dir, { git, check });
    expect([clean.plan, brief(clean.diagnostics)]).toEqual([undefined, ["prompts/greet.md template/syntax"]]);
    repository.write("prompts/greet.md", "Edited\n");
    const head = repository.git("rev-parse", "HEAD").slice(0, 12);
    expect(brief((await plan(repository.dir, { git, check })).diagnostics)).toEqual([
      "prompts/greet.md release/uncommitted",
      `prompts/greet.md@${head} template/syntax`,
    ]);
  });

  it("needs an identity, and accepts one", async () => {
    // git reads nothing else of the user if this is set.
    vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
    const home = createFolder();
    vi.stubEnv("HOME", home);
    writeFileSync(join(home, ".gitconfig"), "[user]\n\tname = Eve\n\temail = eve@example.com\n");
    mkdirSync(join(home, ".config/git"), { recursive: true });
    copyFileSync(join(home, ".gitconfig"), join(home, ".config/git/config"));
    const repository = createGreetings();
    const { plan: made } = await plan(repository.dir, { git });
    const unidentified = await apply(repository.dir, made, { git });
    expect([unidentified.result, brief(unidentified.diagnostics)]).toEqual([undefined, [". git/no-identity"]]);
    expect(tagsOf(repository)).toEqual([]);
    expect(existsSync(join(repository.dir, "prompts.lock"))).toBe(false);
    await apply(repository.dir, made, { git, identity: { name: "CI", email: "ci@example.com" } });
    expect(repository.git("for-each-ref", "--format=%(taggername) %(taggeremail)", "refs/tags/alone@v1")).toBe(
      "CI <ci@example.com>",
    );
    repository.git("config", "user.name", "Local");
    repository.git("config", "user.email", "local@example.com");
    repository.write("prompts/alone.md", "x").commit();
    await release(repository.dir, { git });
    expect(repository.git("for-each-ref", "--format=%(taggername)", "refs/tags/alone@v2")).toBe("Local");
  });

  it("works on a detached HEAD, in a worktree, in a subfolder, and with packed tags", async () => {
    const repository = createRepository();
    repository.write("apps/shop/prompts/greet.md", "Hello\n").commit("Add");
    const worktree = createFolder("worktree");
    repository.git("worktree", "add", "--quiet", "--detach", worktree);
    expect(await release(join(worktree, "apps/shop"), { git })).toEqual(["greet@v1"]);
    expect(existsSync(join(worktree, "apps/shop/prompts.lock"))).toBe(true);
    repository.git("pack-refs", "--all");
    repository.write("apps/shop/prompts/greet.md", "Hi\n").commit("Change");
    repository.git("checkout", "--quiet", "--detach");
    expect(await release(join(repository.dir, "apps/shop"), { git })).toEqual(["greet@v2"]);
    expect(tagsOf(repository)).toEqual(["greet@v1", "greet@v2"]);
  });

  it("trusts the lock in a shallow clone without tags", async () => {
    const repository = createGreetings();
    await release(repository.dir, { git });
    repository.commit("Lock");
    repository.write("prompts/greet.md", "Hi\n").commit("Change");
    const clone = createFolder("clone");
    runGit(clone, ["clone", "--quiet", "--depth=1", "--no-tags", `file://${repository.dir}`, "."]);
    const { plan: made, diagnostics } = await plan(clone, { git, notes: "Hi" });
    expect(brief(diagnostics)).toEqual(["prompts/greet.md release/unknown-history"]);
    expect(made?.releases.map(({ tag, reason }) => [tag, reason])).toEqual([["greet@v2", { kind: "differs" }]]);
    expect(made?.unchanged.map(({ name }) => name)).toEqual(["alone", "finance/bye"]);
    await apply(clone, made, { git });
    expect(
      readLockFile(clone)
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual([...ALL, "greet@v2", ""]);
  });

  it("adds missing lines of tags, and keeps the lines of other prompts", async () => {
    const repository = createGreetings();
    await release(repository.dir, { git });
    const text = readLockFile(repository.dir);
    repository.write("prompts.lock", text.split("\n").slice(1).join("\n"));
    const { plan: made } = await plan(repository.dir, { git, names: ["alone"] });
    expect(made).toMatchObject({ releases: [], unlocked: ["alone@v1"] });
    expect((await apply(repository.dir, made, { git })).result).toMatchObject({ released: [], locked: true });
    expect(readLockFile(repository.dir)).toBe(text);
  });

  it("plans again if another release in the same clone was faster", async () => {
    const repository = createGreetings();
    const { plan: first } = await plan(repository.dir, { git });
    const { plan: second } = await plan(repository.dir, { git });
    await apply(repository.dir, first, { git });
    expect((await apply(repository.dir, second, { git })).result).toMatchObject({
      released: [],
      unchanged: [{ name: "alone" }, { name: "finance/bye" }, { name: "greet" }],
    });
    repository.write("prompts/greet.md", "One\n").commit("One");
    const { plan: one } = await plan(repository.dir, { git });
    repository.write("prompts/greet.md", "Two\n").commit("Two");
    const { plan: two } = await plan(repository.dir, { git });
    const [a, b] = await Promise.all([apply(repository.dir, one, { git }), apply(repository.dir, two, { git })]);
    // The content of the earlier commit does not become a newer version.
    if (a.result?.released.length === 0)
      expect(a.result.behind).toEqual([{ name: "greet", version: 2, changed: false, planned: 2 }]);
    else expect(b.result?.released[0]).toMatchObject({ planned: 2, tag: "greet@v3" });
    expect([...(a.result?.released ?? []), ...(b.result?.released ?? [])][0]?.tag).toBe("greet@v2");
  });

  it("creates no tag if one of them cannot be created", async () => {
    const repository = createGreetings();
    const { plan: made } = await plan(repository.dir, { git });
    // A folder cannot be created in the place of a file.
    repository.git("tag", "finance");
    const { result, diagnostics } = await apply(repository.dir, made, { git });
    expect([result, brief(diagnostics)]).toEqual([undefined, [". git/refused"]]);
    expect(tagsOf(repository)).toEqual(["finance"]);
    repository.git("tag", "-d", "finance");
    mkdirSync(join(repository.dir, ".git/refs/tags"), { recursive: true });
    writeFileSync(join(repository.dir, ".git/refs/tags/greet@v1.lock"), "");
    expect(brief((await apply(repository.dir, made, { git })).diagnostics)).toEqual([". git/refused"]);
    expect(tagsOf(repository)).toEqual([]);
    expect(readdirSync(join(repository.dir, ".git")).filter((name) => name.startsWith("cuecard"))).toEqual([]);
  });
});

describe.each(gitChoices)("the tagger (%s)", (git) => {
  it("cannot add lines to the tag object", async () => {
    const repository = createGreetings();
    const identity = { name: "Ada <x>\nobject 0", email: "ada@example.com>\n\nFree text" };
    await release(repository.dir, { git, identity, names: ["greet"] });
    const [head, ...notes] = repository.git("cat-file", "tag", "greet@v1").split("\n\n");
    expect(head?.split("\n")).toHaveLength(4);
    expect(head).toMatch(/^tagger Ada xobject 0 <ada@example\.comFree text> \d+ [+-]\d{4}$/m);
    expect(notes).toHaveLength(1);
  });
});

describe("release with the git program", () => {
  it("obeys the reference-transaction hook, and shows its message", async () => {
    const repository = createGreetings();
    const { plan: made } = await plan(repository.dir);
    writeHook(repository, "reference-transaction", 'echo "tags are frozen until Monday" >&2; test "$1" != prepared');
    const { result, diagnostics } = await apply(repository.dir, made);
    expect([result, brief(diagnostics)]).toEqual([undefined, [". git/refused"]]);
    expect(diagnostics[0]?.message).toContain("tags are frozen until Monday");
    expect(tagsOf(repository)).toEqual([]);
    expect(existsSync(join(repository.dir, "prompts.lock"))).toBe(false);
    writeHook(repository, "reference-transaction", "exit 0");
    expect(await release(repository.dir)).toEqual(ALL);
  });

  it("creates no tag if prompts.lock cannot be written", async () => {
    const repository = createGreetings();
    const { plan: made } = await plan(repository.dir);
    mkdirSync(join(repository.dir, "prompts.lock"));
    const { result, diagnostics } = await apply(repository.dir, made);
    expect([result, brief(diagnostics)]).toEqual([undefined, ["prompts.lock project/not-a-file"]]);
    expect(tagsOf(repository)).toEqual([]);
  });

  // Root may write to any folder.
  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "creates no tag in a folder that is read-only",
    async () => {
      const repository = createGreetings();
      const { plan: made } = await plan(repository.dir);
      chmodSync(repository.dir, 0o555);
      try {
        const { result, diagnostics } = await apply(repository.dir, made);
        expect([result, brief(diagnostics)]).toEqual([undefined, ["prompts.lock output/failed"]]);
        expect(tagsOf(repository)).toEqual([]);
      } finally {
        chmodSync(repository.dir, 0o755);
      }
    },
  );

  it("names the tags if prompts.lock cannot be written after they were created, and the next run adds the lines", async () => {
    const repository = createGreetings();
    writeHook(repository, "reference-transaction", 'test "$1" != committed || mkdir -p prompts.lock');
    const { plan: made } = await plan(repository.dir);
    const { result, diagnostics } = await apply(repository.dir, made);
    expect(brief(diagnostics)).toEqual(["prompts.lock lock/lines-missing", "prompts.lock project/not-a-file"]);
    const missing = diagnostics.find(({ code }) => code === "lock/lines-missing");
    expect(missing?.message).toBe(
      "prompts.lock has no line for alone@v1, finance/bye@v1, greet@v1, although they were released",
    );
    expect(missing?.hint).toContain("run `cuecard lock`");
    expect([result?.released.length, result?.locked]).toEqual([3, false]);
    expect(tagsOf(repository)).toEqual(ALL);
    rmdirSync(join(repository.dir, "prompts.lock"));
    expect(await release(repository.dir)).toEqual([]);
    expect(readLockFile(repository.dir).trim().split("\n")).toHaveLength(3);
  });

  it("works with sha256 object ids", async () => {
    const repository = createGreetings(["--object-format=sha256"]);
    expect(await release(repository.dir)).toEqual(ALL);
    expect(await release(repository.dir)).toEqual([]);
  });

  it("works in a bare repository", async () => {
    const repository = createGreetings();
    const bare = createFolder("bare.git");
    runGit(bare, ["clone", "--quiet", "--bare", repository.dir, "."]);
    expect(await release(bare)).toEqual(ALL);
  });

  it("leaves signing to the git program", async () => {
    const repository = createGreetings();
    const { plan: made } = await plan(repository.dir, { git: "isomorphic" });
    expect(brief((await apply(repository.dir, made, { git: "isomorphic", sign: true })).diagnostics)).toEqual([
      ". git/needs-program",
    ]);
    const { diagnostics } = await plan(repository.dir, { git: "isomorphic", push: "origin" });
    expect(brief(diagnostics)).toEqual([". git/needs-program"]);
  });
});

function writeHook(repository: TestRepository, name: string, script: string): void {
  const file = join(repository.dir, ".git/hooks", name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
