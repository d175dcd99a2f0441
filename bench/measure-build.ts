// `cuecard build` from start to end of its process, first and unchanged, beside git alone and the start-up of `cuecard`.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchRepository, GitAdapter } from "./bench-repository.js";
import { formatMemory, formatRatio, formatTarget, formatTime } from "./format-figure.js";
import type { Bench, Table } from "./measurement.js";
import { CUECARD, processFile } from "./paths.js";
import { prepareRawReading } from "./raw-reading.js";
import { runProcess, runTimedProcess } from "./run-process.js";
import { type Sample, sampleInTurn } from "./sample.js";

const MEMORY = 300e6;

export async function measureBuild(bench: Bench): Promise<readonly Table[]> {
  const { repository, rounds } = bench;
  const raw = prepareRawReading(bench);
  const outputs = new Set<string>();

  async function buildFirst(git: GitAdapter): Promise<Sample> {
    repository.reset();
    const result = await repository.build(git);
    outputs.add(hashOutput(repository));
    return result;
  }
  async function buildAgain(git: GitAdapter): Promise<Sample> {
    const result = await repository.build(git);
    if (!result.stdout.includes("(unchanged)")) throw new Error(`not an unchanged build: ${result.stdout}`);
    return result;
  }

  const samples = await sampleInTurn(rounds, {
    "git alone": raw.run,
    "cuecard --version": () => runProcess([CUECARD, "--version"]),
    "isomorphic, first": () => buildFirst("isomorphic"),
    "isomorphic, unchanged": () => buildAgain("isomorphic"),
    "writing alone": () => runTimedProcess([processFile("raw-writing.mjs"), repository.packageDir]),
    "native, first": () => buildFirst("native"),
    "native, unchanged": () => buildAgain("native"),
  });
  const base = samples["git alone"];
  const startUp = samples["cuecard --version"];
  const row = (name: keyof typeof samples, ...targets: readonly string[]) => {
    const sample = samples[name];
    return [
      name,
      formatTime(sample.milliseconds),
      formatRatio(sample.milliseconds / base.milliseconds),
      formatTime(sample.processorMilliseconds),
      formatRatio(sample.processorMilliseconds / base.processorMilliseconds),
      name.endsWith("alone") ? "" : formatMemory(sample.peakBytes),
      targets.join("; "),
    ];
  };
  const first = samples["native, first"];
  const overStartUp = samples["native, unchanged"].milliseconds - startUp.milliseconds;
  return [
    {
      title: `build: ${repository.size.prompts} prompts with ${repository.size.versions} versions each`,
      columns: ["", "time", "× git", "processor", "× git", "peak memory", "target"],
      rows: [
        row("git alone"),
        row("writing alone"),
        row("cuecard --version"),
        row(
          "native, first",
          formatTarget("≤ 10 × git", first.milliseconds <= 10 * base.milliseconds),
          formatTarget("< 300 MB", first.peakBytes < MEMORY),
        ),
        row("native, unchanged", formatTarget(`≤ 1 s over start-up (${formatTime(overStartUp)})`, overStartUp <= 1000)),
        row("isomorphic, first", formatTarget("≤ 30 s", samples["isomorphic, first"].milliseconds <= 30_000)),
        row("isomorphic, unchanged"),
      ],
      notes: [
        "Git alone gives out every object that a first build reads; writing alone puts the same files on the same disk.",
        outputs.size === 1
          ? "Every first build wrote the same files."
          : `First builds wrote ${outputs.size} different packages: that is a bug.`,
      ],
    },
  ];
}

function hashOutput(repository: BenchRepository): string {
  const hash = createHash("sha256");
  for (const file of ["packages/prompts/dist/index.js", "packages/prompts/dist/manifest.json", "prompts.lock"])
    hash.update(readFileSync(join(repository.dir, file)));
  return hash.digest("hex");
}
