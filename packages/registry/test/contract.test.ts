// The contract of the git port: both adapters read the same from every kind of repository, or report why they cannot.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { createFolder, createRepository, prepared, runGit } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import type { GitChoice } from "../src/index.js";
import { brief, lock, read, versionsOf } from "./read.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A repository with a text that shares a partial, in two versions, and a prompt in a folder. */
const library = prepared((options: Parameters<typeof createRepository>[0] = {}) => {
  const repository = createRepository(options);
  repository.write("prompts/_guidelines.md", "Be exact.\n");
  repository.release("analyst", 1, "One {{> guidelines}}\n");
  repository.write("prompts/_guidelines.md", "Be very exact.\n");
  repository.release("analyst", 2, "Two {{> guidelines}}\n", "Sharper guidelines");
  repository.release("finance/forecast", 1, "Forecast\n", "First");
  return repository;
});

/** That repository and the commits of its versions. */
function createLibrary(options: Parameters<typeof createRepository>[0] = {}) {
  const repository = library(options);
  const commits = repository.git("rev-parse", ...ALL.map((tag) => `${tag}^{commit}`));
  const [first = "", second = "", nested = ""] = commits.split("\n");
  return { repository, first, second, nested };
}

const ALL = ["analyst@v1", "analyst@v2", "finance/forecast@v1"];

