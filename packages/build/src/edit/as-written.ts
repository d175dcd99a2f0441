// A text as its file has it: with the file's byte-order mark and line ends.

import { plainText } from "@cuecard/model";
import { diffArrays } from "diff";

/** Time grows with the square of the difference. Beyond this limit, all lines count as new. */
const MOST_EDITS = 2_000;

/**
 * @param text With any line ends, which do not count.
 * @param before What the file has, with its byte-order mark and line ends; `undefined` for a new file.
 * @returns What the file gets. If its lines end differently, each keeps its own end, and new ones end as the line before them.
 */
export function asWritten(text: string, before: string | undefined): string {
  const plain = plainText(text);
  if (before === undefined) return plain;
  const mark = before.startsWith("\ufeff") ? "\ufeff" : "";
  if (plainText(before) === plain) return before;
  if (!before.includes("\r\n")) return mark + plain;
  if (!/(?<!\r)\n/.test(before)) return mark + plain.replaceAll("\n", "\r\n");
  return mark + keepEach(plain, before.slice(mark.length));
}

function keepEach(plain: string, before: string): string {
  const old = [...linesOf(before)];
  const lines = [...linesOf(plain)].map(({ text, end }) => ({ text, end }));
  const parts = diffArrays(
    old.map(({ text }) => text),
    lines.map(({ text }) => text),
    { maxEditLength: MOST_EDITS },
  ) ?? [{ added: true, removed: false, count: lines.length, value: [] }];
  let [from, to, last] = [0, 0, old[0]?.end ?? "\n"];
  for (const { added, removed, count = 0 } of parts) {
    if (removed) from += count;
    else
      for (let index = 0; index < count; index++) {
        const line = lines[to++];
        const kept = added ? last : old[from++]?.end || last;
        if (line === undefined) continue;
        if (line.end !== "") line.end = kept;
        last = kept;
      }
  }
  return lines.map(({ text, end }) => text + end).join("");
}

interface Line {
  readonly text: string;
  /** Empty for a last line without one. */
  end: string;
}

function* linesOf(text: string): Generator<Line> {
  for (const [whole] of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    const end = whole.endsWith("\r\n") ? "\r\n" : whole.endsWith("\n") ? "\n" : "";
    yield { text: whole.slice(0, whole.length - end.length), end };
  }
}
