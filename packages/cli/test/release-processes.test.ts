// `cuecard release` as a process: killed at random moments together with its process group (afterwards the repository is as
// before or as after, nothing holds a lock, and the next run completes), and several at once.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createProject, createProjectFolder } from "@cuecard/testing";
import { beforeEach, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

const CUECARD = fileURLToPath(new URL("../bin/cuecard.js", import.meta.url));
const KILLS = 40;
const PROMPTS = ["bye", "finance/greet", "greet"];

const environment = {
  PATH: process.env["PATH"],
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.com",
};

beforeEach(() => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return () => vi.unstubAllEnvs();
});

/** Ways to release, and what counts as one step in each. */
const WAYS = [
  { args: ["release", "--push"], git: "native", isWhole: true },
  { args: ["release"], git: "native", isWhole: true },
  { args: ["release", "--push"], git: "native", isWhole: true },
  // Without the git program, each tag is made by itself.
  { args: ["release"], git: "isomorphic", isWhole: false },
] as const;

it(`is before or after, whenever it is killed (${KILLS} times)`, { timeout: 300_000 }, async () => {
  const repository = createProject({ "prompts/_rules.md": "Be kind\n" });
  const { dir, git } = repository;
  const remote = path.join(createProjectFolder(), "remote.git");
  git("init", "--quiet", "--bare", remote);
  git("remote", "add", "origin", remote);
  for (const name of PROMPTS) repository.write({ [`prompts/${name}.md`]: `${name} {{> rules}}\n` });
  repository.commit();
  const tagsIn = (folder: string) => git("--git-dir", folder, "tag").split("\n").filter(Boolean);
  const own = path.join(dir, ".git");
  const spent = new Map<string, number>();
  const outcomes = { before: 0, after: 0 };

  for (let round = 1; round <= KILLS + WAYS.length; round++) {
    const way = WAYS[round % WAYS.length] ?? WAYS[0];
    const key = `${way.args.join(" ")} ${way.git}`;
    const locked = round === 1 ? "" : readFileSync(path.join(dir, "prompts.lock"), "utf8");
    repository.write({ "prompts/_rules.md": `Be kind, round ${round}\n` });
    repository.commit(`Round ${round}`);
    const before = { here: tagsIn(own), there: tagsIn(remote) };
    const made = PROMPTS.map((name) => `${name}@v${round}`);
    const whole = [...before.here, ...made].toSorted();

    // The first time of each way it is let go on, which tells how long it takes.
    const usual = spent.get(key);
    const began = performance.now();
    await runAndKill(dir, way.args, way.git, usual === undefined ? undefined : usual * (0.25 + Math.random() * 0.8));
    if (usual === undefined) spent.set(key, performance.now() - began);
    await untilQuiet([dir, remote]);

    const after = { here: tagsIn(own), there: tagsIn(remote) };
    const isOneOf = (tags: readonly string[], earlier: readonly string[]) =>
      expect([earlier.toSorted(), whole]).toContainEqual(tags.toSorted());
    if (way.isWhole) isOneOf(after.here, before.here);
    isOneOf(after.there, before.there);
    outcomes[after.here.length > before.here.length ? "after" : "before"]++;
    expect([...lockFiles(own), ...lockFiles(remote)]).toEqual([]);
    const text = round === 1 && !after.here.includes("greet@v1") ? "" : readLock(dir);
    for (const line of locked.split("\n")) expect(text).toContain(line);
    for (const line of text.trim().split("\n")) expect(line).toMatch(/^(?:$|\S+@v\d+ [0-9a-f]{40} sha256-\S{44})/);

    vi.stubEnv("CUECARD_GIT", way.git);
    const next = await runCommand(way.args, { cwd: dir });
    expect([next.code, next.stderr]).toEqual([0, ""]);
    expect(tagsIn(own).toSorted()).toEqual(whole);
    expect(readLock(dir).trim().split("\n")).toHaveLength(whole.length);
    for (const tag of made) expect(git("show", `${tag}:prompts/_rules.md`)).toBe(`Be kind, round ${round}`);
  }
  git("fsck", "--strict");
  // Were one of them never met, the moments would be badly chosen.
  expect(Math.min(outcomes.before, outcomes.after)).toBeGreaterThan(3);
});

