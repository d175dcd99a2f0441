// What a service pays for importing the generated package, or one prompt of it, beside importing an empty module.

import { mkdirSync, writeFileSync } from "node:fs";
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

export async function measureImport({ repository, folder, rounds }: Bench): Promise<readonly Table[]> {
  await repository.ensureBuilt();
  const name = promptName(0);
  const input = { variable_0: "one", variable_1: "two" };
  const emitted = (file: string) => pathToFileURL(join(repository.packageDir, "dist", file)).href;
  const importing = (module: string, ...call: readonly string[]) =>
    runTimedProcess([processFile("import-module.mjs"), module, ...call]);

  const samples = await sampleInTurn(rounds * ROUNDS, {
    "empty module": () => importing(pathToFileURL(processFile("empty.mjs")).href),
    "empty package, by its name": () => importing(pathToFileURL(makeEmptyPackage(folder)).href),
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
      rows: [
        row("empty module"),
        row("empty package, by its name"),
        row("one prompt", 5),
        row("the index", 150),
        row("the index, one prompt rendered"),
      ],
      notes: [
        "The first import by name in a process costs Node a few milliseconds, whatever the package: a prompt imports its",
        "runtime by name, and most services have paid that before.",
      ],
    },
  ];
}

/** A module that imports a package in which there is nothing. */
function makeEmptyPackage(folder: string): string {
  const dir = join(folder, "importing");
  mkdirSync(join(dir, "node_modules/empty"), { recursive: true });
  const manifest = { name: "empty", type: "module", exports: { ".": { default: "./index.js" } } };
  writeFileSync(join(dir, "node_modules/empty/package.json"), JSON.stringify(manifest));
  writeFileSync(join(dir, "node_modules/empty/index.js"), "");
  writeFileSync(join(dir, "index.mjs"), 'import "empty";\n');
  return join(dir, "index.mjs");
}
