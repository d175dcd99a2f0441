// What `cuecard check` takes of time and memory for prompts that try to take much.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostilePrompts } from "../packages/cli/test/hostile-prompts.js";
import { formatMemory, formatTarget, formatTime } from "./format-figure.js";
import { git } from "./make-repository.js";
import type { Bench, Table } from "./measurement.js";
import { CUECARD } from "./paths.js";
import { runProcess } from "./run-process.js";

export async function measureHostile({ folder }: Bench): Promise<readonly Table[]> {
  const rows: string[][] = [];
  for (const [index, { name, content }] of hostilePrompts.entries()) {
    const dir = join(folder, `hostile-${index}`);
    mkdirSync(join(dir, "prompts"), { recursive: true });
    writeFileSync(join(dir, "prompts/hostile.md"), content);
    git(dir, ["init", "--quiet"]);
    const { milliseconds, peakBytes } = await runProcess([CUECARD, "check", "--cwd", dir], { mayFind: true });
    const targets = [formatTarget("≤ 2 s", milliseconds <= 2000), formatTarget("≤ 300 MB", peakBytes <= 300e6)];
    rows.push([name, formatTime(milliseconds), formatMemory(peakBytes), targets.join("; ")]);
  }
  return [
    {
      title: "hostile prompts: `cuecard check` from start to end",
      columns: ["", "time", "peak memory", "target"],
      rows,
    },
  ];
}
