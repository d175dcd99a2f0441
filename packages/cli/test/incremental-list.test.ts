// A list after a change shows the same as one without a cache, whatever has changed.

import { existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { createProject, type TestRepository } from "@cuecard/testing";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { type Listing, openRegistry, type Registry, type ReleaseResult } from "../src/index.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 120_000 });

const NAMES = ["a", "b", "team/a", "team/c"];
const TEXTS = [
  "Hi {{name}}",
  "---\ndescription: About it\n---\nHello {{> tone}} {{name}}",
  '---\ndescription: A chat\n---\n{{role "system"}}Be {{mood}}.{{role "user"}}{{text}}',
];
const BROKEN = "{{#if}}";

const pick = <T>(items: readonly T[], random: number): T => items[random % items.length] as T;

class Project {
  readonly repository: TestRepository = createProject({
    "prompts/_tone.md": "kindly",
    ".gitignore": "node_modules\npackages\n",
  }).identify();
  readonly #versions = new Map<string, number>();

  async use<T>(work: (registry: Registry) => Promise<T>): Promise<T> {
    const registry = await openRegistry({ dir: this.repository.dir });
    try {
      return await work(registry);
    } finally {
      registry.close();
    }
  }

  edit(random: number): void {
    const text = random % 11 === 0 ? BROKEN : pick(TEXTS, random >> 3);
    this.repository.write({ [`prompts/${pick(NAMES, random)}.md`]: `${text} ${random}\n` });
  }

  async release(random: number): Promise<void> {
    const name = pick(NAMES, random);
    this.repository.write({ [`prompts/${name}.md`]: `${pick(TEXTS, random >> 3)} ${random}\n` });
    this.repository.commit(`Release ${random}`);
    const { stdout } = await runCommand(["release", name, "--yes", "--json"], { cwd: this.repository.dir });
    const { result } = JSON.parse(stdout) as { result?: ReleaseResult };
    for (const { version } of result?.released ?? []) this.#versions.set(name, version);
  }

  /** Some of the pointers lead nowhere, and sometimes there are none. */
  point(random: number): void {
    const pointers = [...this.#versions].map(([name, count]) => {
      const targets = [
        { live: `v${(random % count) + 1}` },
        { live: { v1: 1, [`v${count}`]: 1 } },
        { dev: "working" },
        { live: "v99" },
      ];
      return [name, pick(targets, random >> 2)];
    });
    this.repository.write({ "aliases.json": JSON.stringify(random % 2 === 0 ? {} : Object.fromEntries(pointers)) });
  }

  /** The file, sometimes its commit, and sometimes all versions are retired. */
  async delete(random: number): Promise<void> {
    const name = pick(NAMES, random);
    const file = `prompts/${name}.md`;
    if (random % 3 === 0)
      for (let version = this.#versions.get(name) ?? 0; version > 0; version--)
        await this.#retire(`${name}@v${version}`);
    if (existsSync(path.join(this.repository.dir, file))) this.repository.remove(file);
    if (random % 2 === 0) this.repository.commit("Delete");
  }

  async retire(random: number): Promise<void> {
    const [name, version] = pick([...this.#versions], random);
    await this.#retire(`${name}@v${(random % version) + 1}`);
  }

  async #retire(reference: string): Promise<void> {
    await runCommand(["retire", reference, "--reason", "old"], { cwd: this.repository.dir });
  }
}

const CHANGES: Readonly<Record<string, (project: Project, random: number) => unknown>> = {
  edit: (project, random) => project.edit(random),
  release: (project, random) => project.release(random),
  point: (project, random) => project.point(random),
  "edit and point": (project, random) => {
    project.edit(random);
    project.point(random >> 1);
  },
  delete: (project, random) => project.delete(random),
  retire: (project, random) => project.retire(random),
  partial: ({ repository }, random) => repository.write({ "prompts/_tone.md": `tone ${random}` }),
  settings: ({ repository }, random) =>
    repository.write({ "cuecard.config.json": JSON.stringify({ trimMessages: random % 2 === 0 }) }),
  nothing: () => {},
};

const list = (project: Project): Promise<Listing> => project.use((registry) => registry.list());

async function listFromNothing(project: Project): Promise<Listing> {
  const cache = path.join(project.repository.dir, "node_modules/.cache");
  const away = `${cache}-away`;
  if (existsSync(cache)) renameSync(cache, away);
  const listing = await list(project);
  rmSync(cache, { recursive: true, force: true });
  if (existsSync(away)) renameSync(away, cache);
  return listing;
}

it("shows the same as a list without a cache", async () => {
  const project = new Project();
  for (const random of [0, 1, 2, 3]) await project.release(random);
  const step = fc.record({ change: fc.constantFrom(...Object.keys(CHANGES)), random: fc.nat(1_000_000) });
  for (const [index, { change, random }] of fc.sample(step, { seed: 8, numRuns: 48 }).entries()) {
    await CHANGES[change]?.(project, random);
    // What other commands keep must fit what the next list knows.
    if (index % 4 === 1) await runCommand([index % 8 === 1 ? "build" : "check"], { cwd: project.repository.dir });
    const about = `step ${index}: ${change} ${random}`;
    expect(JSON.stringify(await list(project), undefined, 1), about).toBe(
      JSON.stringify(await listFromNothing(project), undefined, 1),
    );
  }
});
