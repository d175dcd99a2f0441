// Compares two contents of a prompt: their texts, and everything else.

import { compareText } from "@cuecard/model";
import type { CompiledContent } from "../model.js";
import { compareFacts } from "./compare-facts.js";
import { compareWords } from "./compare-words.js";
import type { Comparison, TextChange, WordChange } from "./comparison.js";
import { isSameTemplate } from "./layout.js";

/**
 * Compares two contents: of two versions, or of a version and the working file.
 *
 * @example
 * const { breaking, changes } = compareContents(v1.content, v2.content);
 */
export function compareContents(before: CompiledContent, after: CompiledContent): Comparison {
  const changes = compareFacts(before, after);
  const texts = compareTexts(before, after);
  const layoutOnly = changes.length === 0 && texts.length > 0 && texts.every(isLayoutChange);
  return { breaking: changes.some(({ breaking }) => breaking), changes, texts, layoutOnly };
}

function isLayoutChange({ change, words }: TextChange): boolean {
  const without = (kind: WordChange["kind"]) =>
    words.flatMap((word) => (word.kind === kind ? [] : [word.text])).join("");
  return change === "changed" && isSameTemplate(without("added"), without("removed"));
}

function compareTexts(before: CompiledContent, after: CompiledContent): TextChange[] {
  const changes: TextChange[] = [];
  const add = (path: string, was: string | undefined, is: string | undefined) => {
    if (was === is) return;
    const change = was === undefined ? "added" : is === undefined ? "removed" : "changed";
    changes.push({ path, change, words: compareWords(was ?? "", is ?? "") });
  };
  add("", before.template, after.template);
  const [was, is] = [before, after].map(
    ({ partials, schemas }) => new Map(Object.entries({ ...partials, ...schemas })),
  );
  const paths = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  for (const path of [...paths].sort(compareText)) add(path, was?.get(path), is?.get(path));
  return changes;
}
