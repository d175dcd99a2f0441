// Commands that write files of the project, killed at each of their steps: the next run completes, and the result is the same
// as without the kill. (`release`, `promote`, `register` and `build` have tests of their own, for what they write to git and to the
// package; `alias set` and `lock` write as `promote` does.)

import { lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  copyFolder,
  createFolder,
  createProject,
  gitEnvironment,
  killAtStep,
  recordSteps,
  restoreFolder,
  spread,
} from "@cuecard/testing";
import { describe, expect, it } from "vitest";
import { CUECARD } from "./built-program.js";
import { runCommand } from "./run-command.js";

const KILLS = 2;

/** The texts of the project's files, by path. */
function textsIn(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter(
    (file) => !/^(?:\.git|node_modules)(?:\/|$)/.test(file) && lstatSync(path.join(dir, file)).isFile(),
  );
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(path.join(dir, file), "utf8")]));
}

function released(): string {
  const repository = createProject({ "prompts/greet.md": "Hi {{name}}", "aliases.json": "{}\n" });
  repository.commit("First");
  repository.identify();
  repository.tag("greet@v1");
  return repository.dir;
}

describe.each<[args: string[], make: () => string]>([
  [["init", "--yes"], () => createFolder("project")],
  [["score", "greet@v1", "--metric", "accuracy=0.9", "--dataset", "d", "--date", "2026-11-29"], released],
  [["retire", "greet@v1", "--reason", "It shouts", "--yes"], released],
])("%j", (args, make) => {
  it("completes in the next run", { timeout: 120_000 }, async () => {
    const dir = make();
    const program = { cwd: dir, env: { PATH: process.env["PATH"], HOME: dir, ...gitEnvironment } };
    const copy = copyFolder(dir);
    const run = await recordSteps([CUECARD, ...args], dir, program);
    const whole = textsIn(dir);
    const check = async () => {
      const { code, stderr } = await runCommand(args, { cwd: dir, env: gitEnvironment });
      expect([code, stderr]).toEqual([0, expect.anything()]);
      expect(textsIn(dir)).toEqual(whole);
    };
    for (const state of run.states) {
      restoreFolder(dir, state);
      await check();
    }
    for (const step of spread(run.steps, KILLS)) {
      restoreFolder(dir, copy);
      expect(await killAtStep([CUECARD, ...args], step, program)).toBe(true);
      await check();
    }
  });
});

/** Saves two edited texts, as `cuecard dev` does: of a file that is there, and of a new one. */
const SAVE = `
import { openRegistry } from ${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)};
const registry = await openRegistry({ dir: process.cwd() });
for (const file of ["prompts/greet.md", "prompts/a/new.md"]) {
  const { result } = await registry.editSource(file);
  await registry.saveEdit({ file, text: "New {{name}}", digest: result.digest });
}
registry.close();
`;

it("an edited text is saved as a whole or not at all", { timeout: 120_000 }, async () => {
  const dir = released();
  const program = { cwd: dir, env: { PATH: process.env["PATH"], HOME: dir, ...gitEnvironment } };
  const script = path.join(createFolder(), "save.mjs");
  writeFileSync(script, SAVE);
  const run = await recordSteps([script], dir, program);
  const whole = textsIn(dir);
  expect(whole).toMatchObject({ "prompts/greet.md": "New {{name}}", "prompts/a/new.md": "New {{name}}" });
  const seen = new Set<string>();
  for (const state of run.states) {
    const { "prompts/greet.md": greet = "missing", "prompts/a/new.md": created = "" } = textsIn(state);
    seen.add(`${greet} ${created}`);
    restoreFolder(dir, state);
    expect(await killAtStep([script], Number.MAX_SAFE_INTEGER, program)).toBe(false);
    expect(textsIn(dir)).toEqual(whole);
  }
  expect([...seen]).toEqual(["Hi {{name}} ", "New {{name}} ", "New {{name}} New {{name}}"]);
});
