// Reads the history of a prompt in real repositories, with both adapters.

import { createFolder, createRepository, prepared, runGit, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type PromptHistory, readHistory } from "../src/history/read-history.js";
import { type GitChoice, gitChoices } from "./git-choices.js";
import { brief, withRepository } from "./read.js";

const DIGEST = `sha256-${"A".repeat(43)}=`;

/** Runs git with an identity, on a day in January 2026. */
function as(repository: TestRepository, who: string, day: number, ...args: string[]): void {
  const date = `2026-01-${String(day).padStart(2, "0")}T12:00:00Z`;
  runGit(repository.dir, args, {
    GIT_AUTHOR_NAME: who,
    GIT_AUTHOR_EMAIL: `${who.toLowerCase()}@example.com`,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: who,
    GIT_COMMITTER_EMAIL: `${who.toLowerCase()}@example.com`,
    GIT_COMMITTER_DATE: date,
  });
}

function commitAs(repository: TestRepository, who: string, day: number, message: string): void {
  repository.git("add", "--all");
  as(repository, who, day, "commit", "--quiet", "-m", message);
}

/** Two versions, one of them with a tag that has its own date and tagger; three moves; a rename; a removal. */
const storied = prepared((): TestRepository => {
  const repository = createRepository();
  repository.write("prompts/old.md", "Hi {{name}}");
  commitAs(repository, "Ada", 1, "First");
  as(repository, "Bob", 2, "tag", "-a", "-m", "Of Bob", "old@v1");
  repository.write("prompts/old.md", "Hello {{name}}").write("aliases.json", '{ "old": { "production": "v1" } }');
  commitAs(repository, "Ada", 3, "Second, and production");
  repository.tag("old@v2");
  repository.git("mv", "prompts/old.md", "prompts/new.md");
  repository.write("aliases.json", '{ "new": { "production": "v1" }, "other": { "dev": "working" } }');
  commitAs(repository, "Cleo", 4, "Rename");
  as(repository, "Cleo", 4, "tag", "-a", "-m", "Renamed", "new@v1");
  return repository;
});

const read = (dir: string, git: GitChoice, ...names: string[]): Promise<PromptHistory> =>
  withRepository(dir, { git }, (repository) => readHistory(repository, names, false));

const shown = ({ releases }: PromptHistory) =>
  releases.map(
    ({ name, version, date, author, tagger, notes }) =>
      `${name}@v${version} ${date?.slice(0, 10)} ${author?.name} ${tagger?.name} ${JSON.stringify(notes)}`,
  );

const moved = ({ moves }: PromptHistory) =>
  moves.map(({ name, alias, from, to, commit }) => {
    const version = (target: typeof from) => (target?.kind === "version" ? target.version : (target?.kind ?? "-"));
    return `${commit.author.date.slice(0, 10)} ${commit.author.name} ${name}@${alias} ${version(from)} ${version(to)}`;
  });

describe.each(gitChoices)("readHistory (%s)", (git) => {
  it("lists who released what and when, under every name, and how aliases moved", async () => {
    const { dir } = storied();
    const history = await read(dir, git, "new", "old");
    expect(shown(history)).toEqual([
      'new@v1 2026-01-04 Cleo Cleo "Renamed"',
      'old@v2 2026-01-03 Ada undefined ""',
      'old@v1 2026-01-02 Ada Bob "Of Bob"',
    ]);
    expect(moved(history)).toEqual([
      "2026-01-04 Cleo new@production - 1",
      "2026-01-04 Cleo old@production 1 -",
      "2026-01-03 Ada old@production - 1",
    ]);
    expect([history.removed, history.truncated]).toEqual([undefined, false]);
    expect(await read(dir, git, "old")).toMatchObject({ removed: { by: { name: "Cleo" } } });
    expect(shown(await read(dir, git, "nothing"))).toEqual([]);
  });

  it("completes the tags with the lock", async () => {
    const repository = storied();
    const commit = repository.git("rev-parse", "old@v1^{commit}");
    repository.write(
      "prompts.lock",
      `old@v1 ${commit} ${DIGEST} "Locked" retired "Wrong"\nold@v3 ${"1".repeat(40)} ${DIGEST} "Elsewhere"\n`,
    );
    repository.git("tag", "-d", "old@v1");
    const { releases } = await read(repository.dir, git, "old");
    expect(releases).toMatchObject([
      { version: 3, commit: "1".repeat(40), date: undefined, author: undefined, notes: "Elsewhere", digest: DIGEST },
      { version: 2, digest: undefined, retired: undefined },
      { version: 1, date: "2026-01-01T12:00:00.000Z", author: { name: "Ada" }, tagger: undefined, retired: "Wrong" },
    ]);
  });

  it("reports missing older moves in a shallow clone", async () => {
    const { dir } = storied();
    const clone = createFolder("clone");
    runGit(dir, ["clone", "--quiet", "--depth=1", `file://${dir}`, clone]);
    const history = await read(clone, git, "new", "old");
    expect(history.truncated).toBe(true);
    expect(moved(history)).toEqual([]);
    // A shallow clone has the tags of its commits.
    expect(shown(history)).toEqual(['new@v1 2026-01-04 Cleo Cleo "Renamed"']);
  });

  it("reads a project in a subfolder, and a repository without commits", async () => {
    const repository = createRepository();
    expect(await read(repository.dir, git, "a")).toEqual({
      releases: [],
      moves: [],
      removed: undefined,
      truncated: false,
      diagnostics: [],
    });
    repository.write("ai/prompts/a.md", "Hi").write("ai/aliases.json", '{ "a": { "dev": "working" } }');
    commitAs(repository, "Ada", 1, "First");
    repository.remove("ai/prompts/a.md");
    commitAs(repository, "Bob", 2, "Gone");
    const history = await read(`${repository.dir}/ai`, git, "a");
    expect(moved(history)).toEqual(["2026-01-01 Ada a@dev - working"]);
    expect(history.removed?.by.name).toBe("Bob");
  });
});

it("reports why a repository cannot be read, and needs no git program with the embedded reader", async () => {
  const repository = storied();
  expect(brief((await read(createFolder(), "auto", "new")).diagnostics)).toEqual([". git/not-a-repository"]);
  vi.stubEnv("PATH", "/nowhere");
  onTestFinished(() => void vi.unstubAllEnvs());
  expect((await read(repository.dir, "isomorphic", "new")).releases.length).toBeGreaterThan(0);
});

describe("partial clones", () => {
  it.each(["blob:none", "tree:0"])("have no moves of aliases whose objects are missing (%s)", async (filter) => {
    const repository = storied();
    repository.git("config", "uploadpack.allowFilter", "true");
    const clone = createFolder("clone");
    runGit(repository.dir, ["clone", "--quiet", `--filter=${filter}`, `file://${repository.dir}`, clone]);
    const history = await read(clone, "native", "new", "old");
    expect(history.truncated).toBe(true);
    expect(moved(history)).toEqual([]);
    expect(shown(history)).toHaveLength(3);
  });
});