describe.each<GitChoice>(["native", "isomorphic"])("%s", (git) => {
  const isomorphic = git === "isomorphic";

  it("reads versions with the partials of their own commit", async () => {
    const { repository, first, second } = createLibrary();
    const result = await read(repository.dir, { git });
    expect(result.diagnostics).toEqual([]);
    expect(result.snapshot?.versions).toMatchObject([
      {
        name: "analyst",
        version: 1,
        commit: first,
        notes: "",
        path: "prompts/analyst.md",
        targeted: false,
        content: {
          prompt: { path: "prompts/analyst.md", text: "One {{> guidelines}}\n" },
          partials: [{ path: "prompts/_guidelines.md", text: "Be exact.\n" }],
        },
      },
      {
        version: 2,
        commit: second,
        notes: "Sharper guidelines",
        targeted: true,
        content: { partials: [{ text: "Be very exact.\n" }] },
      },
      { name: "finance/forecast", version: 1, notes: "First", targeted: true, content: { partials: [] } },
    ]);
    expect(result.lock).toMatchObject({ changed: true, added: [{ version: 1 }, { version: 2 }, { version: 1 }] });
  });

  it("reads packed refs, loose refs over packed ones, and packed objects", async () => {
    const { repository } = createLibrary();
    repository.git("pack-refs", "--all");
    repository.git("gc", "--quiet");
    expect(versionsOf(await read(repository.dir, { git }))).toEqual(ALL);
    const moved = repository.release("analyst", 3, "Three\n");
    repository.git("pack-refs", "--all");
    const again = repository.write("prompts/analyst.md", "Three, again\n").commit();
    repository.tag("analyst@v3", undefined, { force: true });
    expect(again).not.toBe(moved);
    const result = await read(repository.dir, { git });
    expect(result.snapshot?.versions.find(({ version }) => version === 3)?.commit).toBe(again);
  });

  it("strips signatures from notes", async () => {
    const { repository } = createLibrary();
    const key = join(createFolder(), "key");
    spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
    const sign = ["-c", "gpg.format=ssh", "-c", `user.signingkey=${key}`];
    repository.git(...sign, "tag", "-s", "-m", "Signed notes\n\nSecond paragraph", "analyst@v3");
    expect(repository.git("cat-file", "tag", "analyst@v3")).toContain("BEGIN SSH SIGNATURE");
    const result = await read(repository.dir, { git });
    expect(result.snapshot?.versions[2]?.notes).toBe("Signed notes\n\nSecond paragraph");
  });

  it("follows tags of tags", async () => {
    const { repository, second } = createLibrary();
    repository.tag("inner", "Inner", { at: second });
    repository.git("-c", "advice.nestedTag=false", "tag", "-a", "-m", "Outer", "analyst@v7", "inner");
    const result = await read(repository.dir, { git });
    expect(result.snapshot?.versions[2]).toMatchObject({ version: 7, commit: second, notes: "Outer" });
  });

  it("rejects tags that are not valid versions, each with its reason", async () => {
    const { repository } = createLibrary();
    const before = repository.git("rev-parse", "HEAD");
    repository.git("tag", "analyst@v10", "HEAD^{tree}");
    repository.git("tag", "-a", "-m", "A file", "analyst@v11", "HEAD:prompts/analyst.md");
    repository.git("symbolic-ref", "refs/tags/analyst@v12", "refs/heads/main");
    const body = `object ${before}\ntype commit\ntag other@v1\ntagger T <t@example.com> 0 +0000\n\nx\n`;
    writeFileSync(join(repository.dir, "tag.txt"), body);
    const oid = repository.git("hash-object", "-t", "tag", "-w", "tag.txt");
    repository.git("update-ref", "refs/tags/analyst@v13", oid);
    repository.git("tag", "unrelated@v1");
    repository.git("tag", "pkg@1.2.3");
    repository.git("tag", "@scope/pkg@v1");
    repository.git("tag", "analyst@v01");
    const result = await read(repository.dir, { git });
    expect(versionsOf(result)).toEqual(ALL);
    expect(brief(result.diagnostics)).toEqual([
      "prompts/analyst.md@v10 tag/not-a-commit",
      "prompts/analyst.md@v11 tag/not-a-commit",
      "prompts/analyst.md@v12 tag/not-a-commit",
      "prompts/analyst.md@v13 tag/not-a-commit",
      "prompts/unrelated.md@v1 tag/prompt-missing",
    ]);
    expect(result.diagnostics.map(({ message }) => message)).toEqual([
      "the tag analyst@v10 is not a valid version: it points at a folder, not a commit",
      "the tag analyst@v11 is not a valid version: it points at a file, not a commit",
      "the tag analyst@v12 is not a valid version: it is a symbolic ref",
      'the tag analyst@v13 is not a valid version: its tag object contains another name: "other@v1"',
      "the tag unrelated@v1 is not a valid version: its commit does not contain prompts/unrelated.md",
    ]);
    expect(result.lock.added).toHaveLength(3);
  });

  it("treats a prompt that moved between folders as two prompts", async () => {
    const repository = createRepository();
    repository.write("prompts/_shared.md", "top\n").write("prompts/team/_shared.md", "team\n");
    repository.release("greet", 1, "Hello {{> shared}}\n");
    repository.remove("prompts/greet.md");
    repository.release("team/greet", 1, "Hello {{> shared}}\n");
    const result = await read(repository.dir, { git });
    expect(result.diagnostics).toEqual([]);
    expect(result.snapshot?.versions.map(({ content }) => content?.partials)).toEqual([
      [{ path: "prompts/_shared.md", text: "top\n" }],
      [{ path: "prompts/team/_shared.md", text: "team\n" }],
    ]);
    expect(result.snapshot?.working.map(({ name }) => name)).toEqual(["team/greet"]);
  });

  it("looks partials up from the prompt's folder, even for partials in other folders", async () => {
    const repository = createRepository();
    repository.write("prompts/_tone.md", "top tone\n").write("prompts/team/_tone.md", "team tone {{> team/loop}}\n");
    repository.write("prompts/team/_loop.md", "{{> team/loop}} {{> tone}} {{> absent}}\n");
    repository.release("greet", 1, "{{> team/loop}}\n");
    repository.release("team/greet", 1, "{{> loop}}\n");
    const result = await read(repository.dir, { git });
    expect(result.snapshot?.versions.map(({ content }) => content?.partials.map(({ path }) => path))).toEqual([
      ["prompts/_tone.md", "prompts/team/_loop.md"],
      ["prompts/team/_loop.md", "prompts/team/_tone.md"],
    ]);
    expect(result.snapshot?.working.map(({ digest }) => digest)).toEqual(
      result.snapshot?.versions.map(({ digest }) => digest),
    );
  });

  it("reads from the project's folder, even in a subfolder with spaces", async () => {
    const repository = createRepository({ name: "a project" });
    repository.write("packages/the prompts/prompts/greet.md", "Hello\n").write("prompts/greet.md", "Other\n").commit();
    repository.tag("greet@v1");
    const result = await read(join(repository.dir, "packages/the prompts"), { git });
    expect(result.snapshot?.versions[0]?.content?.prompt).toEqual({ path: "prompts/greet.md", text: "Hello\n" });
  });

  it("rejects files that are not text, separately for each version", async () => {
    const { repository } = createLibrary();
    const release = (version: number, bytes: string | Uint8Array) => {
      repository.write("prompts/analyst.md", bytes).commit();
      repository.tag(`analyst@v${version}`);
    };
    release(3, Buffer.from([0xc3, 0x28]));
    release(4, "a\0b");
    release(5, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
    release(6, "x".repeat(1_000_001));
    rmSync(join(repository.dir, "prompts/analyst.md"));
    symlinkSync("_guidelines.md", join(repository.dir, "prompts/analyst.md"));
    repository.commit();
    repository.tag("analyst@v7");
    rmSync(join(repository.dir, "prompts/analyst.md"));
    repository.write("prompts/analyst.md/inside.md", "x\n").commit();
    repository.tag("analyst@v8");
    repository.remove("prompts/analyst.md");
    release(9, "\uFEFFa\r\nb\r\n");
    rmSync(join(repository.dir, "prompts/_guidelines.md"));
    symlinkSync("analyst.md", join(repository.dir, "prompts/_guidelines.md"));
    release(10, "{{> guidelines}}\n");
    const result = await read(repository.dir, { git });
    expect(versionsOf(result)).toEqual(["analyst@v1", "analyst@v2", "analyst@v9", "finance/forecast@v1"]);
    expect(result.snapshot?.versions[2]?.content?.prompt.text).toBe("a\nb\n");
    expect(result.diagnostics.map(({ file, ref, code, message }) => `${file}@${ref} ${code} ${message}`)).toEqual([
      "prompts/_guidelines.md@undefined prompt/not-a-file this is a symbolic link, not a regular file",
      "prompts/_guidelines.md@v10 prompt/not-a-file this is a symbolic link, not a regular file",
      "prompts/analyst.md@v3 prompt/not-text this file is not text: it is not valid UTF-8 (the byte 0xc3 in line 1, column 1)",
      "prompts/analyst.md@v4 prompt/not-text this file is not text: it contains a NUL byte",
      "prompts/analyst.md@v5 prompt/not-text this file is not text: it is a Git LFS pointer; keep prompts out of LFS (.gitattributes)",
      "prompts/analyst.md@v6 prompt/too-large this file has 1000001 bytes; the limit is 1000000",
      "prompts/analyst.md@v7 prompt/not-a-file this is a symbolic link, not a regular file",
      "prompts/analyst.md@v8 prompt/not-a-file this is a folder, not a regular file",
    ]);
  });

  it("reads bare repositories", async () => {
    const { repository } = createLibrary();
    const bare = join(createFolder(), "bare.git");
    runGit(repository.dir, ["clone", "--quiet", "--bare", `file://${repository.dir}`, bare]);
    const result = await read(bare, { git });
    expect(result.diagnostics).toEqual([]);
    expect(versionsOf(result)).toEqual(ALL);
  });

  it("uses the surrounding repository, not a bare one inside the checkout", async () => {
    const { repository } = createLibrary();
    repository.tag("nowhere@v1");
    const evil = join(repository.dir, "vendor");
    runGit(repository.dir, ["init", "--quiet", "--bare", evil]);
    const result = await read(evil, { git });
    expect(brief(result.diagnostics)).toEqual(expect.arrayContaining(["prompts/nowhere.md@v1 tag/prompt-missing"]));
  });

  it("reads linked worktrees", async () => {
    const { repository } = createLibrary();
    const worktree = join(createFolder(), "linked");
    repository.git("worktree", "add", "--quiet", "--detach", worktree);
    const result = await read(worktree, { git });
    expect(result.diagnostics).toEqual([]);
    expect(versionsOf(result)).toEqual(ALL);
    expect(result.snapshot?.working).toHaveLength(2);
  });

  it("reports a worktree whose repository is not there, and never takes it for an empty one", async () => {
    const { repository } = createLibrary();
    const worktree = join(createFolder(), "linked");
    repository.git("worktree", "add", "--quiet", "--detach", worktree);
    const target = join(repository.dir, ".git/worktrees/linked");
    const file = join(worktree, ".git");
    renameSync(repository.dir, `${repository.dir}-away`);
    const gone = await read(worktree, { git });
    expect(gone.snapshot).toBeUndefined();
    expect(gone.diagnostics).toMatchObject([{ code: "git/broken-link", args: { file, target } }]);
    writeFileSync(file, "not a link\n");
    expect((await read(worktree, { git })).diagnostics).toMatchObject([{ code: "git/broken-link" }]);
  });

  it.each<[name: string, commands: string[][], report: string[]]>([
    ["one folder", [["sparse-checkout", "set", "prompts/finance"]], []],
    ["no prompt", [["sparse-checkout", "set", "elsewhere"]], []],
    ["no prompt, with a sparse index", [["sparse-checkout", "set", "--cone", "--sparse-index", "elsewhere"]], []],
    [
      "a version 4 index",
      [
        ["sparse-checkout", "set", "elsewhere"],
        ["update-index", "--index-version=4"],
      ],
      [],
    ],
    // The flags are in the shared file, in the changes to it, or in both.
    [
      "a split index",
      [
        ["sparse-checkout", "set", "elsewhere"],
        ["update-index", "--split-index"],
      ],
      [],
    ],
    [
      "an index that was split before",
      [
        ["update-index", "--split-index"],
        ["sparse-checkout", "set", "elsewhere"],
      ],
      [],
    ],
    [
      "a version 4 index that was split, and a file that was removed and one that was added",
      [
        ["update-index", "--index-version=4"],
        ["update-index", "--split-index"],
        ["sparse-checkout", "set", "--no-cone", "/*", "!/prompts/finance/"],
        ["rm", "--quiet", "--cached", "--sparse", "prompts/finance/forecast.md"],
        ["reset", "--quiet"],
        ["sparse-checkout", "set", "--no-cone", "/*", "!/prompts/"],
      ],
      [],
    ],
    [
      "an untracked cache",
      [
        ["sparse-checkout", "set", "elsewhere"],
        ["update-index", "--force-untracked-cache"],
      ],
      [],
    ],
    ["all but a partial", [["sparse-checkout", "set", "--no-cone", "/*", "!_*.md"]], []],
    ["a flag on one file", [["update-index", "--skip-worktree", "prompts/analyst.md"]], []],
    ["no aliases.json", [["sparse-checkout", "set", "--no-cone", "/prompts/"]], ["aliases.json git/not-checked-out"]],
  ])("reads a sparse checkout with %s as if it were whole", async (name, commands, expected) => {
    const { repository } = createLibrary();
    repository.write(
      "aliases.json",
      '{ "analyst": { "dev": "working" }, "finance/forecast": { "production": "v1" } }\n',
    );
    repository
      .write("prompts/analyst.scores.jsonl", '{ "version": "v1", "metric": "accuracy", "value": 1 }\n')
      .commit();
    const whole = await read(repository.dir, { git });
    expect(whole.diagnostics).toEqual([]);
    for (const command of commands) repository.git(...command);
    if (name === "a flag on one file") rmSync(join(repository.dir, "prompts/analyst.md"));
    expect(repository.git("status", "--porcelain")).toBe("");
    const sparse = await read(repository.dir, { git });
    expect(brief(sparse.diagnostics)).toEqual(expected);
    if (expected.length === 0) expect(sparse.snapshot).toEqual(whole.snapshot);
    else expect(sparse.snapshot?.working).toEqual(whole.snapshot?.working);
  });

  it("reports an object whose bytes do not have its id", async () => {
    const { repository, first } = createLibrary();
    const oid = repository.git("rev-parse", `${first}:prompts/analyst.md`);
    const file = join(repository.dir, ".git/objects", oid.slice(0, 2), oid.slice(2));
    rmSync(file);
    writeFileSync(file, deflateSync("blob 5\0Three"));
    const result = await read(repository.dir, { git });
    expect(result.snapshot).toBeUndefined();
    expect(result.diagnostics).toMatchObject([{ code: "git/failed" }]);
    expect(result.diagnostics[0]?.message).toContain(oid);
  });

  it("reports a submodule in the prompts folder, checked out or not", async () => {
    const { repository } = createLibrary();
    const other = createRepository().write("shared.md", "Shared\n");
    other.commit();
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.dir, "prompts/library");
    repository.commit();
    const expected = ["prompts/library prompt/not-a-file"];
    const result = await read(repository.dir, { git });
    expect(brief(result.diagnostics)).toEqual(expected);
    expect(result.snapshot?.workingNames).not.toContain("library/shared");
    repository.git("submodule", "--quiet", "deinit", "--force", "prompts/library");
    expect(brief((await read(repository.dir, { git })).diagnostics)).toEqual(expected);
  });

  it("reads what a shallow clone has, and reports that the rest is missing because it is shallow", async () => {
    const { repository, first } = createLibrary();
    await lock(repository.dir);
    repository.commit("The lock");
    const clone = join(createFolder(), "shallow");
    runGit(repository.dir, ["clone", "--quiet", "--depth=1", "--no-tags", `file://${repository.dir}`, clone]);
    const result = await read(clone, { git });
    expect(versionsOf(result)).toEqual([]);
    expect(brief(result.diagnostics)).toEqual([
      "prompts.lock:1:1 lock/commit-missing",
      "prompts.lock:2:1 lock/commit-missing",
      "prompts.lock:3:1 lock/commit-missing",
    ]);
    expect(result.diagnostics[0]).toMatchObject({
      message: `analyst@v1 is locked to commit ${first.slice(0, 12)}, which this clone does not have`,
      hint: "run `cuecard build --fetch`, which fetches these commits, or `git fetch --tags --unshallow` (in GitHub Actions: `fetch-depth: 0`)",
    });
    runGit(clone, ["fetch", "--quiet", "--tags", "--depth=1"]);
    expect(versionsOf(await read(clone, { git }))).toEqual(ALL);
  });

  it("reads the same bytes from the lock in a clone without tags", async () => {
    const { repository } = createLibrary();
    const original = await lock(repository.dir);
    repository.commit("The lock");
    const clone = join(createFolder(), "no-tags");
    runGit(repository.dir, ["clone", "--quiet", "--no-tags", `file://${repository.dir}`, clone]);
    const result = await read(clone, { git, frozen: true });
    expect(result.snapshot).toEqual(original.snapshot);
    expect(result.lock).toMatchObject({ changed: false, added: [], resolved: false });
  });

  it("fetches nothing in a partial clone, and names the remedy", async () => {
    const { repository } = createLibrary();
    repository.git("config", "uploadpack.allowFilter", "true");
    const clone = join(createFolder(), "partial");
    runGit(repository.dir, ["clone", "--quiet", "--filter=blob:none", `file://${repository.dir}`, clone]);
    renameSync(repository.dir, `${repository.dir}-away`); // a fetch would fail, and could hang on a network
    const result = await read(clone, { git });
    // The checkout fetched what HEAD needs: the newest texts.
    expect(versionsOf(result)).toEqual(["analyst@v2", "finance/forecast@v1"]);
    expect(brief(result.diagnostics)).toEqual(["prompts/analyst.md@v1 tag/object-missing"]);
    expect(result.diagnostics[0]?.hint).toBe(
      "run `git fetch --tags --refetch` to get objects that a partial clone left out",
    );
  });

  it("fetches what a partial clone left out in one batch, if that is allowed", async () => {
    const { repository } = createLibrary();
    repository.git("config", "uploadpack.allowFilter", "true");
    repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
    const whole = await read(repository.dir, { git });
    for (const filter of ["blob:none", "tree:0"]) {
      const clone = join(createFolder(), "partial");
      const url = `file://${repository.dir}`;
      runGit(repository.dir, ["clone", "--quiet", "--no-checkout", `--filter=${filter}`, url, clone]);
      runGit(clone, ["sparse-checkout", "set", "elsewhere"]);
      runGit(clone, ["checkout", "--quiet", "main"]);
      const fetches: number[] = [];
      const result = await read(clone, { git, onFetch: (objects) => fetches.push(objects) });
      if (isomorphic) {
        expect(fetches).toEqual([]);
        continue;
      }
      expect(result.diagnostics).toEqual([]);
      expect(result.snapshot).toEqual(whole.snapshot);
      // One for the files that the checkout lacks, and one for versions; without trees, another for their folders.
      expect(fetches.length).toBe(filter === "tree:0" ? 3 : 2);
      expect((await read(clone, { git })).snapshot).toEqual(whole.snapshot);
    }
  });

  it("says why a partial clone cannot fetch", async () => {
    const { repository } = createLibrary();
    repository.git("config", "uploadpack.allowFilter", "true");
    const clone = join(createFolder(), "partial");
    runGit(repository.dir, ["clone", "--quiet", "--filter=blob:none", `file://${repository.dir}`, clone]);
    renameSync(repository.dir, `${repository.dir}-away`);
    const fetches: number[] = [];
    const result = await read(clone, { git, onFetch: (objects) => fetches.push(objects) });
    expect(brief(result.diagnostics)).toEqual(["prompts/analyst.md@v1 tag/object-missing"]);
    if (!isomorphic) expect(result.diagnostics[0]?.hint).toContain("fetching it failed: ");
    expect(fetches.length).toBe(isomorphic ? 0 : 1);
  });

  it("reports a missing object at the version's line in the lock", async () => {
    const { repository } = createLibrary();
    await lock(repository.dir);
    repository.commit("The lock");
    repository.git("config", "uploadpack.allowFilter", "true");
    const clone = join(createFolder(), "partial");
    runGit(repository.dir, ["clone", "--quiet", "--filter=blob:none", `file://${repository.dir}`, clone]);
    renameSync(repository.dir, `${repository.dir}-away`);
    const result = await read(clone, { git });
    expect(brief(result.diagnostics)).toEqual(["prompts.lock:1:1 tag/object-missing"]);
  });

  it("reads objects from alternates, or reports that it cannot", async () => {
    const { repository } = createLibrary();
    const clone = join(createFolder(), "shared");
    runGit(repository.dir, ["clone", "--quiet", "--shared", repository.dir, clone]);
    const result = await read(clone, { git });
    if (isomorphic) expectUnsupported(result, "objects borrowed from another repository (alternates)");
    else expect(versionsOf(result)).toEqual(ALL);
  });

  it("reads sha256 repositories, or reports that it cannot", async () => {
    const { repository, first } = createLibrary({ init: ["--object-format=sha256"] });
    expect(first).toHaveLength(64);
    const result = await lock(repository.dir, { git });
    if (isomorphic) expectUnsupported(result, "sha256 object ids");
    else {
      expect(versionsOf(result)).toEqual(ALL);
      expect((await read(repository.dir, { git })).lock.changed).toBe(false);
    }
  });

  it("never mistakes a repository with another ref storage for an empty one", async () => {
    const { repository } = createLibrary();
    repository.git("config", "core.repositoryFormatVersion", "1");
    repository.git("config", "extensions.refStorage", "reftable");
    const result = await read(repository.dir, { git });
    expect(result.snapshot).toBeUndefined();
    expect(result.diagnostics).toHaveLength(1);
    if (isomorphic) expectUnsupported(result, "reftable ref storage");
    else expect(result.diagnostics[0]?.code).toMatch(/^git\/(?:unsupported|failed)$/);
  });

  const reftable = spawnSync("git", ["init", "--ref-format=reftable", join(createFolder(), "probe")]).status === 0;
  it.skipIf(!reftable)("reads reftable repositories, or reports that it cannot", async () => {
    const { repository } = createLibrary({ init: ["--ref-format=reftable"] });
    const result = await read(repository.dir, { git });
    if (isomorphic) expectUnsupported(result, "reftable ref storage");
    else expect(versionsOf(result)).toEqual(ALL);
  });

  it("reads a repository without commits, and reports a missing one", async () => {
    const repository = createRepository();
    repository.write("prompts/draft.md", "A draft\n");
    const empty = await read(repository.dir, { git });
    expect(empty.diagnostics).toEqual([]);
    expect(empty.snapshot).toMatchObject({ versions: [], working: [{ name: "draft" }] });
    expect(empty.lock).toEqual({ before: "", text: "", changed: false, added: [], resolved: false });

    const folder = createFolder();
    const none = await read(folder, { git });
    expect(none.snapshot).toBeUndefined();
    expect(none.diagnostics).toMatchObject([
      { code: "git/not-a-repository", hint: "run `git init`, or pass the project's folder with `--cwd`" },
    ]);
    expect(brief((await read(join(folder, "absent"), { git })).diagnostics)).toEqual([". git/not-a-repository"]);
  });

  it("ignores replace refs and inherited GIT_ variables", async () => {
    const { repository, first, second } = createLibrary();
    repository.git("replace", first, second);
    const other = createRepository();
    process.env["GIT_DIR"] = join(other.dir, ".git");
    try {
      const result = await read(repository.dir, { git });
      expect(result.snapshot?.versions[0]?.content?.prompt.text).toBe("One {{> guidelines}}\n");
    } finally {
      delete process.env["GIT_DIR"];
    }
  });

  it("reports a tag whose object is missing or whose ref is broken", async () => {
    const { repository } = createLibrary();
    const gone = "1234567890123456789012345678901234567890";
    writeFileSync(join(repository.dir, ".git/refs/tags/analyst@v4"), `${gone}\n`);
    writeFileSync(join(repository.dir, ".git/refs/tags/analyst@v5"), "no id at all\n");
    writeFileSync(join(repository.dir, ".git/refs/tags/analyst@v6.lock"), gone);
    const result = await read(repository.dir, { git });
    expect(versionsOf(result)).toEqual(ALL);
    expect(brief(result.diagnostics)).toEqual([
      "prompts/analyst.md@v4 tag/object-missing",
      "prompts/analyst.md@v5 tag/not-a-commit",
    ]);
  });

  it("reads no objects of known versions, and only content that is needed", async () => {
    const { repository } = createLibrary();
    const cold = await lock(repository.dir, { git });
    repository.git("pack-refs", "--all");
    renameSync(join(repository.dir, ".git/objects"), join(repository.dir, ".git/objects-away"));
    runGit(repository.dir, ["init", "--quiet"]);
    const known = new Map(cold.snapshot?.versions.map((version) => [version.commit, version.digest]));
    const progress: string[] = [];
    const warm = await read(repository.dir, {
      git,
      knownDigest: ({ commit }) => known.get(commit),
      needsContent: () => false,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    });
    if (isomorphic) {
      expect(warm.diagnostics).toEqual([]);
      expect(warm.snapshot?.versions).toEqual(cold.snapshot?.versions.map((v) => ({ ...v, content: undefined })));
      expect(progress).toEqual(["1/3", "2/3", "3/3"]);
    }
    rmSync(join(repository.dir, ".git/objects"), { recursive: true });
    renameSync(join(repository.dir, ".git/objects-away"), join(repository.dir, ".git/objects"));
    const asked: unknown[] = [];
    const partly = await read(repository.dir, {
      git,
      knownDigest: ({ commit }) => known.get(commit),
      needsContent: (version) => {
        asked.push([version.name, version.version, version.targeted]);
        return version.targeted;
      },
    });
    expect(asked).toEqual([
      ["analyst", 1, false],
      ["analyst", 2, true],
      ["finance/forecast", 1, true],
    ]);
    expect(partly.snapshot?.versions).toEqual(
      cold.snapshot?.versions.map((version) => (version.targeted ? version : { ...version, content: undefined })),
    );
  });

  it("ignores a cache that contradicts the lock", async () => {
    const { repository } = createLibrary();
    const cold = await lock(repository.dir, { git });
    const warm = await read(repository.dir, { git, knownDigest: () => "sha256-wrong", needsContent: () => false });
    expect(warm.diagnostics).toEqual([]);
    expect(warm.snapshot?.versions.map(({ digest }) => digest)).toEqual(
      cold.snapshot?.versions.map(({ digest }) => digest),
    );
  });

  it("writes nothing", async () => {
    const { repository } = createLibrary();
    const before = readFileSync(join(repository.dir, ".git/index"));
    await read(repository.dir, { git });
    expect(readFileSync(join(repository.dir, ".git/index")).equals(before)).toBe(true);
    expect(existsSync(join(repository.dir, "prompts.lock"))).toBe(false);
  });
});

