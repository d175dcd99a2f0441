// Reading a repository: the registry with either git adapter beside git alone.

import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { GitAdapter } from "./bench-repository.js";
import { formatMemory, formatRatio, formatTime } from "./format-figure.js";
import type { Bench, Table } from "./measurement.js";
import { packageEntry, processFile } from "./paths.js";
import { prepareRawReading } from "./raw-reading.js";
import { runTimedProcess } from "./run-process.js";
import { type Sample, sampleInTurn } from "./sample.js";

export async function measureReading(bench: Bench): Promise<readonly Table[]> {
  const { repository, folder, rounds } = bench;
  const raw = prepareRawReading(bench);
  const known = join(folder, "known.json");
  const lock = join(repository.dir, "prompts.lock");
  const program = processFile("read-snapshot.mjs");
  const modules = { registry: packageEntry("registry"), build: packageEntry("build") };

  async function read(git: GitAdapter, isFirst: boolean): Promise<Sample> {
    if (isFirst) rmSync(lock, { force: true });
    else copyFileSync(`${known}.lock`, lock);
    return runTimedProcess([program, JSON.stringify({ dir: repository.dir, git, known, isFirst, ...modules })]);
  }

  const samples = await sampleInTurn(rounds, {
    "git alone": raw.run,
    "native, first": () => read("native", true),
    "native, unchanged": () => read("native", false),
    "isomorphic, first": () => read("isomorphic", true),
    "isomorphic, unchanged": () => read("isomorphic", false),
  });
  repository.reset();
  const base = samples["git alone"];
  return [
    {
      title: `reading: ${raw.objects} objects, ${formatMemory(raw.bytes)}`,
      columns: ["", "time", "× git", "processor", "× git", "peak memory"],
      rows: Object.entries(samples).map(([name, sample]) => [
        name,
        formatTime(sample.milliseconds),
        formatRatio(sample.milliseconds / base.milliseconds),
        formatTime(sample.processorMilliseconds),
        formatRatio(sample.processorMilliseconds / base.processorMilliseconds),
        sample === base ? "" : formatMemory(sample.peakBytes),
      ]),
      notes: ["Time of the reading alone; memory of the whole process, the compiler's libraries loaded."],
    },
  ];
}
