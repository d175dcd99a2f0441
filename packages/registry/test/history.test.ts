// Reads history through the port: both adapters list the same commits as git, on random histories with merges.

import { createFolder, createRepository, runGit, type TestRepository } from "@cuecard/testing";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { openGit } from "../src/git/open-git.js";
import { readAliasMoves } from "../src/history/alias-moves.js";
import { listFileChanges, walkChanges } from "../src/history/walk-changes.js";
import { type GitChoice, gitChoices } from "./git-choices.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function changesOf(dir: string, git: GitChoice, paths: readonly string[], from = "HEAD"): Promise<string[]> {
  const { reader } = await openGit(dir, { choice: git });
  try {
    const head = await reader.resolveCommit(from);
    if (head === undefined) return [];
    const walked = await collect(walkChanges(reader, head, paths));
    // Asking git gives the same, with the same blobs.
    expect(await collect(listFileChanges(reader, head, paths))).toEqual(walked);
    return walked.map(({ commit }) => commit.oid);
  } finally {
    await reader.close();
  }
}

type Step =
  | { readonly kind: "write"; readonly file: number; readonly text: number }
  | { readonly kind: "remove"; readonly file: number }
  | { readonly kind: "branch" }
  | { readonly kind: "merge"; readonly ours: boolean };

const FILES = ["a.md", "deep/b.md", "other.txt"];
const PATHS = FILES.slice(0, 2);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("write" as const), file: fc.nat(2), text: fc.nat(2) }),
  fc.record({ kind: fc.constant("remove" as const), file: fc.nat(2) }),
  fc.constant({ kind: "branch" as const }),
  fc.record({ kind: fc.constant("merge" as const), ours: fc.boolean() }),
);

/** Commits of the test repositories share one date; here each gets a second of its own. */
function play(repository: TestRepository, steps: readonly Step[]): void {
  let seconds = Date.parse("2026-01-01T00:00:00Z") / 1000;
  const dated = (...args: string[]) => {
    const date = `@${seconds++} +0000`;
    runGit(repository.dir, args, { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
  };
  const commit = () => {
    repository.git("add", "--all");
    dated("commit", "--quiet", "--allow-empty", "-m", "A step");
  };
  commit();
  for (const action of steps) {
    if (action.kind === "branch") repository.git("checkout", "--quiet", "-B", "side");
    else if (action.kind === "merge") {
      const into = repository.git("rev-parse", "--abbrev-ref", "HEAD") === "side" ? "main" : "side";
      if (repository.git("branch", "--list", into) === "") continue;
      const current = repository.git("rev-parse", "--abbrev-ref", "HEAD");
      repository.git("checkout", "--quiet", into);
      const strategy = action.ours ? ["-s", "ours"] : ["-X", "theirs"];
      try {
        dated("merge", "--quiet", "--no-ff", "--allow-unrelated-histories", ...strategy, "-m", "A merge", current);
      } catch {
        commit(); // one side removed what the other changed: the file as it is now becomes the resolution
      }
    } else {
      const path = FILES[action.file] ?? "";
      if (action.kind === "write") repository.write(path, `text ${action.text}\n`);
      else if (repository.git("ls-files", path) === "") continue;
      else repository.remove(path);
      commit();
    }
  }
}

describe("walkChanges", () => {
  it("lists the same commits as git log, in the same order", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const repository = createRepository();
        play(repository, steps);
        for (const paths of [PATHS, ["a.md"], ["deep/b.md"]]) {
          const expected = repository
            .git("log", "--format=%H", "--", ...paths)
            .split("\n")
            .filter(Boolean);
          for (const git of gitChoices) expect(await changesOf(repository.dir, git, paths)).toEqual(expected);
        }
      }),
      { seed: 1, numRuns: 12 },
    );
  });

  it.each(gitChoices)("ends where a shallow clone ends, and reports it (%s)", async (git) => {
    const repository = createRepository();
    for (const text of ["1", "2", "3"]) repository.write("a.md", text).commit();
    const clone = createFolder("clone");
    runGit(repository.dir, ["clone", "--quiet", "--depth=2", `file://${repository.dir}`, clone]);
    const { reader } = await openGit(clone, { choice: git });
    const found: boolean[] = [];
    const head = (await reader.resolveCommit("HEAD")) ?? "";
    for await (const { truncated } of listFileChanges(reader, head, ["a.md"])) found.push(truncated);
    await reader.close();
    expect(found).toEqual([false, true]);
  });
});

