// What a service pays for importing the generated package, or one prompt of it, by name, beside importing a package in which
// there is nothing.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { formatMemory, formatTarget, formatTime } from "./format-figure.js";
import { EMPTY_PACKAGE, makeImportService } from "./import-service.js";
import { promptName } from "./make-repository.js";
import type { Bench, Table } from "./measurement.js";
import { processFile } from "./paths.js";
import { runTimedProcess } from "./run-process.js";
import { sampleInTurn } from "./sample.js";

/** A process takes a tenth of a second: there is time for more rounds than of a build. */
const ROUNDS = 5;

export async function measureImport({ repository, folder, rounds }: Bench): Promise<readonly Table[]> {
  await repository.ensureBuilt();
  const { packageName, moduleFor } = makeImportService(repository, join(folder, "service"));
  const name = promptName(0);
  const input = { variable_0: "one", variable_1: "two" };
  const importing = (module: string, ...call: readonly string[]) => {
    const args = [processFile("import-module.mjs"), module, ...call];
    return () => runTimedProcess(args);
  };

  const index = moduleFor(packageName);
  const samples = await sampleInTurn(rounds * ROUNDS, {
    "empty module, by path": importing(pathToFileURL(processFile("empty.mjs")).href),
    "empty package": importing(moduleFor(EMPTY_PACKAGE)),
    "one prompt": importing(moduleFor(`${packageName}/${name}`)),
    "the index": importing(index),
    "the index, one prompt rendered": importing(index, JSON.stringify([name, "production", input])),
  });
  const base = samples["empty package"];
  const row = (label: keyof typeof samples, most?: number) => {
    const sample = samples[label];
    const over = sample.milliseconds - base.milliseconds;
    return [
      label,
      formatTime(sample.milliseconds),
      formatTime(over),
      formatTime(sample.processorMilliseconds),
      formatMemory(sample.peakBytes),
      most === undefined ? "" : formatTarget(`≤ ${most} ms over empty`, over <= most),
    ];
  };
  return [
    {
      title: `import: the package of ${repository.size.prompts} prompts, versions that aliases point at`,
      columns: ["", "time", "over empty", "processor", "peak memory", "target"],
      rows: [
        row("empty module, by path"),
        row("empty package"),
        row("one prompt", 5),
        row("the index", 150),
        row("the index, one prompt rendered"),
      ],
      notes: [
        "Packages are imported by name from an installed copy, as a service does. The first import by name in a process costs",
        "Node a few milliseconds, whatever the package: that is what the empty package takes over the empty module.",
      ],
    },
  ];
}
