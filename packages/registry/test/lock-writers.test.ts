// Several processes change prompts.lock at the same time: none undoes the changes of another.

import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { createRepository, type TestRepository } from "@cuecard/testing";
import { describe, expect, it } from "vitest";
import { saveLock, saveRetirement } from "../src/index.js";
import { brief, lock, read } from "./read.js";
import { apply, plan, readLockFile } from "./release-project.js";

async function createGreetings(): Promise<TestRepository> {
  const repository = createRepository();
  repository.release("greet", 1, "Hello\n");
  repository.release("greet", 2, "Hi\n", "Shorter");
  await lock(repository.dir);
  return repository;
}

/** Retires a version that has a line. */
async function retire({ dir }: TestRepository, version: number) {
  const digest = readLockFile(dir).match(new RegExp(`^greet@v${version} \\S+ (\\S+)`, "m"))?.[1] ?? "";
  return saveRetirement(dir, (await read(dir)).lock, [{ name: "greet", version, digest }], "It shouts");
}

const tagsIn = ({ dir }: TestRepository) => [...readLockFile(dir).matchAll(/^(\S+@v\d+) /gm)].map(([, tag]) => tag);
const retiredIn = ({ dir }: TestRepository) =>
  [...readLockFile(dir).matchAll(/^(\S+) .* retired "/gm)].map(([, tag]) => tag);

describe("an update that was planned before another process wrote", () => {
  it("keeps a retirement from in between, and adds its own lines", async () => {
    const repository = await createGreetings();
    repository.release("hi", 1, "Hi\n");
    const reading = await read(repository.dir);
    await retire(repository, 1);
    expect(await saveLock(repository.dir, reading.lock)).toBeUndefined();
    expect(tagsIn(repository)).toEqual(["greet@v1", "greet@v2", "hi@v1"]);
    expect(retiredIn(repository)).toEqual(["greet@v1"]);
  });

  it("keeps added lines, and does not restore removed ones", async () => {
    const repository = await createGreetings();
    repository.release("hi", 1, "Hi\n");
    const early = await read(repository.dir);
    repository.release("hi", 2, "Hi there\n");
    await lock(repository.dir);
    const text = readLockFile(repository.dir).replace(/^greet@v2 .*\n/m, "");
    writeFileSync(join(repository.dir, "prompts.lock"), text);
    expect(await saveLock(repository.dir, early.lock)).toBeUndefined();
    expect(readLockFile(repository.dir)).toBe(text);
  });

  it("does not touch a file that now has conflict markers", async () => {
    const repository = await createGreetings();
    repository.release("hi", 1, "Hi\n");
    const reading = await read(repository.dir);
    const text = `<<<<<<< ours\n${readLockFile(repository.dir)}=======\n>>>>>>> theirs\n`;
    writeFileSync(join(repository.dir, "prompts.lock"), text);
    const problem = await saveLock(repository.dir, reading.lock);
    expect(brief(problem === undefined ? [] : [problem])).toEqual(["prompts.lock:1:1 lock/conflict-markers"]);
    expect(readLockFile(repository.dir)).toBe(text);
  });

  it("does not retire a version whose line has changed", async () => {
    const repository = await createGreetings();
    const before = readLockFile(repository.dir);
    const problem = await saveRetirement(
      repository.dir,
      (await read(repository.dir)).lock,
      [{ name: "greet", version: 1, digest: "sha256-other" }],
      "Old",
    );
    expect(problem?.code).toBe("retire/unknown-version");
    expect(readLockFile(repository.dir)).toBe(before);
  });
});

describe("two processes at once", () => {
  it.each([1, 2, 3])("releases and retires (%i)", async () => {
    const repository = await createGreetings();
    for (const name of ["hi", "bye"]) repository.write(`prompts/${name}.md`, `${name}\n`);
    repository.commit("Add");
    const made = await Promise.all(["hi", "bye"].map((name) => plan(repository.dir, { names: [name] })));
    const [first, second, ...problems] = await Promise.all([
      ...made.map((planned) => apply(repository.dir, planned.plan)),
      retire(repository, 1),
      retire(repository, 2),
    ]);
    expect([first, second]).toMatchObject([{ diagnostics: [] }, { diagnostics: [] }]);
    expect(problems).toEqual([undefined, undefined]);
    expect(tagsIn(repository)).toEqual(["bye@v1", "greet@v1", "greet@v2", "hi@v1"]);
    expect(retiredIn(repository)).toEqual(["greet@v1", "greet@v2"]);
  });
});

describe("a lock that another process left behind", () => {
  it.each([
    ["a process that has ended", `999999999 ${hostname()} a`, 0],
    ["another machine that has sent no heartbeat for long", "1 elsewhere a", 3600],
  ])("is taken over from %s", async (_, owner, age) => {
    const repository = await createGreetings();
    const file = join(repository.dir, ".git/cuecard-prompts.lock");
    writeFileSync(file, owner);
    const then = Date.now() / 1000 - age;
    utimesSync(file, then, then);
    // Both find it stale at the same time, and neither breaks the new lock of the other.
    expect(await Promise.all([1, 2].map((version) => retire(repository, version)))).toEqual([undefined, undefined]);
    expect(retiredIn(repository)).toEqual(["greet@v1", "greet@v2"]);
    expect(readdirSync(join(repository.dir, ".git")).filter((name) => name.startsWith("cuecard"))).toEqual([]);
  });
});

it("leaves no temporary file beside a file that cannot be written", async () => {
  const repository = createRepository();
  repository.release("greet", 1, "Hello\n");
  const reading = await read(repository.dir);
  mkdirSync(join(repository.dir, "prompts.lock"));
  expect((await saveLock(repository.dir, reading.lock))?.code).toBe("project/not-a-file");
  expect(readdirSync(repository.dir).filter((name) => name.startsWith(".prompts"))).toEqual([]);
});