function expectUnsupported(result: Awaited<ReturnType<typeof read>>, feature: string): void {
  expect(result.snapshot).toBeUndefined();
  expect(result.diagnostics).toMatchObject([
    {
      code: "git/unsupported",
      message: `this repository uses ${feature}, which the isomorphic git reader does not support`,
      hint: "install git, and set `git` in cuecard.config.json (or CUECARD_GIT, which overrides it) to `native`",
    },
  ]);
}

describe("auto", () => {
  it("reads the same through both adapters", async () => {
    const { repository } = createLibrary();
    const native = await read(repository.dir, { git: "native" });
    expect(await read(repository.dir, { git: "isomorphic" })).toEqual(native);
    expect(await read(repository.dir)).toEqual(native);
  });

  it("works without the git program, unless the program is required", async () => {
    const { repository } = createLibrary();
    const path = process.env["PATH"];
    process.env["PATH"] = createFolder();
    try {
      expect(versionsOf(await read(repository.dir, { git: "auto" }))).toEqual(ALL);
      expect(brief((await read(repository.dir, { git: "native" })).diagnostics)).toEqual([". git/not-installed"]);
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("reports a repository of another user", async () => {
    const { repository } = createLibrary();
    spawnSync("chown", ["-R", "12345", repository.dir]);
    if (process.getuid?.() !== 0) return; // only root can give files away
    const result = await read(repository.dir, { git: "native" });
    expect(brief(result.diagnostics)).toEqual([". git/dubious-ownership"]);
  });
});
