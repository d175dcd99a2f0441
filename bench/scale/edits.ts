// What a keystroke in the editor of `cuecard dev` takes: the compiler's findings for the text, in a process that has checked before.

import { pathToFileURL } from "node:url";
import { formatTarget, formatTime } from "../format-figure.js";
import { promptName } from "../make-repository.js";
import { CUECARD, processFile } from "../paths.js";
import { runTimedProcess } from "../run-process.js";
import { sampleInTurn } from "../sample.js";
import type { MeasureGroup } from "./scale-bench.js";

/** In milliseconds. */
const LIMIT = 100;

export const measureEdits: MeasureGroup = async ({ repository, rounds }) => {
  const entry = new URL("../dist/index.js", pathToFileURL(CUECARD)).href;
  const check = (file: string) => () =>
    runTimedProcess([processFile("check-edits.mjs"), entry, repository.dir, `prompts/${file}`]);
  const { prompt, partial } = await sampleInTurn(rounds, {
    prompt: check(`${promptName(503)}.md`),
    partial: check("_guidelines.md"),
  });
  const row = (question: string, { processorMilliseconds: took }: typeof prompt) => ({
    question,
    figure: formatTime(took),
    target: formatTarget(`≤ ${formatTime(LIMIT)}`, took <= LIMIT),
  });
  return [row("a keystroke in a prompt", prompt), row("a keystroke in a partial that all prompts use", partial)];
};
