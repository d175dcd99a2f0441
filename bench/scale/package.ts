// The generated package: what its importers pay, and how large it is beside the prompts' files.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { formatBytes, formatMemory, formatTarget, formatTime } from "../format-figure.js";
import { git } from "../make-repository.js";
import { processFile } from "../paths.js";
import { runProcess } from "../run-process.js";
import { median } from "../sample.js";
import type { MeasureGroup, ScaleBench, ScaleRow } from "./scale-bench.js";

interface Calls {
  /** Nanoseconds. */
  readonly first: number;
  readonly hundredth: number;
}

interface Use {
  /** Milliseconds. */
  readonly processor: number;
  /** Bytes. */
  readonly memory: number;
  readonly calls: Readonly<Record<"hot" | "cold", Calls>>;
  /** Nanoseconds. */
  readonly loads: Readonly<Record<"reference" | "uri", number>>;
}

export const measurePackage: MeasureGroup = async (bench) => {
  const dist = join(bench.repository.packageDir, "dist");
  const use = await useIndex(bench, dist);
  const [processor, memory] = [median(use.map((one) => one.processor)), median(use.map((one) => one.memory))];
  const ratio = median(use.map(({ loads }) => loads.uri / loads.reference));
  const limit = bench.large ? 400 : 60;
  const rows: ScaleRow[] = [
    {
      question: "import of the index",
      figure: formatTime(processor),
      target: formatTarget(`≤ ${limit} ms`, processor <= limit),
    },
    {
      question: "its memory",
      figure: formatMemory(memory),
      ...(bench.large ? {} : { target: formatTarget("≤ 40 MB", memory <= 40e6) }),
    },
    {
      question: "load(uri)",
      figure: `${ratio.toFixed(2)} × load(name, ref)`,
      target: formatTarget("≤ 1.5 ×", ratio <= 1.5),
    },
  ];
  for (const kind of ["hot", "cold"] as const)
    for (const call of ["first", "hundredth"] as const)
      rows.push({
        question: `${call} call of a version that ${kind === "hot" ? "is" : "is not"} the latest`,
        figure: `${(median(use.map(({ calls }) => calls[kind][call])) / 1000).toFixed(1)} µs`,
      });
  return [...rows, ...sizes(bench, dist)];
};

async function useIndex({ repository, rounds }: ScaleBench, dist: string): Promise<Use[]> {
  const { versions } = repository.size;
  const refs = JSON.stringify({ hot: `v${versions}`, cold: `v${Math.max(1, versions - 7)}` });
  const index = pathToFileURL(join(dist, "index.js")).href;
  const runs: Use[] = [];
  for (let run = 0; run < 3 * rounds; run++) {
    const { stdout } = await runProcess(["--expose-gc", processFile("use-package.mjs"), index, refs]);
    runs.push(JSON.parse(stdout) as Use);
  }
  return runs;
}

function sizes({ repository }: ScaleBench, dist: string): ScaleRow[] {
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" })
    .map((path) => ({ path, bytes: statSync(join(dist, path)) }))
    .flatMap(({ path, bytes }) => (bytes.isFile() ? [{ path, bytes: bytes.size }] : []));
  const total = (isIn: (path: string) => boolean) =>
    files.filter(({ path }) => isIn(path)).reduce((sum, { bytes }) => sum + bytes, 0);
  const texts = textBytes(repository.dir);
  const all = total(() => true);
  const part = (question: string, isIn: (path: string) => boolean): ScaleRow => ({
    question: `of it, ${question}`,
    figure: formatBytes(total(isIn)),
  });
  return [
    {
      question: "dist",
      figure: `${formatBytes(all)}, ${(all / texts).toFixed(1)} × the prompts' files`,
      raw: `files: ${formatBytes(texts)}`,
      target: formatTarget("≤ 2 ×", all <= 2 * texts),
    },
    part("index.js", (path) => path === "index.js"),
    part("modules of prompts", (path) => path.startsWith("prompts") && path.endsWith(".js")),
    part("for require", (path) => path.endsWith(".cjs")),
    part("declarations", (path) => /\.d\.c?ts(\.map)?$/.test(path)),
    part("manifest.json", (path) => path === "manifest.json"),
  ];
}

/** The size of all versions of all prompts' files. */
function textBytes(dir: string): number {
  const paths = git(dir, ["rev-list", "--objects", "--all", "--", "prompts"]).split("\n");
  const files = paths.flatMap((line) => (/ .*\.md$/.test(line) ? [line.slice(0, line.indexOf(" "))] : []));
  const sizes = git(dir, ["cat-file", "--batch-check=%(objectsize)"], files.join("\n"));
  return sizes.split("\n").reduce((sum, size) => sum + Number(size), 0);
}
