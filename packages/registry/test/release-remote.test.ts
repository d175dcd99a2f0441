// Pushes releases to a folder, to `git daemon` and to `git http-backend`, from several clones at the same time.

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createFolder, createRepository, openRepository, runGit, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type ServedRepository, serveRepository, transports } from "./git-servers.js";
import { brief, lock } from "./read.js";
import { apply, plan, readLockFile, release } from "./release-project.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Shared {
  readonly served: ServedRepository;
  readonly first: TestRepository;
  /** A new clone of the remote. */
  clone(): TestRepository;
  /** The remote's tags, sorted. */
  tags(): string[];
}

async function share(transport: (typeof transports)[number] = "path"): Promise<Shared> {
  const served = await serveRepository(transport);
  onTestFinished(() => served.close());
  const first = createRepository();
  first.write("prompts/greet.md", "Hello\n").write("prompts/bye.md", "Bye\n").commit("Add prompts");
  first.git("remote", "add", "origin", served.url);
  runGit(first.dir, ["push", "--quiet", served.dir, "main"]);
  return {
    served,
    first,
    clone() {
      const dir = createFolder("clone");
      runGit(dir, ["clone", "--quiet", served.dir, "."]);
      runGit(dir, ["remote", "set-url", "origin", served.url]);
      return openRepository(dir);
    },
    tags: () => runGit(served.dir, ["tag"]).split("\n").filter(Boolean),
  };
}

const pushing = { push: "origin" };

describe.each(transports)("two clones that release the same prompt at once (%s)", (transport) => {
  // Both kinds of rounds. One clone always comes second, so that each round is a race; more rounds repeat it.
  const rounds = transport === "path" ? 6 : 3;

  it(`lose no version and duplicate none, in ${rounds} rounds`, { timeout: 240_000 }, async () => {
    const { served, first, clone } = await share(transport);
    const clones = [first, clone()];
    // The same tag by the same person in the same second would be the same object, and no race.
    const people = ["Ada", "Grace"].map((name) => ({ name, email: `${name}@example.com` }));
    const contents: string[] = [];
    let late = 0;
    for (let round = 0; round < rounds; round++) {
      // In every third round, both have the same content.
      const texts = clones.map((_, index) => `Hello, round ${round}${round % 3 === 0 ? "" : `, from ${index}`}\n`);
      contents.push(...new Set(texts));
      for (const [index, repository] of clones.entries())
        repository.write("prompts/greet.md", texts[index] ?? "").commit(`Round ${round}`);
      const plans = await Promise.all(clones.map(({ dir }) => plan(dir, { ...pushing, names: ["greet"] })));
      const results = await Promise.all(
        clones.map(({ dir }, index) => apply(dir, plans[index]?.plan, { identity: people[index] })),
      );
      const found = [...plans, ...results].flatMap(({ diagnostics }) => diagnostics);
      // What only the other clone has is not merged here.
      expect(found.filter(({ code }) => code !== "version/not-locked")).toEqual([]);
      const released = results.flatMap(({ result }) => result?.released ?? []);
      expect(released).toHaveLength(new Set(texts).size);
      late += results.filter(
        ({ result }) => result?.released.length === 0 || result?.released.some(({ planned }) => planned !== undefined),
      ).length;
    }
    expect(late).toBe(rounds); // In each round, one clone comes second.
    const tags = Array.from(contents, (_, index) => `greet@v${index + 1}`);
    const texts = tags.map((tag) => `${runGit(served.dir, ["show", `${tag}:prompts/greet.md`])}\n`);
    expect(texts.toSorted()).toEqual(contents.toSorted());
    expect(runGit(served.dir, ["tag"]).split("\n").toSorted()).toEqual(tags.toSorted());
    const locks: string[] = [];
    for (const repository of clones)
      repository.write(".gitattributes", "prompts.lock merge=union\n").commit("Commit the lines of the releases");
    for (const [index, { dir }] of clones.entries()) {
      runGit(dir, ["fetch", "--quiet", clones[1 - index]?.dir ?? "", "HEAD"]);
      runGit(dir, ["merge", "--quiet", "-X", "ours", "-m", "Merge", "FETCH_HEAD"]);
      // Not through the server: this process is the server, and it waits for git here.
      runGit(dir, ["fetch", "--quiet", "--tags", served.dir]);
      const { diagnostics } = await lock(dir);
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      locks.push(readLockFile(dir));
    }
    expect(locks[0]).toBe(locks[1]);
    expect(locks[0]?.trim().split("\n")).toHaveLength(contents.length);
    runGit(served.dir, ["fsck", "--strict"]);
  });
});

