// What questions cost in a large registry: `pnpm bench scale`, on 1,000 prompts with 10 versions each, and with `--large` on
// 10,000. Everything is the time of the processor, in the process and those it starts, over the start of `cuecard`; beside
// it is what the same work takes without Cuecard, in the same run.

import { join } from "node:path";
import { BenchRepository } from "../bench-repository.js";
import { formatTime } from "../format-figure.js";
import { git } from "../make-repository.js";
import type { Bench, Table } from "../measurement.js";
import { CUECARD } from "../paths.js";
import { runProcess } from "../run-process.js";
import { sampleInTurn } from "../sample.js";
import { measureBuilds } from "./builds.js";
import { measureCatalog } from "./catalog.js";
import { measureEdits } from "./edits.js";
import { measureLayout } from "./layout.js";
import { measurePackage } from "./package.js";
import { measureQuestions } from "./questions.js";
import { measureRegister } from "./register.js";
import { measureReview } from "./review.js";
import type { MeasureGroup, ScaleBench } from "./scale-bench.js";

const groups: Readonly<Record<string, MeasureGroup>> = {
  questions: measureQuestions,
  review: measureReview,
  package: measurePackage,
  register: measureRegister,
  builds: measureBuilds,
  catalog: measureCatalog,
  edits: measureEdits,
  layout: measureLayout,
};

export async function measureScale({ folder, rounds, large, group }: Bench): Promise<readonly Table[]> {
  const size = { prompts: large ? 10_000 : 1000, versions: 10, emits: "all" } as const;
  const repository = new BenchRepository(join(folder, "scale"), size);
  const { dir } = repository;
  git(dir, ["config", "user.name", "Bench"]);
  git(dir, ["config", "user.email", "bench@example.com"]);
  await repository.build();
  git(dir, ["add", "aliases.json", "cuecard.config.json", "prompts.lock"]);
  git(dir, ["commit", "--quiet", "--message=Lock the versions"]);
  git(dir, ["branch", "built"]);
  const tags = new Set(listTags(dir));
  const { start } = await sampleInTurn(2 * rounds + 1, { start: () => runProcess([CUECARD, "--version"]) });
  const bench: ScaleBench = {
    ...{ repository, rounds, large, folder },
    startUp: start.processorMilliseconds,
    async restore() {
      git(dir, ["reset", "--quiet", "--hard", "built"]);
      const added = listTags(dir).filter((tag) => !tags.has(tag));
      if (added.length > 0) git(dir, ["tag", "--delete", ...added]);
      await repository.build();
    },
  };
  const tables: Table[] = [];
  for (const [name, measure] of Object.entries(groups)) {
    if (group.length > 0 && !group.includes(name)) continue;
    tables.push({
      title: `scale, ${name}: ${size.prompts} prompts with 10 versions each`,
      columns: ["question", "takes", "without Cuecard", "target"],
      rows: (await measure(bench)).map(({ question, figure, raw = "", target = "" }) => [
        question,
        figure,
        raw,
        target,
      ]),
      notes: [`Processor time over the start of \`cuecard\`, ${formatTime(bench.startUp)}.`],
    });
  }
  return tables;
}

function listTags(dir: string): string[] {
  return git(dir, ["tag", "--list"]).trimEnd().split("\n");
}
