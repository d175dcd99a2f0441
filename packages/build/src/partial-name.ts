// What templates call a partial: `finance/_guidelines.md` is used as `finance/guidelines`.

import { classifyPath } from "@cuecard/model";

/** @param path Within the prompts folder. */
export function partialName(path: string): string {
  const classified = classifyPath(path);
  return classified.kind === "partial" ? classified.name : path;
}
