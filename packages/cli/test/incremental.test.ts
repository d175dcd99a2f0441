// A build after a change writes the same bytes as a build from nothing, whatever has changed.

import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { createProject, type TestRepository } from "@cuecard/testing";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { type BuildOutcome, compile, openRegistry, type Registry } from "../src/index.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 120_000 });

const NAMES = ["a", "b", "team/a", "team/c", "z"];
const WORDS = [
  "Hi {{name}}",
  "Hello {{> tone}} {{name}}",
  '{{role "system"}}Be {{mood}}.{{role "user"}}{{text}}',
  "Ö {{x}}",
];

/** One change of a repository. */
type Change = (project: Project, random: number) => void;

class Project {
  readonly repository: TestRepository = createProject({
    "cuecard.config.json": '{ "versions": "all" }\n',
    "prompts/_tone.md": "kindly",
    ".gitignore": "node_modules\ndist\n",
  }).identify();
  readonly versions = new Map<string, number>();

  get dir(): string {
    return this.repository.dir;
  }

  get dist(): string {
    return path.join(this.dir, "packages/prompts/dist");
  }

  files(): Record<string, string> {
    const files = readdirSync(this.dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => path.join(entry.parentPath, entry.name));
    return Object.fromEntries(paths.map((file) => [path.relative(this.dist, file), readFileSync(file, "utf8")]));
  }
}

const pick = <T>(items: readonly T[], random: number): T | undefined => items[random % items.length];
const nameOf = (random: number): string => pick(NAMES, random) ?? "a";

const edit: Change = ({ repository }, random) => {
  const description = random % 3 === 0 ? `---\ndescription: About ${random}\n---\n` : "";
  repository.write({ [`prompts/${nameOf(random)}.md`]: `${description}${pick(WORDS, random >> 3)} ${random}\n` });
};
const release: Change = (project, random) => {
  const { repository, versions } = project;
  const name = nameOf(random);
  if (!existsSync(path.join(project.dir, `prompts/${name}.md`))) edit(project, random);
  const version = (versions.get(name) ?? 0) + 1;
  versions.set(name, version);
  repository.commit(`Release ${random}`);
  repository.tag(`${name}@v${version}`);
};
const point: Change = ({ repository, versions }, random) => {
  const pointers = [...versions].map(([name, count]) => {
    const half = { v1: 1, [`v${count}`]: 2 };
    const stable = random % 4 === 0 && count > 1 ? half : `v${(random % count) + 1}`;
    return [name, random % 5 === 0 ? { dev: "working" } : { stable, [`extra-${random % 3}`]: `v${count}` }];
  });
  repository.write({ "aliases.json": JSON.stringify(Object.fromEntries(pointers), undefined, random % 3) });
};
const changes: Readonly<Record<string, Change>> = {
  edit,
  release,
  "edit and release": (project, random) => {
    edit(project, random);
    release(project, random);
  },
  point,
  partial: ({ repository }, random) => repository.write({ "prompts/_tone.md": `tone ${random}` }),
  score: ({ repository, versions }, random) => {
    const line = JSON.stringify({
      version: "v1",
      metric: "accuracy",
      value: random / 1e6,
      date: "2026-11-29T00:00:00Z",
    });
    for (const name of versions.keys())
      if (name === nameOf(random)) repository.write({ [`prompts/${name}.scores.jsonl`]: `${line}\n` });
  },
  settings: ({ repository }, random) =>
    repository.write({
      "cuecard.config.json": JSON.stringify({ versions: pick(["all", "aliased"], random), validation: random % 3 > 0 }),
    }),
  "damage of the package": ({ dist }, random) => {
    // Without its manifest, the folder is not known to be a package.
    const files = readdirSync(dist).filter((name) => name.includes(".") && name !== "manifest.json");
    const file = pick(files, random);
    if (file !== undefined) writeFileSync(path.join(dist, file), `damage ${random}`);
  },
  "removal of the package": ({ dist }) => rmSync(dist, { recursive: true }),
  "other files in the folder of an earlier build": (project, random) => {
    const spare = findSpare(project);
    const file = spare === undefined ? undefined : pick(readdirSync(spare), random);
    if (spare === undefined || file === undefined) return;
    rmSync(path.join(spare, file), { recursive: true });
    if (random % 2 === 0) symlinkSync(project.dir, path.join(spare, file));
    else cpSync(project.dist, path.join(spare, file), { recursive: true });
    writeFileSync(path.join(spare, "prompts.md"), "text");
  },
};

/** Where a build keeps the folder that it replaced. */
function findSpare({ dir }: Project): string | undefined {
  const cache = path.join(dir, "node_modules/.cache/cuecard");
  const folders = existsSync(cache) ? readdirSync(cache).map((name) => path.join(cache, name, "dist")) : [];
  return folders.find((folder) => existsSync(folder));
}

/** What the package contains if there is no cache. */
async function compileFromNothing({ dir }: Project): Promise<Record<string, string>> {
  const cache = path.join(dir, "node_modules/.cache");
  const away = `${cache}-away`;
  renameSync(cache, away);
  const { files } = await compile({ dir });
  rmSync(cache, { recursive: true, force: true });
  renameSync(away, cache);
  return Object.fromEntries(files);
}

/** Builds as `build --watch` does. */
class Watching {
  #opened: { readonly settings: string; readonly registry: Registry } | undefined;
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  async build(): Promise<BuildOutcome> {
    const settings = readFileSync(path.join(this.#dir, "cuecard.config.json"), "utf8");
    if (this.#opened?.settings !== settings) {
      this.close();
      this.#opened = { settings, registry: await openRegistry({ dir: this.#dir }) };
    }
    return this.#opened.registry.build({ keepsCache: false, overwrites: true });
  }

  close(): void {
    this.#opened?.registry.close();
  }
}

it("writes the same bytes as a build from nothing", async () => {
  const project = new Project();
  for (const name of NAMES) project.repository.write({ [`prompts/${name}.md`]: `${name} {{x}}` });
  const step = fc.record({ change: fc.constantFrom(...Object.keys(changes)), random: fc.nat(1_000_000) });
  const steps = [{ change: "release", random: 0 }, ...fc.sample(step, { seed: 13, numRuns: 60 })];
  let shared = 0;
  const build = () => runCommand(["build"], { cwd: project.dir });
  const watching = new Watching(project.dir);
  for (const [index, { change, random }] of steps.entries()) {
    if (index > 0 || change === "release") changes[change]?.(project, random);
    const about = `step ${index}: ${change} ${random}`;
    // What other commands keep must fit what the next build knows.
    if (index % 5 === 2) await runCommand([index % 2 === 0 ? "check" : "list"], { cwd: project.dir });
    // In turn by a process that watches, and by others.
    if (index % 3 === 0) expect((await build()).code, about).toBe(0);
    else
      expect(
        (await watching.build()).diagnostics.filter(({ severity }) => severity === "error"),
        about,
      ).toEqual([]);
    expect(project.files(), about).toEqual(await compileFromNothing(project));
    const spare = findSpare(project);
    const paths = Object.keys(project.files());
    const ids = paths.map((file) => [project.dist, spare ?? ""].map((folder) => idOf(path.join(folder, file))));
    if (ids.some(([one, other]) => one === other)) shared++;
    if (index % 4 === 0) expect((await build()).stdout, about).toContain("(unchanged)");
  }
  watching.close();
  // The folder of an earlier build was of use.
  expect(shared).toBeGreaterThan(3);
});

function idOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}
