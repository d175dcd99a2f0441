// The catalog of all prompts, beside a build of their package: both without a cache.

import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BenchRepository } from "../bench-repository.js";
import { formatBytes, formatMemory, formatRatio, formatTarget, formatTime } from "../format-figure.js";
import { sampleInTurn } from "../sample.js";
import { cuecard, type MeasureGroup, type ScaleBench, type ScaleRow } from "./scale-bench.js";

const LIMITS = { ratio: 2, memory: 300e6, list: 300e3, growth: 1.1 };
/** Of one prompt. */
const [FEW, MANY] = [200, 2000];

export const measureCatalog: MeasureGroup = async (bench) => {
  const { dir } = bench.repository;
  const first = (command: string, ...args: string[]) => {
    for (const old of ["node_modules/.cache", "packages/prompts/dist", "site"])
      rmSync(join(dir, old), { recursive: true, force: true });
    return cuecard(bench, command, ...args);
  };
  const { catalog, build } = await sampleInTurn(1, {
    build: () => first("build"),
    catalog: () => first("catalog", "--out", "site"),
  });
  const list = gzipSync(readFileSync(join(dir, "site/index.html"))).length;
  rmSync(join(dir, "site"), { recursive: true, force: true });
  await bench.restore();
  const ratio = catalog.processorMilliseconds / build.processorMilliseconds;
  return [
    {
      question: "catalog, without a cache",
      figure: `${formatTime(catalog.processorMilliseconds - bench.startUp)}, ${formatRatio(ratio)} build`,
      raw: `cuecard build: ${formatTime(build.processorMilliseconds - bench.startUp)}`,
      target: formatTarget(`≤ ${LIMITS.ratio} × build`, ratio <= LIMITS.ratio),
    },
    {
      question: "its memory",
      figure: formatMemory(catalog.peakBytes),
      target: formatTarget(`< ${formatMemory(LIMITS.memory)}`, catalog.peakBytes < LIMITS.memory),
    },
    {
      question: "the page of the list, compressed",
      figure: formatBytes(list),
      target: formatTarget(`< ${formatBytes(LIMITS.list)}`, list < LIMITS.list),
    },
    await measureGrowth(bench),
  ];
};

/** Whether the pages of a version grow with the number of versions. */
async function measureGrowth(bench: ScaleBench): Promise<ScaleRow> {
  const few = await bytesOfVersion(bench, FEW);
  const many = await bytesOfVersion(bench, MANY);
  return {
    question: `bytes of a version, of a prompt with ${MANY} versions`,
    figure: `${formatBytes(many)}, ${formatRatio(many / few)} that of ${FEW}`,
    target: formatTarget(`≤ ${LIMITS.growth} ×`, many <= LIMITS.growth * few),
  };
}

async function bytesOfVersion({ folder }: ScaleBench, versions: number): Promise<number> {
  const repository = new BenchRepository(join(folder, `versions-${versions}`), { prompts: 1, versions });
  await cuecard({ repository }, "catalog", "--out", "site");
  const site = join(repository.dir, "site");
  const files = readdirSync(site, { recursive: true, encoding: "utf8" }).map((path) => statSync(join(site, path)));
  const bytes = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  rmSync(repository.dir, { recursive: true });
  return bytes / versions;
}