it.each(["here", "there"])("lets git finish what it is doing to the refs %s", async (where) => {
  const repository = createProject();
  const { dir, git } = repository;
  const remote = path.join(createProjectFolder(), "remote.git");
  git("init", "--quiet", "--bare", remote);
  git("remote", "add", "origin", remote);
  for (const name of PROMPTS) repository.write({ [`prompts/${name}.md`]: `${name}\n` });
  repository.commit();
  const gitDir = where === "here" ? path.join(dir, ".git") : remote;
  const hook = path.join(gitDir, "hooks/reference-transaction");
  const reached = path.join(createProjectFolder(), "reached");
  mkdirSync(path.dirname(hook), { recursive: true });
  // All locks are held now.
  writeFileSync(hook, `#!/bin/sh\ntest "$1" = prepared || exit 0\ntouch ${reached}\nsleep 0.5\n`, { mode: 0o755 });
  const args = where === "here" ? ["release"] : ["release", "--push"];
  await runAndKill(dir, args, "native", async () => {
    while (!existsSync(reached)) await new Promise((done) => setTimeout(done, 5));
    expect(lockFiles(gitDir)).not.toEqual([]);
  });
  await untilQuiet([dir, remote]);
  expect(lockFiles(gitDir)).toEqual([]);
  expect(git("--git-dir", gitDir, "tag").trim().split("\n")).toEqual(PROMPTS.map((name) => `${name}@v1`));
});

it("makes each version once when several processes release at once", async () => {
  const first = createProject({ "prompts/greet.md": "Hello\n" });
  first.commit();
  const remote = path.join(createProjectFolder(), "remote.git");
  first.git("init", "--quiet", "--bare", remote);
  first.git("remote", "add", "origin", remote);
  const second = createProject();
  second.git("fetch", "--quiet", first.dir, "main");
  second.git("reset", "--quiet", "--hard", "FETCH_HEAD");
  second.git("remote", "add", "origin", remote);
  for (let round = 1; round <= 4; round++) {
    for (const [index, { write, commit }] of [first, second].entries()) {
      write({ "prompts/greet.md": `Hello, round ${round} of ${index}` });
      commit();
    }
    // Twice in each clone: of these, one finds nothing left to do. By name, since both sides changed it.
    const args = ["release", "greet", "--push"];
    await Promise.all([first, first, second, second].map(({ dir }) => runAndKill(dir, args, "native", undefined)));
  }
  const tags = first.git("--git-dir", remote, "tag").trim().split("\n");
  expect(tags).toEqual(Array.from({ length: 8 }, (_, index) => `greet@v${index + 1}`));
  const texts = tags.map((tag) => first.git("--git-dir", remote, "show", `${tag}:prompts/greet.md`));
  expect(texts.toSorted()).toEqual(
    [1, 2, 3, 4].flatMap((round) => [0, 1].map((index) => `Hello, round ${round} of ${index}`)),
  );
  for (const { dir, git } of [first, second]) {
    expect((await runCommand(["release", "--push"], { cwd: dir })).code).toBe(0);
    expect(git("tag").trim().split("\n")).toEqual(tags);
  }
  expect(readLock(first.dir)).toBe(readLock(second.dir));
});

/** @param moment Milliseconds from the start, or what to wait for; `undefined` lets it end. */
async function runAndKill(
  dir: string,
  args: readonly string[],
  choice: string,
  moment: number | (() => Promise<void>) | undefined,
): Promise<void> {
  const child = spawn(process.execPath, [CUECARD, ...args], {
    cwd: dir,
    env: { ...environment, HOME: dir, TMPDIR: createProjectFolder(), CUECARD_GIT: choice },
    detached: true,
    stdio: "ignore",
  });
  const ended = new Promise((done) => child.on("exit", done));
  const { pid } = child;
  if (moment === undefined || pid === undefined) return void (await ended);
  const waited = typeof moment === "number" ? new Promise((done) => setTimeout(done, moment)) : moment();
  await Promise.race([ended, waited]);
  if (child.exitCode === null) process.kill(-pid, "SIGKILL");
  await ended;
}

/** Waits until no process works in these folders any more: what goes on without its parent. */
async function untilQuiet(folders: readonly string[]): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    if (!listProcesses().some((text) => folders.some((folder) => text.includes(folder)))) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error("a process goes on and on");
}

/** Folder and command line of every process but this one and its threads. */
function listProcesses(): string[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return ids.flatMap((id) => {
    try {
      return [`${readlinkSync(`/proc/${id}/cwd`)} ${readFileSync(`/proc/${id}/cmdline`, "utf8")}`];
    } catch {
      return []; // It has ended.
    }
  });
}

function lockFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".lock") || path.basename(file).startsWith("cuecard-ref"),
  );
}

function readLock(dir: string): string {
  return readFileSync(path.join(dir, "prompts.lock"), "utf8");
}
