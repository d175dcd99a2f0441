// The conflict markers that git leaves in a file that it cannot merge.

import { LineIndex, type Range } from "@cuecard/model";

const MARKER = /^(<{7}|\|{7}|={7}|>{7})(?: .*|$)/;

/** The marker at the start of a line; `undefined` if the line is not a marker. */
export function conflictMarker(line: string): string | undefined {
  return MARKER.exec(line)?.[1];
}

/** The place of the first marker in a text. */
export function findConflictMarker(text: string): Range | undefined {
  const found = new RegExp(MARKER, "m").exec(text);
  return found === null ? undefined : new LineIndex(text).range(found.index, found.index + found[0].length);
}
