// The cache costs time only: whatever state it is in, `check`, `build` and every question give the same results as without it.

import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, type TestRepository } from "@cuecard/testing";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { openRegistry, type Registry } from "../src/index.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const CACHE = "node_modules/.cache/cuecard";
const DIST = "packages/prompts/dist";

function makeProject(): TestRepository {
  const repository = createProject({
    "prompts/greet.md": "Hello {{name}}! {{> tone}}",
    "prompts/bill.md": "---\noutput: { schema: { total: number } }\n---\nSum up {{bill}}.",
    "prompts/_tone.md": "Be kind.",
    "aliases.json": '{ "greet": { "production": "v1" } }\n',
  });
  repository.commit("First");
  return repository.tag("greet@v1").tag("bill@v1").identify();
}

function filesIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function readIfPresent(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** One after the other, half of them at each step. */
const QUESTIONS: readonly ((registry: Registry) => Promise<unknown>)[] = [
  (registry) => registry.list(),
  (registry) => registry.search("text LIKE '%ind%' AND name LIKE 'gr%'"),
  (registry) => registry.search({ name: "greet", allVersions: true }),
  (registry) => registry.search({ alias: "production" }),
  (registry) => registry.aliases(),
  (registry) => registry.load("greet@production"),
  (registry) => registry.history("greet"),
  (registry) => registry.compare("greet@v1", "greet@working"),
  async (registry) => (await registry.planAliases({ kind: "set", name: "greet", alias: "beta", to: "v1" })).plan?.edits,
];

/** @param twice The second time, what was read for the first is in the cache. */
async function answers({ dir }: TestRepository, turn: number, twice: boolean): Promise<unknown> {
  const registry = await openRegistry({ dir });
  try {
    const asked = QUESTIONS.filter((_, index) => (index + turn) % 2 === 0);
    const ask = async () => {
      const said: unknown[] = [];
      for (const question of asked) said.push(await question(registry));
      return said;
    };
    const first = await ask();
    if (twice) expect(await ask()).toEqual(first);
    return first;
  } finally {
    registry.close();
  }
}

/** What the commands print, and what they write. */
async function results(repository: TestRepository, turn: number, twice = false): Promise<unknown> {
  const { dir } = repository;
  const said: unknown[] = [await answers(repository, turn, twice)];
  let isBuilt = false;
  for (const args of [["check", "--format", "json"], ["build"], ["render", "greet@v1", "--var", "name=Ada"]]) {
    const { code, stdout } = await runCommand(args, { cwd: dir });
    expect([0, 1], `${args}`).toContain(code);
    said.push([code, args[0] === "build" ? undefined : stdout]);
    // Otherwise, the package of an earlier build stays.
    isBuilt ||= args[0] === "build" && code === 0;
  }
  const dist = path.join(dir, DIST);
  return [said, (isBuilt ? filesIn(dist) : []).map((file) => [path.relative(dist, file), readFileSync(file, "utf8")])];
}

/** An attacker or an accident: both change the cache's files, and not git's folder. */
type Damage = (files: readonly string[], random: number) => void;

const flip: Damage = (files, random) => {
  const file = files[random % files.length];
  if (file === undefined) return;
  const bytes = readFileSync(file);
  const at = random % Math.max(1, bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (random % 8));
  writeFileSync(file, bytes);
};
const rewrite =
  (from: string, to: string): Damage =>
  (files) => {
    for (const file of files) {
      const text = readFileSync(file, "latin1");
      writeFileSync(file, text.replaceAll(from, to), "latin1");
    }
  };
const damages: Readonly<Record<string, Damage>> = {
  none: () => {},
  flip,
  "another text": rewrite("Hello ", "EVIL! "),
  "no findings": rewrite('"diagnostics":[{', '"diagnostics":[],"x":[{'),
  "merged by hand": rewrite("-greet@", "+greet@"),
  "another answer": rewrite('"latest":1', '"latest":7'),
  cut: (files, random) => {
    for (const file of files) writeFileSync(file, readFileSync(file).subarray(0, random % 500));
  },
  removed: (files, random) => {
    const file = files[random % files.length];
    if (file !== undefined) rmSync(file);
  },
};

it("gives the same results whatever state the cache is in", async () => {
  const repository = makeProject();
  const stranger = makeProject();
  stranger.write("prompts/greet.md", "EVIL! {{name}}").commit("Other");
  stranger.tag("greet@v2");
  await results(stranger, 0);
  const earlier = createFolder();
  const cache = path.join(repository.dir, CACHE);
  const first = repository.git("rev-parse", "HEAD").trim();
  let edited = 0;
  let released = 1;
  const edits: Readonly<Record<string, () => unknown>> = {
    none: () => {},
    edit: () => repository.write("prompts/greet.md", `Hello {{name}}! ${++edited} {{> tone}}`),
    break: () => repository.write("prompts/bill.md", "Sum up {{bill"),
    repair: () => repository.write("prompts/bill.md", "Sum up {{bill}}."),
    partial: () => repository.write("prompts/_tone.md", "Be brief. {{undeclared"),
    "repair the partial": () => repository.write("prompts/_tone.md", "Be brief."),
    commit: () => repository.commit("Edit"),
    release: () => {
      repository.commit("Release");
      repository.tag(`greet@v${++released}`);
    },
    "move a tag": () => repository.git("tag", "--force", "greet@v1", "HEAD"),
    "move it back": () => repository.git("tag", "--force", "greet@v1", first),
    point: () => repository.write("aliases.json", `{ "greet": { "production": "v${released}" } }\n`),
    "leave the branch": () => repository.git("checkout", "--quiet", "--force", "--detach", first),
    "come back": () => repository.git("checkout", "--quiet", "--force", "main"),
  };
  const step = fc.record({
    edit: fc.constantFrom(...Object.keys(edits)),
    damage: fc.constantFrom(...Object.keys(damages), "from another repository", "from an earlier time"),
    random: fc.nat(10_000),
  });
  // First what changes while the cache is intact.
  const intact = Object.keys(edits).map((edit) => ({ edit, damage: "none", random: 1 }));
  const steps = [...intact, ...fc.sample(step, { seed: 5, numRuns: 12 })];
  for (const [turn, { edit, damage, random }] of steps.entries()) {
    edits[edit]?.();
    if (existsSync(cache) && random % 3 === 0) cpSync(cache, earlier, { recursive: true, force: true });
    if (damage === "from another repository") {
      const theirs = path.join(stranger.dir, CACHE);
      for (const folder of existsSync(cache) ? readdirSync(cache) : [])
        for (const other of readdirSync(theirs))
          cpSync(path.join(theirs, other), path.join(cache, folder), { recursive: true, force: true });
    } else if (damage === "from an earlier time") cpSync(earlier, cache, { recursive: true, force: true });
    else damages[damage]?.(filesIn(cache), random);
    const lock = readIfPresent(path.join(repository.dir, "prompts.lock"));
    const withCache = await results(repository, turn, true);
    rmSync(cache, { recursive: true, force: true });
    rmSync(path.join(repository.dir, DIST), { recursive: true, force: true });
    // The build may have added lines.
    if (lock === undefined) rmSync(path.join(repository.dir, "prompts.lock"), { force: true });
    else writeFileSync(path.join(repository.dir, "prompts.lock"), lock);
    const without = await results(repository, turn);
    expect(withCache, `${edit}, ${damage}`).toEqual(without);
  }
});
