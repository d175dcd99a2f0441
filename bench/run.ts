// Measures how fast Cuecard is on a repository of 1,000 prompts with 10 versions each, and prints it beside the targets:
// `pnpm bench` for everything, `pnpm bench build types` for some of it. Figures are compared within one run only, so that a
// slow or busy machine changes both sides alike. `pnpm bench scale --large` asks a repository of ten times the size, and
// `--group questions` only a part of the questions. A missed target is printed, and no reason to fail.

import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { BenchRepository, withTemporaryFolder } from "./bench-repository.js";
import { measureBrowser } from "./measure-browser.js";
import { measureBuild } from "./measure-build.js";
import { measureBundle } from "./measure-bundle.js";
import { measureCompile } from "./measure-compile.js";
import { measureEdge } from "./measure-edge.js";
import { measureFollow } from "./measure-follow.js";
import { measureHostile } from "./measure-hostile.js";
import { measureImport } from "./measure-import.js";
import { measureLoad } from "./measure-load.js";
import { measureReading } from "./measure-reading.js";
import { measureRender } from "./measure-render.js";
import { measureStart } from "./measure-start.js";
import { measureTypes } from "./measure-types.js";
import type { Measure } from "./measurement.js";
import { CHECKOUT } from "./paths.js";
import { printTable } from "./print-table.js";
import { measureScale } from "./scale/measure-scale.js";

const measurements: Readonly<Record<string, Measure>> = {
  reading: measureReading,
  build: measureBuild,
  import: measureImport,
  types: measureTypes,
  compile: measureCompile,
  load: measureLoad,
  follow: measureFollow,
  edge: measureEdge,
  render: measureRender,
  hostile: measureHostile,
  bundle: measureBundle,
  start: measureStart,
  scale: measureScale,
  browser: measureBrowser,
};

const USAGE = `usage: pnpm bench [${Object.keys(measurements).join("|")} …] [--rounds 3] [--large] [--group <of scale> …] [--no-build]`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const names = positionals.length === 0 ? Object.keys(measurements) : positionals;
  if (values.build) buildPackages();
  console.log(`node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} processors`);
  console.log(`Medians of ${values.rounds} rounds; a round runs every row once.`);
  await withTemporaryFolder(async (folder) => {
    const repository = new BenchRepository(join(folder, "repository"), { prompts: 1000, versions: 10 });
    for (const name of names)
      for (const table of (await measurements[name]?.({ repository, folder, ...values, group: values.group ?? [] })) ??
        [])
        console.log(`\n${printTable(table)}`);
  });
}

function readArguments() {
  const options = {
    rounds: { type: "string", default: "3" },
    build: { type: "boolean", default: true },
    large: { type: "boolean", default: false },
    group: { type: "string", multiple: true },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true, allowNegative: true });
  const rounds = Number(values.rounds);
  const unknown = positionals.find((name) => !Object.hasOwn(measurements, name));
  if (unknown !== undefined || !Number.isInteger(rounds) || rounds < 1) {
    console.error(USAGE);
    process.exit(2);
  }
  return { values: { ...values, rounds }, positionals };
}

/** What is measured is what users get: the packages as they are built. */
function buildPackages(): void {
  const bin = join(CHECKOUT, "node_modules/.bin");
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`, TURBO_TELEMETRY_DISABLED: "1" };
  const args = ["run", "build", "--filter=cuecard", "--output-logs=errors-only"];
  execFileSync(join(bin, "turbo"), args, { cwd: CHECKOUT, env, stdio: ["ignore", "ignore", "inherit"] });
}

await main();
