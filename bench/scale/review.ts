// A review of a branch that changes twenty prompts, beside a check of the same files: without a cache, as in CI, and again.

import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { formatMemory, formatRatio, formatTarget, formatTime } from "../format-figure.js";
import { promptName } from "../make-repository.js";
import { type Sample, sampleInTurn } from "../sample.js";
import { cuecard, type MeasureGroup } from "./scale-bench.js";

const CHANGED = 20;
const LIMITS = { ratio: 1.5, memory: 300e6 };

export const measureReview: MeasureGroup = async (bench) => {
  const { dir } = bench.repository;
  for (let index = 0; index < CHANGED; index++)
    appendFileSync(join(dir, `prompts/${promptName(index * 37)}.md`), "One more line.\n");
  const review = () => cuecard(bench, "review", "--base", "main");
  const check = () => cuecard(bench, "check");
  const first = (command: typeof check) => () => {
    rmSync(join(dir, "node_modules/.cache"), { recursive: true, force: true });
    return command();
  };
  const cold = await sampleInTurn(1, { review: first(review), check: first(check) });
  const warm = await sampleInTurn(bench.rounds, { review, check });
  await bench.restore();
  const row = (question: string, samples: Readonly<Record<"review" | "check", Sample>>) => {
    const ratio = samples.review.processorMilliseconds / samples.check.processorMilliseconds;
    return {
      question,
      figure: `${formatTime(samples.review.processorMilliseconds - bench.startUp)}, ${formatRatio(ratio)} check`,
      raw: `cuecard check: ${formatTime(samples.check.processorMilliseconds - bench.startUp)}`,
      target: formatTarget(`≤ ${LIMITS.ratio} × check`, ratio <= LIMITS.ratio),
    };
  };
  const memory = Math.max(cold.review.peakBytes, warm.review.peakBytes);
  return [
    row(`review of ${CHANGED} changed prompts, without a cache`, cold),
    row("the same again", warm),
    {
      question: "the most memory of a review",
      figure: formatMemory(memory),
      target: formatTarget(`< ${formatMemory(LIMITS.memory)}`, memory < LIMITS.memory),
    },
  ];
};
