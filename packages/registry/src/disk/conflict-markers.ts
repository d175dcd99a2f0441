// The lines that git leaves in a file where a merge has to be decided.

import { LineIndex, type Range } from "@cuecard/model";

const MARKER = /^(<{7}|\|{7}|={7}|>{7})(?: .*|$)/;

/** The marker that a line is; `undefined` when it is none. */
export function conflictMarker(line: string): string | undefined {
  return MARKER.exec(line)?.[1];
}

/** Where the first marker of a text stands. */
export function findConflictMarker(text: string): Range | undefined {
  const found = new RegExp(MARKER, "m").exec(text);
  return found === null ? undefined : new LineIndex(text).range(found.index, found.index + found[0].length);
}
