// The line a finding is about, with a mark under the range, fitted to the terminal.

import type { Range } from "@cuecard/model";
import { type Paint, plain } from "../terminal/paint.js";
import { characterWidth, displayWidth, printable } from "../terminal/text.js";

export interface FrameOptions {
  readonly width: number;
  readonly paint?: Paint;
}

/**
 * `undefined` when the range lies outside of the text.
 *
 * @param lines All lines of the text: a file can have thousands of findings, and is split once.
 */
export function codeFrame(lines: readonly string[], range: Range, options: FrameOptions): string | undefined {
  const paint = options.paint ?? plain;
  const line = lines[range.start.line - 1];
  if (line === undefined) return undefined;
  const gutter = String(range.start.line).length;
  const start = Math.min(range.start.column - 1, line.length);
  const end = range.end.line > range.start.line ? line.length : Math.min(range.end.column - 1, line.length);
  const window = cut(line, start, Math.max(end, start), Math.max(20, options.width - gutter - 6));
  const bar = paint.dim("|");
  const frame: string[] = [];
  const before = lines[range.start.line - 2];
  if (before !== undefined && before.trim() !== "")
    frame.push(
      `  ${paint.dim(`${String(range.start.line - 1).padStart(gutter)} | ${cut(before, 0, 0, window.room).text}`)}`,
    );
  frame.push(`${paint.red(">")} ${paint.dim(String(range.start.line).padStart(gutter))} ${bar} ${window.text}`);
  frame.push(
    `  ${" ".repeat(gutter)} ${bar} ${" ".repeat(window.offset)}${paint.red("^".repeat(Math.max(1, window.marked)))}`,
  );
  return frame.join("\n");
}

interface Window {
  readonly text: string;
  /** Columns before the mark, and columns marked. */
  readonly offset: number;
  readonly marked: number;
  readonly room: number;
}

/** How many characters on either side of a range are looked at: a line can have hundreds of thousands. */
const NEAR = 1000;

/** The part of a line around a range that fits into `room` columns. */
function cut(line: string, start: number, end: number, room: number): Window {
  const from = Math.max(0, start - NEAR);
  const to = Math.min(line.length, start + NEAR);
  const isWhole = from === 0 && to === line.length;
  const before = show(line.slice(from, start));
  const inside = show(line.slice(start, Math.min(end, to)));
  const after = show(line.slice(end, Math.max(end, to)));
  const text = before + inside + after;
  if (isWhole && displayWidth(text) <= room)
    return { text: text.trimEnd(), offset: displayWidth(before), marked: displayWidth(inside), room };
  const lead = takeEnd(before, Math.max(8, room - Math.min(displayWidth(inside), room) - Math.floor(room / 3)));
  const prefix = from === 0 && lead === before ? "" : "…";
  const rest = takeStart(inside + after, room - displayWidth(lead) - displayWidth(prefix) - 1);
  const marked = Math.min(displayWidth(inside), displayWidth(rest));
  const suffix = to === line.length && rest === inside + after ? "" : "…";
  return { text: `${prefix}${lead}${rest}${suffix}`, offset: displayWidth(prefix) + displayWidth(lead), marked, room };
}

function show(text: string): string {
  return printable(text.replace(/\t/g, "  "));
}

function takeStart(text: string, room: number): string {
  let used = 0;
  let taken = "";
  for (const character of text) {
    used += characterWidth(character);
    if (used > room) break;
    taken += character;
  }
  return taken;
}

function takeEnd(text: string, room: number): string {
  let used = 0;
  let taken = "";
  for (const character of [...text].reverse()) {
    used += characterWidth(character);
    if (used > room) break;
    taken = character + taken;
  }
  return taken;
}
