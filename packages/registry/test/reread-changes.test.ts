// A reading after a change takes what has not changed from the last reading, and finds what a reading of everything finds.

import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { Entries } from "@cuecard/model";
import { createProject, type TestRepository } from "@cuecard/testing";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import {
  KeptReading,
  openRepository,
  parseInputs,
  printInputs,
  type ReadResult,
  type RememberedReadings,
  readSnapshot,
  saveLock,
} from "../src/index.js";

// Starts git often.
vi.setConfig({ testTimeout: 180_000 });

const NAMES = ["a", "b", "c", "d", "team/a", "team/b", "team/c", "z"];

/** Keeps the last reading in memory, and sometimes as text. */
class Memory implements RememberedReadings {
  uses = 0;
  reading: KeptReading | undefined;

  last(): KeptReading | undefined {
    return this.reading;
  }

  set(reading: KeptReading): void {
    this.reading = reading;
  }

  used(): void {
    this.uses++;
  }

  /**
   * As if another process had kept it.
   *
   * @param isLost Whether the texts that are read when they are needed are gone.
   */
  reload(isLost: boolean): void {
    const { reading } = this;
    if (reading?.inputs === undefined) return;
    const { state, history } = reading;
    const { tags, lock, others } = printInputs(reading.inputs);
    const read = (text: string | undefined) => (isLost ? undefined : text);
    const texts = { tags: () => read(tags.text), lock: () => read(lock.text) };
    const { common, prompts } = reading.parts;
    const parts = new Map(
      prompts.names.map((name) => [name, fromJson(prompts.get(name) ?? { versions: [], scores: [] })]),
    );
    this.reading = new KeptReading({
      ...{ state, history },
      parts: () => ({ common: fromJson(common), prompts: Entries.of(parts) }),
      inputs: () => parseInputs(others, texts, state),
    });
  }
}

function fromJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

type Change = (repository: TestRepository, random: number) => void;

function textOf({ dir }: TestRepository, file: string): string {
  return existsSync(path.join(dir, file)) ? readFileSync(path.join(dir, file), "utf8") : "";
}

const nameOf = (random: number): string => NAMES[random % NAMES.length] ?? "a";

const edit: Change = (repository, random) => {
  const partial = random % 3 === 0 ? "{{> tone}}" : "";
  repository.write(`prompts/${nameOf(random)}.md`, `Hi ${partial} ${random}\n`);
};
const release: Change = (repository, random) => {
  edit(repository, random);
  repository.commit(`Edit ${random}`);
  const name = nameOf(random);
  const count = repository.git("tag", "--list", `${name}@v*`).split("\n").filter(Boolean).length;
  repository.tag(`${name}@v${count + 1}`, random % 2 === 0 ? "Notes" : undefined);
};
/** In several layouts, with places that move. */
const point: Change = (repository, random) => {
  const own = NAMES.flatMap((name, index) => {
    const count = repository.git("tag", "--list", `${name}@v*`).split("\n").filter(Boolean).length;
    if (count === 0 || (random >> index) % 5 === 0) return [];
    const split = { v1: 1, [`v${count}`]: 2 };
    const target = (random >> index) % 4 === 0 && count > 1 ? split : `v${1 + ((random >> index) % count)}`;
    return [
      [
        name,
        { stable: target, ...(index % 2 === 0 ? { next: index % 4 === 0 ? "latest" : `v${count}` } : {}) },
      ] as const,
    ];
  });
  const entries = random % 7 === 0 ? own.toReversed() : own;
  const lines = entries.map(([name, pointers]) => {
    const text = JSON.stringify(pointers, undefined, random % 2 === 0 ? 2 : 0);
    return `  ${JSON.stringify(name)}: ${text}`;
  });
  const separator = random % 11 === 0 ? "," : ",\n";
  repository.write("aliases.json", `{\n${lines.join(separator)}\n}\n`);
};

