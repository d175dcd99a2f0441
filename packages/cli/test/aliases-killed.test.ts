// `promote`, killed at random points: aliases.json is the old one or the new one, and the next run completes. Runs the built
// command.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createProject } from "@cuecard/testing";
import { expect, it } from "vitest";

const BIN = fileURLToPath(new URL("../bin/cuecard.js", import.meta.url));
const LINE = ["promote", "--all", "--from", "staging", "--to", "production"];
const KILLS = 30;

it("leaves the old pointers or the new ones, and the next run completes", { timeout: 300_000 }, async () => {
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

  /** Runs the command, and kills it when told to; gives its exit code. */
  const run = (kill?: (end: () => void) => () => void): Promise<number | null> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [BIN, ...LINE], {
        cwd: repository.dir,
        stdio: "ignore",
        env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
      });
      const done = kill?.(() => child.kill("SIGKILL"));
      child.on("error", reject);
      child.on("exit", (code) => {
        done?.();
        resolve(code);
      });
    });
  const afterTime = (milliseconds: number) => (end: () => void) => {
    const timer = setTimeout(end, milliseconds);
    return () => clearTimeout(timer);
  };
  /** As soon as the new text is being written. */
  const whenWriting = (end: () => void) => {
    const timer = setInterval(() => {
      if (leftovers().length > 0 || readFileSync(file, "utf8") !== before) end();
    }, 0);
    return () => clearInterval(timer);
  };

  writeFileSync(file, before);
  const started = performance.now();
  expect(await run()).toBe(0);
  const duration = performance.now() - started;
  expect(readFileSync(file, "utf8")).toBe(after);

  let killed = 0;
  for (let round = 0; round < KILLS; round++) {
    writeFileSync(file, before);
    const isLate = round % 3 === 0;
    const code = await run(isLate ? whenWriting : afterTime(Math.random() * duration));
    if (code === null) killed++;
    expect([before, after]).toContain(readFileSync(file, "utf8"));
    expect(await run()).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(after);
  }
  // A run that finds nothing to do writes nothing; what a killed one left is cleared by the next that writes.
  writeFileSync(file, before);
  expect(await run()).toBe(0);
  expect(leftovers()).toEqual([]);
  expect(killed).toBeGreaterThan(KILLS / 3);
  expect(existsSync(path.join(repository.dir, ".git/index.lock"))).toBe(false);
});
