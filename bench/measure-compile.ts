// How many contents the compiler takes in a second on one core, once it is warm, and on what it spends the time.

import { formatMemory, formatTime } from "./format-figure.js";
import type { Bench, Table } from "./measurement.js";
import { packageEntry, processFile } from "./paths.js";
import { runProcess } from "./run-process.js";

interface Compilation {
  readonly contents: number;
  readonly milliseconds: number;
  /** Milliseconds by stage, as sampled. */
  readonly stages: Readonly<Record<string, number>>;
}

export async function measureCompile({ repository }: Bench): Promise<readonly Table[]> {
  const modules = { registry: packageEntry("registry"), build: packageEntry("build") };
  const compileOf = async (isUnique: boolean) => {
    const args = JSON.stringify({ dir: repository.dir, isUnique, ...modules });
    const { stdout, peakBytes } = await runProcess([processFile("compile-contents.mjs"), args]);
    return { ...(JSON.parse(stdout) as Compilation), peakBytes };
  };
  const repeating = await compileOf(false);
  const unique = await compileOf(true);

  const columns = [repeating, unique];
  const stages = [...new Set(columns.flatMap(({ stages }) => Object.keys(stages)))];
  const cost = ({ stages, milliseconds, contents }: Compilation, stage: string) => {
    const sampled = Object.values(stages).reduce((sum, time) => sum + time, 0);
    const share = (stages[stage] ?? 0) / sampled;
    return `${((share * milliseconds) / contents).toFixed(3)} ms ${`${Math.round(share * 100)} %`.padStart(5)}`;
  };
  return [
    {
      title: "compile: contents, with everything emitted",
      columns: ["", "as in the repository", "each with its own front matter"],
      rows: [
        ["contents", ...columns.map(({ contents }) => String(contents))],
        ["time", ...columns.map(({ milliseconds }) => formatTime(milliseconds))],
        [
          "contents in a second",
          ...columns.map(({ contents, milliseconds }) => String(Math.round((contents / milliseconds) * 1000))),
        ],
        ...stages.map((stage) => [`  ${stage}`, ...columns.map((column) => cost(column, stage))]),
        ["peak memory", ...columns.map(({ peakBytes }) => formatMemory(peakBytes))],
      ],
      notes: [
        "By stage: of one content, from a profile of the same work; a sample counts for the innermost stage on its stack.",
      ],
    },
  ];
}
