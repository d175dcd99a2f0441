// The measure that reading is compared with: git alone, giving out every object that a first reading needs, once.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promptName } from "./make-repository.js";
import type { Bench } from "./measurement.js";
import { processFile } from "./paths.js";
import { runTimedProcess } from "./run-process.js";
import type { Sample } from "./sample.js";

export interface RawReading {
  readonly objects: number;
  readonly bytes: number;
  readonly run: () => Promise<Sample>;
}

/** Lists the objects, which is not measured. */
export function prepareRawReading({ repository, folder }: Pick<Bench, "repository" | "folder">): RawReading {
  const objects = listObjects(repository.dir, listExpressions(repository.size));
  const ids = join(folder, "objects");
  writeFileSync(ids, [...objects.keys(), ""].join("\n"));
  return {
    objects: objects.size,
    bytes: [...objects.values()].reduce((sum, size) => sum + size, 0),
    run: () => runTimedProcess([processFile("raw-reading.mjs"), repository.dir, ids]),
  };
}

/** For each version, in the order in which they are read: its tag, commit, folders and files. */
function listExpressions({ prompts, versions }: { prompts: number; versions: number }): string[] {
  const expressions: string[] = [];
  for (let index = 0; index < prompts; index++)
    for (let version = 1; version <= versions; version++) {
      const name = promptName(index);
      const tag = `refs/tags/${name}@v${version}`;
      const folder = name.slice(0, name.indexOf("/"));
      const paths = ["prompts", `prompts/${folder}`, `prompts/${name}.md`, "prompts/_guidelines.md"];
      expressions.push(tag, `${tag}^{commit}`, `${tag}^{tree}`, ...paths.map((path) => `${tag}:${path}`));
    }
  return expressions;
}

/** Each object's id and size, once, in the order of first mention. */
function listObjects(dir: string, expressions: readonly string[]): Map<string, number> {
  const { status, stdout } = spawnSync("git", ["cat-file", "--batch-check=%(objectname) %(objectsize)"], {
    cwd: dir,
    input: `${expressions.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error("git cat-file failed");
  const lines = stdout.trimEnd().split("\n");
  const missing = lines.find((line) => !/^[0-9a-f]+ \d+$/.test(line));
  if (missing !== undefined) throw new Error(`the repository lacks an object: ${missing}`);
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(" ")), Number(line.slice(line.indexOf(" ") + 1))]));
}
