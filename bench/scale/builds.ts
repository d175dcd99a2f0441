// Builds after a change, over an unchanged build; the first build, beside git reading the same objects; and a rebuild while watching.

import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatMemory, formatRatio, formatTarget, formatTime } from "../format-figure.js";
import { git, promptName } from "../make-repository.js";
import { CHECKOUT, processFile } from "../paths.js";
import { prepareRawReading } from "../raw-reading.js";
import { runProcess } from "../run-process.js";
import { type Sample, sampleInTurn } from "../sample.js";
import type { MeasureGroup, ScaleBench } from "./scale-bench.js";

/** In turn, so that odd and even prompts, with tags of both kinds, are changed. */
const NAMES = [503, 504, 505].map(promptName);
/** What `build --watch` waits for more changes. */
const SETTLE = 40;
const EDITS = 9;

export const measureBuilds: MeasureGroup = async (bench) => {
  const { repository, large } = bench;
  const { dir } = repository;
  const build = () => repository.build();
  let turn = 0;
  const afterwards = async (change: (name: string) => void): Promise<Sample> => {
    await build();
    change(NAMES[turn++ % NAMES.length] ?? "");
    return build();
  };
  // The first change makes links of all files; later ones start from the folder of the build before.
  await afterwards((name) => movePointer(dir, name));
  const changed = await sampleInTurn(bench.rounds, {
    unchanged: () => afterwards(() => {}),
    release: () => afterwards((name) => release(dir, name)),
    edit: () => afterwards((name) => appendFileSync(join(dir, `prompts/${name}.md`), "One more line.\n")),
    pointer: () => afterwards((name) => movePointer(dir, name)),
  });
  await bench.restore();
  const unchanged = changed.unchanged.processorMilliseconds;
  const limit = large ? 1000 : 300;
  const over = (question: string, sample: Sample) => {
    const took = sample.processorMilliseconds - unchanged;
    return {
      question,
      figure: `${formatTime(took)} over unchanged`,
      target: formatTarget(`≤ ${formatTime(limit)}`, took <= limit),
    };
  };
  const rebuild = await measureRebuild(bench);
  const rebuildLimit = large ? 400 : 150;
  return [
    { question: "unchanged build", figure: formatTime(unchanged - bench.startUp) },
    over("after one release", changed.release),
    over("after one edit of a working file", changed.edit),
    over("after one pointer moved", changed.pointer),
    ...(await measureFirst(bench)),
    {
      question: "watching: edit to written package",
      figure: `${formatTime(rebuild + SETTLE)}, of which ${SETTLE} ms wait for more edits`,
      target: formatTarget(`≤ ${rebuildLimit} ms`, rebuild + SETTLE <= rebuildLimit),
    },
  ];
};

/** The next version is what the working file contains. */
function release(dir: string, name: string): void {
  const count = git(dir, ["tag", "--list", `${name}@v*`])
    .trimEnd()
    .split("\n").length;
  appendFileSync(join(dir, `prompts/${name}.md`), "One more line.\n");
  git(dir, ["commit", "--quiet", "--all", "--message=Edit"]);
  git(dir, ["tag", `${name}@v${count + 1}`]);
}

/** To another version each time. */
function movePointer(dir: string, name: string): void {
  const file = join(dir, "aliases.json");
  const lines = readFileSync(file, "utf8").split("\n");
  const next = (version: number) => `"staging":"v${(version % 9) + 1}"`;
  const moved = lines.map((line) =>
    line.includes(`"${name}"`) ? line.replace(/"staging":"v(\d+)"/, (_, version) => next(Number(version))) : line,
  );
  writeFileSync(file, moved.join("\n"));
}

async function measureFirst(bench: ScaleBench): Promise<Awaited<ReturnType<MeasureGroup>>> {
  const { repository, large } = bench;
  const raw = prepareRawReading(bench);
  // It takes minutes in a large repository.
  const { alone, first } = await sampleInTurn(large ? 1 : bench.rounds, {
    alone: raw.run,
    first: () => {
      repository.reset();
      return repository.build();
    },
  });
  await bench.restore();
  const took = first.processorMilliseconds - bench.startUp;
  const ratio = took / alone.processorMilliseconds;
  const memory = large ? 700e6 : 250e6;
  return [
    {
      question: "first build",
      figure: `${formatTime(took)}, ${formatRatio(ratio)}`,
      raw: `git alone: ${formatTime(alone.processorMilliseconds)}`,
      target: formatTarget("≤ 6 ×", ratio <= 6),
    },
    {
      question: "first build, memory",
      figure: formatMemory(first.peakBytes),
      target: formatTarget(`≤ ${formatMemory(memory)}`, first.peakBytes <= memory),
    },
  ];
}

async function measureRebuild({ repository }: ScaleBench): Promise<number> {
  const registry = join(CHECKOUT, "packages/project/dist/index.js");
  const aliases = readFileSync(join(repository.dir, "aliases.json"), "utf8");
  const [name = ""] = NAMES;
  // The working file is part of the package.
  const dev = aliases.replace(`"${name}": {`, `"${name}": {"dev":"working",`);
  writeFileSync(join(repository.dir, "aliases.json"), dev);
  await repository.build();
  const args = [registry, repository.dir, `prompts/${name}.md`, String(EDITS)];
  const { stdout } = await runProcess([processFile("rebuild.mjs"), ...args]);
  writeFileSync(join(repository.dir, "aliases.json"), aliases);
  await repository.build();
  return JSON.parse(stdout) as number;
}
