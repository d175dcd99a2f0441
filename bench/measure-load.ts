// What loading a prompt takes, beside look-ups of the same keys in Maps, and the memory that a package's prompts take.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BenchRepository } from "./bench-repository.js";
import { formatMemory, formatRatio, formatTarget } from "./format-figure.js";
import type { Bench, Table } from "./measurement.js";
import { processFile } from "./paths.js";
import { runProcess } from "./run-process.js";
import { median } from "./sample.js";

/** Nanoseconds a look-up. */
type Kind = "map" | "alias" | "followed" | "uriMap" | "uri" | "weightedMap" | "weighted";

interface Run {
  readonly best: Readonly<Record<Kind, number>>;
  /** Bytes. */
  readonly memory: Readonly<Record<"imported" | "loaded" | "everything", number>>;
}

const SIZE = { prompts: 1000, versions: 10, emits: "all" } as const;

export async function measureLoad({ folder, rounds }: Bench): Promise<readonly Table[]> {
  const repository = new BenchRepository(join(folder, "load"), SIZE);
  await repository.build();
  const runs: Run[] = [];
  for (let run = 0; run < rounds; run++) {
    const dist = pathToFileURL(join(repository.packageDir, "dist/")).href;
    const { stdout } = await runProcess(["--expose-gc", processFile("load-prompts.mjs"), dist]);
    runs.push(JSON.parse(stdout) as Run);
  }
  const row = (label: string, kind: Kind, base: Kind, most?: number) => {
    const ratio = median(runs.map(({ best }) => best[kind] / best[base]));
    return [
      label,
      `${median(runs.map(({ best }) => best[kind])).toFixed(0)} ns`,
      `${median(runs.map(({ best }) => best[base])).toFixed(0)} ns`,
      formatRatio(ratio),
      most === undefined ? "" : formatTarget(`≤ ${most} ×`, ratio <= most),
    ];
  };
  const memory = (label: string, kind: keyof Run["memory"]) => [
    label,
    formatMemory(median(runs.map((run) => run.memory[kind]))),
  ];
  return [
    {
      title: `load: a prompt of ${SIZE.prompts}, each in turn`,
      columns: ["", "load", "Map", "load / Map", "target"],
      rows: [
        row("by name and alias", "alias", "map", 1.5),
        row("by name and alias, followed", "followed", "alias", 2),
        row("by URI", "uri", "uriMap", 4),
        row("by weighted alias and key", "weighted", "weightedMap", 6),
      ],
      notes: [
        "Map: the same keys in a Map of Maps, by name and alias; of URIs, in one Map. Followed: beside the package's own load.",
      ],
    },
    {
      title: `load: memory of ${SIZE.prompts} prompts with ${SIZE.versions} versions each`,
      columns: ["", "heap and texts"],
      rows: [
        memory("the index imported", "imported"),
        memory("two aliases of each prompt loaded", "loaded"),
        memory("every version loaded", "everything"),
      ],
    },
  ];
}
