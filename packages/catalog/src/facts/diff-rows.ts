// Two texts beside each other, line by line, with the words that differ.

import type { WordChange } from "@cuecard/build";
import { compareWords } from "@cuecard/build/compare-words";
import { diffLines } from "diff";

/** One line on both sides; a side that lacks it is left out. */
export interface DiffRow {
  readonly kind: "same" | "changed" | "added" | "removed";
  readonly before?: DiffLine;
  readonly after?: DiffLine;
}

export interface DiffLine {
  /** 1-based. */
  readonly number: number;
  readonly words: readonly WordChange[];
}

/** Rows, or the number of lines that are the same on both sides and not shown. */
export type DiffPart = { readonly rows: readonly DiffRow[] } | { readonly skipped: number };

/** Time grows with the square of the difference. Beyond this limit, every line counts as changed. */
const MOST_EDITS = 4_000;
/** The lines that are shown around a change. */
const CONTEXT = 3;
/** Lines that have less than this in common are an old and a new line, not a changed one. */
const LEAST_SHARED = 0.3;

export function diffRows(before: string, after: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let [was, is] = [0, 0];
  const removed: string[] = [];
  const added: string[] = [];
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++)
      rows.push(...pairLines(removed[index], added[index], { was: was + index + 1, is: is + index + 1 }));
    was += removed.length;
    is += added.length;
    removed.length = 0;
    added.length = 0;
  };
  const parts = diffLines(endLine(before), endLine(after), { maxEditLength: MOST_EDITS }) ?? [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ];
  for (const part of parts) {
    const lines = part.value.replace(/\n$/, "").split("\n");
    if (part.removed) removed.push(...lines);
    else if (part.added) added.push(...lines);
    else {
      flush();
      for (const text of lines) rows.push({ kind: "same", before: plain(++was, text), after: plain(++is, text) });
    }
  }
  flush();
  return rows;
}

/** A last line is the same with and without a line end. */
function endLine(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

/** Long runs of lines that are the same are left out. */
export function foldRows(rows: readonly DiffRow[]): DiffPart[] {
  const near = new Set<number>();
  for (const [index, { kind }] of rows.entries())
    if (kind !== "same") for (let at = index - CONTEXT; at <= index + CONTEXT; at++) near.add(at);
  const parts: DiffPart[] = [];
  let shown: DiffRow[] = [];
  let skipped = 0;
  const flush = () => {
    if (shown.length > 0) parts.push({ rows: shown });
    // To say that one line is left out takes as much room as the line.
    if (skipped > 0) parts.push({ skipped });
    shown = [];
    skipped = 0;
  };
  for (const [index, row] of rows.entries()) {
    const isShown = near.has(index) || (near.has(index - 1) && near.has(index + 1));
    if (isShown && skipped > 0) flush();
    if (isShown) shown.push(row);
    else skipped++;
    if (!isShown && shown.length > 0) {
      parts.push({ rows: shown });
      shown = [];
    }
  }
  flush();
  return parts;
}

function pairLines(
  before: string | undefined,
  after: string | undefined,
  { was, is }: { readonly was: number; readonly is: number },
): DiffRow[] {
  if (before === undefined) return [{ kind: "added", after: whole("added", is, after ?? "") }];
  if (after === undefined) return [{ kind: "removed", before: whole("removed", was, before) }];
  const words = compareWords(before, after);
  const shared = words.reduce((sum, { kind, text }) => sum + (kind === "same" ? text.trim().length : 0), 0);
  if (shared < LEAST_SHARED * Math.max(before.trim().length, after.trim().length))
    return [{ kind: "changed", before: whole("removed", was, before), after: whole("added", is, after) }];
  return [
    {
      kind: "changed",
      before: { number: was, words: words.filter(({ kind }) => kind !== "added") },
      after: { number: is, words: words.filter(({ kind }) => kind !== "removed") },
    },
  ];
}

function plain(number: number, text: string): DiffLine {
  return whole("same", number, text);
}

function whole(kind: WordChange["kind"], number: number, text: string): DiffLine {
  return { number, words: text === "" ? [] : [{ kind, text }] };
}
