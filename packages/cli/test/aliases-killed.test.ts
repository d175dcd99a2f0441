// `promote`, killed at each of its steps: aliases.json and prompts.lock are the old ones or the new ones, the lock has every line
// that the aliases need, and the next run completes. Runs the built command.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  copyFolder,
  createProject,
  gitEnvironment,
  killAtStep,
  recordSteps,
  restoreFolder,
  spread,
} from "@cuecard/testing";
import { expect, it } from "vitest";
import { CUECARD } from "./built-program.js";
import { runCommand } from "./run-command.js";

const PROMOTE = ["promote", "--all", "--from", "staging", "--to", "production"];
const KILLS = 3;

it("keeps either the old or the new pointers, and the next run completes", { timeout: 120_000 }, async () => {
  const repository = createProject();
  const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
  for (const version of [1, 2]) {
    repository.write(Object.fromEntries(names.map((name) => [`prompts/${name}.md`, `${name} ${version} {{x}}`])));
    repository.commit();
    for (const name of names) repository.tag(`${name}@v${version}`);
  }
  const lines = names.map((name) => `  "${name}": { "production": "v1", "staging": "v2" }`);
  const before = `{\n${lines.join(",\n")}\n}\n`;
  const entries = names.map((name) => `  "${name}": {\n    "production": "v2",\n    "staging": "v2"\n  }`);
  const after = `{\n${entries.join(",\n")}\n}\n`;
  const file = path.join(repository.dir, "aliases.json");
  const lockFile = path.join(repository.dir, "prompts.lock");
  const locked = () => (existsSync(lockFile) ? readFileSync(lockFile, "utf8").split("\n").length - 1 : 0);
  const leftovers = () =>
    readdirSync(repository.dir).filter((name) => /^\.(?:aliases\.json|prompts\.lock)\./.test(name));
  const program = { cwd: repository.dir, env: { PATH: process.env["PATH"], ...gitEnvironment } };

  writeFileSync(file, before);
  const copy = copyFolder(repository.dir);
  const run = await recordSteps([CUECARD, ...PROMOTE], repository.dir, program);
  expect(readFileSync(file, "utf8")).toBe(after);
  expect(locked()).toBe(names.length);

  const left = new Set<string>();
  const check = async () => {
    const text = readFileSync(file, "utf8");
    expect([before, after]).toContain(text);
    left.add(`${text === after ? "new" : "old"} aliases, ${locked()} lines`);
    expect((await runCommand(PROMOTE, { cwd: repository.dir })).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(after);
    expect(locked()).toBe(names.length);
    expect(existsSync(path.join(repository.dir, ".git/index.lock"))).toBe(false);
    // A run that finds nothing to do writes nothing; the next run that writes removes what a killed one left.
    if (leftovers().length === 0) return;
    writeFileSync(file, before);
    rmSync(lockFile);
    expect((await runCommand(PROMOTE, { cwd: repository.dir })).code).toBe(0);
    expect(leftovers()).toEqual([]);
  };
  for (const state of run.states) {
    restoreFolder(repository.dir, state);
    await check();
  }
  // The lock comes first. What a kill leaves in between is valid.
  expect(left).toEqual(new Set(["old aliases, 0 lines", "old aliases, 12 lines", "new aliases, 12 lines"]));
  for (const step of spread(run.steps, KILLS)) {
    restoreFolder(repository.dir, copy);
    expect(await killAtStep([CUECARD, ...PROMOTE], step, program)).toBe(true);
    await check();
  }
});
