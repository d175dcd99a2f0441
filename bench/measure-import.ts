// What a service pays for importing the generated package, or one prompt of it, beside importing an empty module.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { formatMemory, formatTarget, formatTime } from "./format-figure.js";
import { promptName } from "./make-repository.js";
import type { Bench, Table } from "./measurement.js";
import { processFile } from "./paths.js";
import { runTimedProcess } from "./run-process.js";
import { sampleInTurn } from "./sample.js";

/** A process takes a tenth of a second: there is time for more rounds than of a build. */
const ROUNDS = 5;

export async function measureImport({ repository, rounds }: Bench): Promise<readonly Table[]> {
  await repository.ensureBuilt();
  const name = promptName(0);
  const input = { variable_0: "one", variable_1: "two" };
  const emitted = (file: string) => pathToFileURL(join(repository.packageDir, "dist", file)).href;
  const importing = (module: string, ...call: readonly string[]) =>
    runTimedProcess([processFile("import-module.mjs"), module, ...call]);

  const samples = await sampleInTurn(rounds * ROUNDS, {
    "empty module": () => importing(pathToFileURL(processFile("empty.mjs")).href),
    "one prompt": () => importing(emitted(`prompts/${name}.js`)),
    "the index": () => importing(emitted("index.js")),
    "the index, one prompt rendered": () => importing(emitted("index.js"), JSON.stringify([name, "production", input])),
  });
  const base = samples["empty module"];
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
      rows: [row("empty module"), row("one prompt", 5), row("the index", 150), row("the index, one prompt rendered")],
    },
  ];
}
