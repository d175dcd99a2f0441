// `promote`, killed at each of its steps: aliases.json is the old one or the new one, and the next run completes. Runs the built
// command.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
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
import { runCommand } from "./run-command.js";

const BIN = fileURLToPath(new URL("../bin/cuecard.js", import.meta.url));
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
  const after = before.replaceAll('"production": "v1"', '"production": "v2"');
  const file = path.join(repository.dir, "aliases.json");
  const leftovers = () => readdirSync(repository.dir).filter((name) => name.startsWith(".aliases.json."));
  const program = { cwd: repository.dir, env: { PATH: process.env["PATH"], ...gitEnvironment } };

  writeFileSync(file, before);
  const copy = copyFolder(repository.dir);
  const run = await recordSteps([BIN, ...PROMOTE], repository.dir, program);
  expect(readFileSync(file, "utf8")).toBe(after);

  const left = new Set<string>();
  const check = async () => {
    const text = readFileSync(file, "utf8");
    expect([before, after]).toContain(text);
    left.add(text);
    expect((await runCommand(PROMOTE, { cwd: repository.dir })).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(after);
    expect(existsSync(path.join(repository.dir, ".git/index.lock"))).toBe(false);
    // A run that finds nothing to do writes nothing; the next run that writes removes what a killed one left.
    if (leftovers().length === 0) return;
    writeFileSync(file, before);
    expect((await runCommand(PROMOTE, { cwd: repository.dir })).code).toBe(0);
    expect(leftovers()).toEqual([]);
  };
  for (const state of run.states) {
    restoreFolder(repository.dir, state);
    await check();
  }
  expect(left).toEqual(new Set([before, after]));

  const steps = Array.from({ length: run.total }, (_, index) => index + 1);
  for (const step of spread(steps, KILLS)) {
    restoreFolder(repository.dir, copy);
    expect(await killAtStep([BIN, ...PROMOTE], step, program)).toBe(true);
    await check();
  }
});
