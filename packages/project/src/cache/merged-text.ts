// Which versions are in the history of which commits, as a text with one line for each version: what is known of one prompt is found
// without parsing the rest.

import type { MergedRecord } from "@cuecard/registry";

const MERGED = "+";
const UNMERGED = "-";

export function printMerged({ heads, merged, unmerged }: MergedRecord): string {
  const lines = [...merged.map((key) => MERGED + key), ...unmerged.map((key) => UNMERGED + key)];
  return `${heads.join()}\n${lines.map((line) => `${line}\n`).join("")}`;
}

/** @param names The prompts whose versions are wanted. Default: all. */
export function parseMerged(text: string, names?: ReadonlySet<string>): MergedRecord {
  const end = text.indexOf("\n");
  const wanted =
    names === undefined ? text.slice(end + 1, -1).split("\n") : [...names].flatMap((name) => linesOf(text, name));
  const keysOf = (mark: string) => wanted.flatMap((line) => (line.startsWith(mark) ? [line.slice(1)] : []));
  return { heads: text.slice(0, end).split(","), merged: keysOf(MERGED), unmerged: keysOf(UNMERGED) };
}

function linesOf(text: string, name: string): string[] {
  return [MERGED, UNMERGED].flatMap((mark) => {
    const start = `\n${mark}${name}@v`;
    const found: string[] = [];
    for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, at + 1))
      found.push(text.slice(at + 1, text.indexOf("\n", at + 1)));
    return found;
  });
}