describe("release --push", () => {
  it("pushes all tags, including those of earlier releases without --push", async () => {
    const { first, tags } = await share();
    expect(await release(first.dir, { names: ["bye"] })).toEqual(["bye@v1"]);
    const { plan: made } = await plan(first.dir, pushing);
    expect(made).toMatchObject({ releases: [{ tag: "greet@v1" }], unpushed: ["bye@v1"], absent: [] });
    await apply(first.dir, made);
    expect(tags()).toEqual(["bye@v1", "greet@v1"]);
    expect((await plan(first.dir, pushing)).plan).toMatchObject({
      releases: [],
      unpushed: [],
      absent: [],
      unlocked: [],
    });
  });

  it("takes over versions that others released, for the named prompts only", async () => {
    const { first, clone } = await share();
    const second = clone();
    await release(first.dir, pushing);
    expect(await release(second.dir, { ...pushing, names: ["bye"] })).toEqual([]);
    expect(second.git("tag")).toBe("bye@v1");
    second.write("prompts/greet.md", "Hi\n").commit("Shorter");
    const { plan: made } = await plan(second.dir, { ...pushing, names: ["greet"] });
    expect(made).toMatchObject({
      releases: [{ tag: "greet@v2", notes: "Shorter", reason: { kind: "changed", prompt: true } }],
      absent: ["greet@v1"],
    });
    // A plan changes no ref.
    expect(second.git("tag")).toBe("bye@v1");
    await apply(second.dir, made);
    expect(second.git("tag")).toBe("bye@v1\ngreet@v1\ngreet@v2");
    expect(readLockFile(second.dir)).toContain("greet@v1 ");
  });

  it("works in partial and shallow clones", async () => {
    const { first, served } = await share();
    runGit(served.dir, ["config", "uploadpack.allowFilter", "true"]);
    await release(first.dir, pushing);
    for (const kind of ["--filter=blob:none", "--depth=1"]) {
      const dir = createFolder("clone");
      runGit(dir, ["clone", "--quiet", "--no-tags", kind, `file://${served.dir}`, "."]);
      const repository = openRepository(dir);
      expect(await release(dir, pushing)).toEqual([]);
      repository.write("prompts/greet.md", `Changed with ${kind}\n`).commit(kind);
      expect(await release(dir, pushing)).toHaveLength(1);
      repository.git("push", "--quiet", "origin", "main");
    }
    expect(runGit(served.dir, ["tag"]).split("\n")).toEqual(["bye@v1", "greet@v1", "greet@v2", "greet@v3"]);
  });

  it.each<[string, string, string]>([
    ["pre-push", "of this clone", "first"],
    ["pre-receive", "of the remote", "remote"],
    ["update", "of the remote", "remote"],
    ["reference-transaction", "of the remote", "remote"],
  ])("changes nothing when the hook %s %s says no, and shows its words", async (hook, _, where) => {
    const { first, served, tags } = await share();
    const { plan: made } = await plan(first.dir, pushing);
    const refuse =
      hook === "update" ? 'test "$1" = refs/tags/bye@v1' : hook.startsWith("ref") ? 'test "$1" != prepared' : "false";
    writeHook(where === "first" ? join(first.dir, ".git") : served.dir, hook, `echo "not on Fridays" >&2; ${refuse}`);
    const { result, diagnostics } = await apply(first.dir, made);
    expect([result, brief(diagnostics)]).toEqual([undefined, [". git/push-refused"]]);
    expect(diagnostics[0]?.message).toContain("not on Fridays");
    expect([tags(), first.git("tag")]).toEqual([[], ""]);
    writeHook(where === "first" ? join(first.dir, ".git") : served.dir, hook, "exit 0");
    expect(await release(first.dir, pushing)).toEqual(["bye@v1", "greet@v1"]);
  });

  it("keeps what was pushed if a hook forbids the tags in this clone, and reports it", async () => {
    const { first, tags } = await share();
    writeHook(join(first.dir, ".git"), "reference-transaction", 'echo "not here" >&2; test "$1" != prepared');
    const { plan: made } = await plan(first.dir, pushing);
    const { result, diagnostics } = await apply(first.dir, made);
    expect(brief(diagnostics)).toEqual(["prompts.lock release/tags-not-here"]);
    expect(diagnostics[0]?.message).toContain("not here");
    expect(result).toMatchObject({ released: [{ tag: "bye@v1" }, { tag: "greet@v1" }], locked: true });
    expect([tags(), first.git("tag")]).toEqual([["bye@v1", "greet@v1"], ""]);
    const locked = readLockFile(first.dir);
    writeHook(join(first.dir, ".git"), "reference-transaction", "exit 0");
    expect(await release(first.dir, pushing)).toEqual([]);
    expect(first.git("tag")).toBe("bye@v1\ngreet@v1");
    expect(readLockFile(first.dir)).toBe(locked);
  });

  it.each(["daemon", "http"] as const)("reports a remote that is read-only (%s)", async (transport) => {
    const { first, served } = await share(transport);
    // Without receive-pack, http-backend answers 403; the daemon reads the repository's settings.
    runGit(served.dir, ["config", transport === "http" ? "http.receivepack" : "daemon.receivepack", "false"]);
    const { plan: made } = await plan(first.dir, pushing);
    const { result, diagnostics } = await apply(first.dir, made);
    expect([result, brief(diagnostics)]).toEqual([undefined, [". git/push-refused"]]);
    expect(first.git("tag")).toBe("");
  });

  it.each([
    ["an unknown remote", "nowhere"],
    ["a folder that does not exist", "/nonexistent/remote.git"],
    ["a closed port", "http://127.0.0.1:9/remote.git"],
    ["a name that looks like an option", "--upload-pack=touch /tmp/cuecard-was-here"],
  ])("says that %s cannot be reached", async (_, push) => {
    const { first } = await share();
    const { plan: made, diagnostics } = await plan(first.dir, { push });
    expect([made, brief(diagnostics)]).toEqual([undefined, [". git/remote-failed"]]);
  });

  it("reports a tag that differs on the remote", async () => {
    const { first, clone, served } = await share();
    const second = clone();
    await release(first.dir, pushing);
    second.write("prompts/greet.md", "Hi\n").commit("Shorter");
    expect(await release(second.dir, { names: ["greet"] })).toEqual(["greet@v1"]);
    expect(brief((await plan(second.dir, pushing)).diagnostics)).toEqual(["prompts.lock release/tag-differs"]);
    // What the hint suggests.
    second.git("tag", "-d", "greet@v1");
    second.remove("prompts.lock");
    expect(await release(second.dir, pushing)).toEqual(["greet@v2"]);
    first.write("other.txt", "x").commit("Something else");
    first.git("push", "--quiet", "origin", "main");
    runGit(served.dir, ["tag", "-f", "greet@v1", "main"]);
    expect(brief((await plan(first.dir, pushing)).diagnostics)).toEqual(["prompts.lock release/tag-differs"]);
  });

  it("restores a tag that was deleted on the remote", async () => {
    const { first, served, tags } = await share();
    await release(first.dir, pushing);
    runGit(served.dir, ["tag", "-d", "greet@v1"]);
    const { plan: made } = await plan(first.dir, pushing);
    expect(made).toMatchObject({ releases: [], unpushed: ["greet@v1"] });
    await apply(first.dir, made);
    expect(tags()).toEqual(["bye@v1", "greet@v1"]);
  });
});

function writeHook(gitDir: string, name: string, script: string): void {
  const file = join(gitDir, "hooks", name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
