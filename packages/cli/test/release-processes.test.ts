// `cuecard release` as a process: killed at each of its steps together with its process group (afterwards the repository is as before
// or as after, nothing holds a lock, and the next run completes), and several at once.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import path from "node:path";
import {
  copyFolder,
  createFolder,
  createProject,
  gitSettings,
  killAtStep,
  readTags,
  recordSteps,
  restoreFolder,
  spread,
  type TestRepository,
  untilQuiet,
} from "@cuecard/testing";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { CUECARD } from "./built-program.js";
import { runCommand } from "./run-command.js";

// This file starts the command many times: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PROMPTS = ["bye", "finance/greet", "greet"];

const environment = { PATH: process.env["PATH"], ...gitSettings };

afterEach(() => void vi.unstubAllEnvs());

/** Ways to release, what counts as a whole in each, and how often each is really killed. */
const WAYS = [
  { args: ["release", "--push"], git: "native", isWhole: true, kills: 4 },
  { args: ["release"], git: "native", isWhole: true, kills: 2 },
  // Without the git program, each tag is made by itself.
  { args: ["release"], git: "isomorphic", isWhole: false, kills: 2 },
] as const;

it.each(WAYS)("$args ($git) is before or after if killed at any step", { timeout: 240_000 }, async (way) => {
  const repository = createProject({ "prompts/_rules.md": "Be kind\n" });
  const { dir, git } = repository;
  const remote = createRemote(repository);
  const all = path.dirname(dir);
  for (const name of PROMPTS) repository.write({ [`prompts/${name}.md`]: `${name} {{> rules}}\n` });
  const own = path.join(dir, ".git");
  const release = () => runCommand(way.args, { cwd: dir });
  const line = [CUECARD, ...way.args];
  const program = { cwd: dir, env: { ...environment, HOME: dir, CUECARD_GIT: way.git } };
  const commitRound = (round: number) => {
    repository.write({ "prompts/_rules.md": `Be kind, round ${round}\n` });
    repository.commit(`Round ${round}`);
    return PROMPTS.map((name) => `${name}@v${round}`);
  };

  vi.stubEnv("CUECARD_GIT", way.git);
  const first = commitRound(1);
  await release();
  const made = commitRound(2);
  const whole = [...first, ...made].toSorted();
  const thereBefore = readTags(remote);
  const locked = readLock(dir);
  const before = copyFolder(all);
  const run = await recordSteps(line, all, program);

  const seen = new Set<string>();
  const check = async (isCompleted: boolean) => {
    const here = readTags(own);
    if (way.isWhole) expect([first, whole]).toContainEqual(here);
    expect([thereBefore, whole]).toContainEqual(readTags(remote));
    seen.add(here.length > first.length ? "after" : "before");
    expect([...lockFiles(own), ...lockFiles(remote)]).toEqual([]);
    const text = readLock(dir);
    for (const old of locked.split("\n")) expect(text).toContain(old);
    for (const each of text.trim().split("\n")) expect(each).toMatch(/^(?:$|\S+@v\d+ [0-9a-f]{40} sha256-\S{44})/);
    if (!isCompleted) return;

    const next = await release();
    expect([next.code, next.stderr]).toEqual([0, ""]);
    expect(readTags(own)).toEqual(whole);
    expect(readLock(dir).trim().split("\n")).toHaveLength(whole.length);
    const rules = git("rev-parse", ...["HEAD", ...made].map((commit) => `${commit}:prompts/_rules.md`)).split("\n");
    expect(new Set(rules).size).toBe(1);
    git("fsck", "--strict");
    // A run that writes again removes what the killed one left.
    if (leftovers(own).length === 0) return;
    commitRound(3);
    expect((await release()).code).toBe(0);
    expect(leftovers(own)).toEqual([]);
  };
  const completed = new Set(spread(run.states, 16));
  for (const state of run.states) {
    restoreFolder(all, state);
    await check(completed.has(state));
  }
  expect(seen).toEqual(new Set(["before", "after"]));
  for (const step of spread(run.starts.length === 0 ? run.steps : run.starts, way.kills)) {
    // A run may have some steps less: whether the embedded git writes its index again depends on the clock.
    for (let at = step, isKilled = false; !isKilled; at--) {
      expect(at).toBeGreaterThan(0);
      restoreFolder(all, before);
      isKilled = await killAtStep(line, at, program);
    }
    await untilQuiet([dir, remote]);
    await check(true);
  }
});