const changes: Readonly<Record<string, Change>> = {
  edit,
  release,
  point,
  "one pointer": (repository, random) => {
    const text = textOf(repository, "aliases.json");
    const places = [...text.matchAll(/"stable":\s*"v\d+"/g)];
    const place = places[random % Math.max(1, places.length)];
    if (place !== undefined)
      repository.write(
        "aliases.json",
        `${text.slice(0, place.index)}"stable": "v1"${text.slice(place.index + place[0].length)}`,
      );
  },
  "entry twice": (repository, random) => {
    const text = textOf(repository, "aliases.json");
    const [line] = /^ {2}"[^"]+": \{.*\},?$/m.exec(text) ?? [];
    if (random % 3 === 0 && line !== undefined)
      repository.write("aliases.json", text.replace(line, `${line.replace(/,$/, "")},\n${line}`));
  },
  partial: (repository, random) => repository.write("prompts/_tone.md", `Tone ${random}`),
  "another partial": (repository, random) => repository.write("prompts/team/_tone.md", `Team tone ${random}`),
  "removed file": (repository, random) =>
    rmSync(path.join(repository.dir, `prompts/${nameOf(random)}.md`), { force: true }),
  "new prompt": (repository, random) => repository.write(`prompts/new-${random % 3}.md`, "New"),
  "name in other case": (repository, random) => {
    if (random % 4 === 0) repository.write("prompts/Z.md", "Z");
    else rmSync(path.join(repository.dir, "prompts/Z.md"), { force: true });
  },
  score: (repository, random) => {
    const line = { version: "v1", metric: "accuracy", value: random, date: "2026-11-29T00:00:00Z" };
    repository.write(`prompts/${nameOf(random)}.scores.jsonl`, `${JSON.stringify(line)}\n`);
  },
  "moved tag": (repository, random) => {
    const [tag] = repository
      .git("tag", "--list", `${nameOf(random)}@v*`)
      .split("\n")
      .filter(Boolean);
    if (tag !== undefined && random % 2 === 0) repository.tag(tag, undefined, { force: true });
  },
  "removed tag": (repository, random) => {
    const [tag] = repository
      .git("tag", "--list", `${nameOf(random)}@v*`)
      .split("\n")
      .filter(Boolean)
      .reverse();
    if (tag !== undefined) repository.git("tag", "--delete", tag);
  },
  "tag of something else": (repository, random) => {
    repository.tag(`other-${random}`);
    repository.tag(`elsewhere@v${random}`);
  },
  "lock line": (repository, random) => {
    const lines = textOf(repository, "prompts.lock").split("\n");
    const index = random % lines.length;
    const [line = ""] = lines.splice(index, 1);
    if (random % 4 === 0) lines.splice(random % 3, 0, line);
    if (random % 4 === 1) lines.splice(index, 0, `${line} retired "Too old"`);
    repository.write("prompts.lock", lines.join("\n"));
  },
  "commit of a branch": (repository, random) => {
    repository.commit(`Base ${random}`);
    repository.git("checkout", "--quiet", "-b", `branch-${random}`);
    release(repository, random);
    repository.git("checkout", "--quiet", "-f", "main");
  },
  commit: (repository, random) => repository.commit(`Commit ${random}`),
  "reset of the branch": (repository, random) => {
    if (random % 3 === 0) repository.git("reset", "--quiet", "--hard", "HEAD~1");
  },
};

/** Puts everything right that changes can break: after an error, everything is read. */
function repair(repository: TestRepository): void {
  for (const file of ["prompts", "prompts.lock"])
    rmSync(path.join(repository.dir, file), { recursive: true, force: true });
  repository.write("aliases.json", "{}\n").write("prompts/_tone.md", "kind");
  for (const name of NAMES) repository.write(`prompts/${name}.md`, `Hello ${name} {{> tone}}`);
  const tags = repository.git("tag").split("\n").filter(Boolean);
  if (tags.length > 0) repository.git("tag", "--delete", ...tags);
  repository.write("README.md", `Repaired ${tags.length}`).commit("Repair");
  for (const name of NAMES) repository.tag(`${name}@v1`);
}

/** What a reading has of each prompt, without its texts, by name. */
function partsOf({ parts: { prompts } }: KeptReading): ReadonlyMap<string, unknown> {
  return new Map(prompts.names.map((name) => [name, fromJson(prompts.get(name) ?? {})]));
}

function comparable({ merged, kept, since, keepLocked, ...result }: ReadResult): unknown {
  return JSON.parse(JSON.stringify(result));
}

it("finds what a reading of everything finds", async () => {
  const repository = createProject({});
  repair(repository);
  const project = openRepository({
    dir: repository.dir,
    promptsDir: "prompts",
    partialReferences: (text) => (text.includes("{{> tone}}") ? ["tone"] : []),
  });
  const memory = new Memory();
  const step = fc.record({ change: fc.constantFrom(...Object.keys(changes)), random: fc.nat(1_000_000) });
  const needsContent = ({ version }: { version: number }) => version > 3;
  const earlier = new Map<string, ReadonlyMap<string, unknown>>();
  let wholes = 0;
  let known = 0;
  try {
    for (const [index, { change, random }] of fc.sample(step, { seed: 29, numRuns: 60 }).entries()) {
      changes[change]?.(repository, random);
      if (index % 3 === 0) memory.reload(index % 12 === 0);
      const frozen = index % 10 === 9;
      project.refresh();
      const before = memory.uses;
      const result = await readSnapshot(project, { frozen, needsContent, remembered: memory });
      if (memory.uses === before) wholes++;
      const whole = await readSnapshot(project, { frozen, needsContent });
      const about = `step ${index}: ${change} ${random}`;
      expect(comparable(result), about).toEqual(comparable(whole));
      const reading = result.kept;
      for (const { state, names } of reading?.history ?? []) {
        const before = earlier.get(state);
        if (reading === undefined || before === undefined) continue;
        known++;
        const [then, now] = [before, partsOf(reading)].map((parts) =>
          [...parts].filter(([name]) => !names.includes(name)),
        );
        expect(now, `${about}, since ${state}`).toEqual(then);
      }
      if (reading !== undefined) earlier.set(reading.state, partsOf(reading));
      if (result.lock.changed && index % 4 !== 0) {
        await saveLock(repository.dir, result.lock);
        if (index % 2 === 0) result.keepLocked?.();
      }
      if (result.diagnostics.length === 0) continue;
      repair(repository);
      project.refresh();
      await saveLock(repository.dir, (await readSnapshot(project, { needsContent })).lock);
      await readSnapshot(project, { needsContent, remembered: memory });
    }
  } finally {
    await project.close();
  }
  expect(wholes).toBeLessThan(35);
  expect(known).toBeGreaterThan(5);
});