describe.each(gitChoices)("resolveCommit (%s)", (git) => {
  it("follows HEAD, branches, tags of tags and ids, packed or loose, and nothing else", async () => {
    const repository = createRepository();
    expect(await resolve(repository.dir, git, ["HEAD"])).toEqual([undefined]);
    const first = repository.write("a.md", "1").commit();
    repository.tag("plain").tag("annotated", "A");
    repository.git("-c", "advice.nestedTag=false", "tag", "-a", "-m", "B", "outer", "annotated");
    repository.git("branch", "feature/one");
    const names = ["HEAD", "main", "feature/one", "refs/heads/main", "plain", "annotated", "outer", first];
    const wrong = ["nothing", "", "../HEAD", "-h", "--all", "refs/heads", "HEAD:a.md", "0".repeat(40), "main/../main"];
    const expected = [...names.map(() => first), first, ...wrong.map(() => undefined)];
    expect(await resolve(repository.dir, git, [...names, first.slice(0, 8), ...wrong])).toEqual(expected);
    repository.git("pack-refs", "--all");
    expect(await resolve(repository.dir, git, [...names, first.slice(0, 8), ...wrong])).toEqual(expected);
    repository.git("checkout", "--quiet", "--detach");
    const second = repository.write("a.md", "2").commit();
    expect(await resolve(repository.dir, git, ["HEAD", "main"])).toEqual([second, first]);
    const worktree = createFolder("worktree");
    repository.git("worktree", "add", "--quiet", "--detach", worktree, "main");
    expect(await resolve(worktree, git, ["HEAD"])).toEqual([first]);
  });
});

async function resolve(dir: string, git: GitChoice, names: readonly string[]): Promise<(string | undefined)[]> {
  const { reader } = await openGit(dir, { choice: git });
  try {
    return await Promise.all(names.map((name) => reader.resolveCommit(name)));
  } finally {
    await reader.close();
  }
}

describe.each(gitChoices)("readAliasMoves (%s)", (git) => {
  it("lists who moved which alias, without merges that change nothing", async () => {
    const repository = createRepository();
    const aliases = (text: string) => repository.write("aliases.json", `${text}\n`).commit(text);
    aliases('{ "greet": { "production": "v1" } }');
    repository.git("checkout", "--quiet", "-b", "side");
    aliases('{ "greet": { "production": "v1", "dev": "working" } }');
    repository.git("checkout", "--quiet", "main");
    repository.write("other.txt", "x").commit();
    repository.git("merge", "--quiet", "--no-ff", "-m", "Merge", "side");
    aliases('{ "greet": { "production": { "v1": 9, "v2": 1 } } }');
    aliases("{ not json");
    aliases('{ "greet": { "production": "v2" }, "constructor": { "production": "v1" } }');
    const { reader } = await openGit(repository.dir, { choice: git });
    const { moves, truncated } = await readAliasMoves(reader, (await reader.resolveCommit("HEAD")) ?? "");
    await reader.close();
    expect(truncated).toBe(false);
    const show = (target: unknown) => (target === undefined ? "-" : JSON.stringify(target));
    expect(moves.map(({ name, alias, from, to }) => `${name}@${alias} ${show(from)} ${show(to)}`)).toEqual([
      'constructor@production - {"kind":"version","version":1}',
      'greet@production - {"kind":"version","version":2}',
      'greet@production {"kind":"split","arms":[{"version":1,"weight":9},{"version":2,"weight":1}]} -',
      'greet@dev {"kind":"working"} -',
      'greet@production {"kind":"version","version":1} {"kind":"split","arms":[{"version":1,"weight":9},{"version":2,"weight":1}]}',
      'greet@dev - {"kind":"working"}',
      'greet@production - {"kind":"version","version":1}',
    ]);
    expect(moves[0]?.commit.author).toEqual({
      name: "Ada",
      email: "ada@example.com",
      date: "2026-01-01T00:00:00.000Z",
    });
  });
});
