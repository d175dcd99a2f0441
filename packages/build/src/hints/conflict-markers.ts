// The two sides of a merge conflict that was committed unresolved: the model would get both, and the markers.

import { type Diagnostic, diagnose } from "@cuecard/model";
import type { SourceText } from "../text/source-text.js";

/** The marks that begin, divide and end a conflict, in their order. Those of `merge.conflictStyle=diff3` are between them. */
const MARKS = [/^<{7}(?: .*)?$/, /^={7}$/, /^>{7}(?: .*)?$/];
const FENCE = /^[ \t>]*(?:`{3,}|~{3,})/;

/** The first conflict of a text; in code it is an example. */
export function findConflicts(source: SourceText): Diagnostic[] {
  if (!source.text.includes("<<<<<<<")) return [];
  let start = 0;
  let at = 0;
  let isCode = false;
  let next = 0;
  for (const line of source.text.split("\n")) {
    if (FENCE.test(line)) isCode = !isCode;
    else if (!isCode && MARKS[next]?.test(line.replace(/\r$/, "")) === true) {
      if (next === 0) start = at;
      next++;
    }
    if (next === MARKS.length) return [diagnose("template/conflict-markers", {}, source.place(start, start + 7))];
    at += line.length + 1;
  }
  return [];
}