it.each(["here", "there"])("waits until git has finished updating the refs %s", async (where) => {
  const repository = createProject();
  const { dir, git } = repository;
  const remote = createRemote(repository);
  for (const name of PROMPTS) repository.write({ [`prompts/${name}.md`]: `${name}\n` });
  repository.commit();
  const gitDir = where === "here" ? path.join(dir, ".git") : remote;
  const hook = path.join(gitDir, "hooks/reference-transaction");
  const reached = path.join(createFolder(), "reached");
  mkdirSync(path.dirname(hook), { recursive: true });
  // Git holds all locks in this hook, which lasts until the command is dead.
  const script = `test "$1" = prepared || exit 0\ntouch ${reached}\nwhile test -e ${reached}; do sleep 0.01; done\n`;
  writeFileSync(hook, `#!/bin/sh\n${script}`, { mode: 0o755 });
  const { child, ended } = start(dir, where === "here" ? ["release"] : ["release", "--push"]);
  await vi.waitUntil(() => existsSync(reached), { timeout: 20_000, interval: 5 });
  expect(lockFiles(gitDir)).not.toEqual([]);
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await ended;
  rmSync(reached);
  await untilQuiet([dir, remote]);
  expect(lockFiles(gitDir)).toEqual([]);
  expect(git("--git-dir", gitDir, "tag").trim().split("\n")).toEqual(PROMPTS.map((name) => `${name}@v1`));
});

it("creates each version once when several processes release at the same time", async () => {
  const first = createProject({ "prompts/greet.md": "Hello\n" });
  first.commit();
  const remote = createRemote(first);
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
    await Promise.all([first, first, second, second].map(({ dir }) => start(dir, args).ended));
  }
  const tags = first.git("--git-dir", remote, "tag").trim().split("\n");
  expect(tags).toEqual(Array.from({ length: 8 }, (_, index) => `greet@v${index + 1}`));
  const texts = tags.map((tag) => first.git("--git-dir", remote, "show", `${tag}:prompts/greet.md`));
  expect(texts.toSorted()).toEqual(
    [1, 2, 3, 4].flatMap((round) => [0, 1].map((index) => `Hello, round ${round} of ${index}`)),
  );
  for (const { write } of [first, second])
    write(".gitattributes", "prompts.lock merge=union\n").commit("Commit the lines of the releases");
  for (const { dir, git, write } of [first, second]) {
    // What only the other clone has gets its line when it is merged.
    git("fetch", "--quiet", dir === first.dir ? second.dir : first.dir, "HEAD");
    git("merge", "--quiet", "--no-commit", "-X", "ours", "FETCH_HEAD");
    write("prompts/greet.md", texts.at(-1) ?? "").commit("Merge");
    expect((await runCommand(["release", "--push"], { cwd: dir })).code).toBe(0);
    expect(git("tag").trim().split("\n")).toEqual(tags);
  }
  // A union merge leaves the lines in the order in which it found them.
  const linesOf = ({ dir }: TestRepository) => readLock(dir).trim().split("\n").toSorted();
  expect(linesOf(first)).toHaveLength(tags.length);
  expect(linesOf(first)).toEqual(linesOf(second));
});

/** A bare repository beside the other, as its `origin`. */
function createRemote(repository: TestRepository): string {
  const remote = path.join(path.dirname(repository.dir), "remote.git");
  repository.git("init", "--quiet", "--bare", remote);
  repository.git("remote", "add", "origin", remote);
  return remote;
}

/** Starts the built command in a process group of its own. */
function start(
  dir: string,
  args: readonly string[],
): { readonly child: ChildProcess; readonly ended: Promise<unknown> } {
  const child = spawn(process.execPath, [CUECARD, ...args], {
    cwd: dir,
    env: { ...environment, HOME: dir, CUECARD_GIT: "native" },
    detached: true,
    stdio: "ignore",
  });
  return { child, ended: new Promise((done) => child.on("exit", done)) };
}

/** Locks that git would not take over. Cuecard's own lock is taken over from a process that has ended. */
function lockFiles(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".lock") && !file.startsWith("cuecard-"));
}

/** What Cuecard leaves in git's folder if it is killed. */
function leftovers(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("cuecard-"));
}

function readLock(dir: string): string {
  return readFileSync(path.join(dir, "prompts.lock"), "utf8");
}

it("takes git along when it is told to end while a remote does not answer", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  const connected = once(server, "connection");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const repository = createProject({ "prompts/greet.md": "Hello\n" });
  repository.commit();
  repository.git("remote", "add", "origin", `git://127.0.0.1:${port}/x.git`);
  const temporary = createFolder();
  const child = spawn(process.execPath, [CUECARD, "release", "--push", "--yes"], {
    cwd: repository.dir,
    env: { ...environment, TMPDIR: temporary },
    stdio: "ignore",
  });
  const [socket] = (await connected) as [Socket];
  const closed = once(socket, "close");
  socket.resume();
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([null, "SIGTERM"]);
  // git has ended: its connection is closed.
  await closed;
  expect(readdirSync(temporary)).toEqual([]);
});
