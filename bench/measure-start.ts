// What it costs to start `cuecard`, beside a Node program that does nothing: help, completion and a short command.

import { join } from "node:path";
import { BenchRepository } from "./bench-repository.js";
import { formatRatio, formatTarget, formatTime } from "./format-figure.js";
import type { Bench, Table } from "./measurement.js";
import { CUECARD } from "./paths.js";
import { runProcess } from "./run-process.js";
import { type Sample, sampleInTurn } from "./sample.js";

/** Short runs vary most, and cost little. */
const LEAST_ROUNDS = 9;

export async function measureStart({ folder, rounds }: Bench): Promise<readonly Table[]> {
  const repository = new BenchRepository(join(folder, "small"), { prompts: 5, versions: 2 });
  const cwd = repository.dir;
  const start = (line: string) => () => runProcess([CUECARD, ...line.split(" ")], { cwd });
  const samples = await sampleInTurn(Math.max(rounds, LEAST_ROUNDS), {
    "node -e 0": () => runProcess(["-e", "0"], { cwd }),
    "cuecard --help": start("--help"),
    "cuecard release --help": start("release --help"),
    "cuecard completion bash": start("completion bash"),
    "cuecard complete -- sh": start("complete -- sh"),
    "cuecard complete -- show p": start("complete -- show p"),
    "cuecard list": start("list"),
  });
  const node = samples["node -e 0"].processorMilliseconds;
  const limit = 1.5 * node + 60;
  const row = (name: string, { processorMilliseconds: time }: Sample) => {
    const target = /help|complet/.test(name) ? formatTarget(`≤ ${formatTime(limit)}`, time <= limit) : "";
    return [name, formatTime(time), formatRatio(time / node), target];
  };
  return [
    {
      title: "start: 5 prompts with 2 versions each",
      columns: ["", "processor", "× node", "target"],
      rows: Object.entries(samples).map(([name, sample]) => row(name, sample)),
      notes: ["The target is 1.5 × `node -e 0` + 60 ms. Processes of git count."],
    },
  ];
}
