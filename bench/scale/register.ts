// Registering: one version by the command, and many in one process, as an optimizer or an importer does.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatTarget, formatTime } from "../format-figure.js";
import { git } from "../make-repository.js";
import { CHECKOUT, processFile } from "../paths.js";
import { runProcess } from "../run-process.js";
import { cuecard, type MeasureGroup, measureChildren } from "./scale-bench.js";

/** In one process. The second half must not take longer than the first. */
const MANY = 100;

/** A commit and a tag take less than Linux counts at once. */
const REPEATED = 20;

export const measureRegister: MeasureGroup = async (bench) => {
  const { dir } = bench.repository;
  writeFileSync(join(dir, "raw.md"), "Hello {{name}}!\n");
  const blob = git(dir, ["hash-object", "-w", "raw.md"]).trim();
  let raw = 0;
  for (let version = 1; version <= REPEATED; version++) {
    git(dir, ["update-index", "--add", "--cacheinfo", `100644,${blob},prompts/new/raw-${version}.md`]);
    const commit = () => {
      git(dir, ["commit", "--quiet", "--message=Add a prompt"]);
      git(dir, ["tag", `new/raw@v${version}`]);
    };
    raw += measureChildren(commit) / REPEATED;
  }
  await bench.restore();

  const source = join(bench.folder, "draft.md");
  writeFileSync(source, "Hello {{name}}, this is new!\n");
  const one = (await cuecard(bench, "register", "new/one", "--from", source)).processorMilliseconds - bench.startUp;
  await bench.restore();

  const registry = join(CHECKOUT, "packages/cli/dist/index.js");
  const { stdout } = await runProcess([processFile("register-many.mjs"), registry, dir, String(MANY)]);
  const [first, second] = JSON.parse(stdout) as readonly [number, number];
  await bench.restore();
  const limit = raw + (bench.large ? 700 : 500);
  return [
    {
      question: "register",
      figure: formatTime(one),
      raw: `git commit, git tag: ${formatTime(raw)}`,
      target: formatTarget(`≤ ${formatTime(limit)}`, one <= limit),
    },
    {
      question: `${MANY} in one process, each`,
      figure: `${formatTime(first)} in the first half, ${formatTime(second)} in the second`,
      target: formatTarget("≤ 15 ms, linear", Math.max(first, second) <= 15),
    },
  ];
};
