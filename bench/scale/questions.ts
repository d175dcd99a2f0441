// Questions about an unchanged registry: building and checking again, listing, showing, searching, the history of a prompt, moving
// a pointer. Each target is the most that its answer may take over the start of `cuecard`.

import { formatTarget, formatTime } from "../format-figure.js";
import { git, promptName } from "../make-repository.js";
import { sampleInTurn } from "../sample.js";
import { cuecard, type MeasureGroup, measureGit, type ScaleBench, type ScaleRow } from "./scale-bench.js";

interface Question {
  readonly args: readonly string[];
  /** In milliseconds; `raw` is what the work takes without Cuecard. */
  readonly target: (raw: number) => number;
  readonly raw?: { readonly name: string; readonly args: readonly string[] } | undefined;
  /** Whether it edits aliases.json, which is then brought back. */
  readonly edits?: boolean;
}

const NAME = promptName(503);
const TAGS = {
  name: "git for-each-ref",
  args: ["for-each-ref", "--format=%(refname) %(objectname) %(*objectname)", "refs/tags"],
};
const LOG = { name: "git log", args: ["log", "--format=%H", "--", `prompts/${NAME}.md`] };

function listQuestions(large: boolean): Question[] {
  const either = (small: number, big: number) => () => (large ? big : small);
  const unchanged = (raw: number) => (large ? 3 * raw : Math.max(2 * raw, 250));
  const name = promptName(503);
  return [
    { args: ["build"], raw: TAGS, target: unchanged },
    { args: ["check"], raw: TAGS, target: unchanged },
    { args: ["list"], target: either(300, 1000) },
    { args: ["show", name], target: either(300, 1000) },
    { args: ["search", "--name", "prompt-0503"], target: either(300, 1000) },
    { args: ["search", "--tag", "team=team-3"], target: either(300, 1000) },
    { args: ["search", "--alias", "production"], target: either(300, 1000) },
    { args: ["search", "--text", "analyst 503"], target: either(600, 3000) },
    { args: ["search", "--all-versions", "--text", "analyst 503"], target: either(1200, 8000) },
    { args: ["history", name], raw: LOG, target: (raw) => 300 + raw },
    { args: ["diff", `${name}@v2`, `${name}@v3`], raw: LOG, target: (raw) => 300 + raw },
    { args: ["alias", "set", name, "staging", "v7", "--yes"], target: either(400, 600), edits: true },
    {
      args: ["promote", name, "--from", "staging", "--to", "production", "--yes"],
      target: either(400, 600),
      edits: true,
    },
  ];
}

export const measureQuestions: MeasureGroup = async (bench) => {
  const rows: ScaleRow[] = [];
  await cuecard(bench, "check");
  for (const question of listQuestions(bench.large)) rows.push(await ask(bench, question));
  return rows;
};

async function ask(bench: ScaleBench, { args, target, raw, edits }: Question): Promise<ScaleRow> {
  const { dir } = bench.repository;
  const run = async () => {
    const result = await cuecard(bench, ...args);
    if (edits === true) git(dir, ["checkout", "--quiet", "aliases.json"]);
    return result;
  };
  // The first answer is kept for the others.
  const first = (await run()).processorMilliseconds - bench.startUp;
  const { sample } = await sampleInTurn(bench.rounds, { sample: run });
  const took = sample.processorMilliseconds - bench.startUp;
  const alone = raw === undefined ? 0 : measureGit(dir, raw.args);
  const limit = target(alone);
  return {
    question: args.join(" "),
    figure: `${formatTime(took)}, at first ${formatTime(first)}`,
    raw: raw && `${raw.name}: ${formatTime(alone)}`,
    target: formatTarget(`≤ ${formatTime(limit)}`, took <= limit),
  };
}
