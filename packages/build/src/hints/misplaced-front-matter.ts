// Front matter that is read as text, because something is above it or its first fence is missing: a license comment, a
// `#!` line, a blank line, an indented fence. It would reach the model as YAML.

import { type Diagnostic, diagnose, withFix } from "@cuecard/model";
import type { SourceText } from "../text/source-text.js";

/** How far down the keys may begin and end. */
const MAX_LINES = 80;
const FENCE = /^[ \t]*---[ \t]*$/;
const LICENSE = /copyright|licen[sc]e|SPDX|\(c\)|©/i;
/** A line of YAML: an entry, an item, something indented, a closing bracket. */
const YAML_LINE = /^\s*$|^\s*#|^\s*-\s|^\s*["']?[\w.$?*(),| -]+["']?\s*:(?:\s|$)|^\s+\S|^[\]}]/;

type Reason = "blank" | "comment" | "indented" | "not-opened" | "second";

/**
 * @param keys The keys of front matter. Without one of them, lines between rules are text.
 * @param isSecond Whether the text follows front matter, which is empty.
 */
export function findMisplacedFrontMatter(source: SourceText, keys: readonly string[], isSecond: boolean): Diagnostic[] {
  const lines = source.text.split("\n", MAX_LINES);
  const preamble = readPreamble(lines);
  const isOpened = FENCE.test(lines[preamble.length] ?? "");
  const first = preamble.length + (isOpened ? 1 : 0);
  const length = lines.slice(first).findIndex((line) => FENCE.test(line));
  if (length < 1) return [];
  const block = lines.slice(first, first + length);
  const isKey = (line: string) => keys.includes(/^\s*([\w-]+)\s*:(?:\s|$)/.exec(line)?.[1] ?? "");
  if (!block.every((line) => YAML_LINE.test(line)) || !block.some(isKey)) return [];
  // Without its first fence, it has to begin with a key at once.
  if (!isOpened && !isKey(block.find((line) => line.trim() !== "" && !/^\s*#/.test(line)) ?? "")) return [];

  const [from, to] = [offsetOf(lines, first), offsetOf(lines, first + length + 1)];
  const place = source.place(from, offsetOf(lines, first + 1) - 1);
  const finding = diagnose(
    "front-matter/not-first",
    { reason: isSecond ? "second" : reasonFor(preamble, isOpened) },
    place,
  );
  const comments = preamble.map(asComment);
  if (isSecond || comments.includes(undefined)) return [finding];
  const written = ["---", ...comments.filter((line) => line !== ""), ...dedented(block), "---", ""].join("\n");
  const end = Math.min(to, source.text.length);
  const isLast = end === source.text.length && !source.text.endsWith("\n");
  return [withFix(finding, [source.edit(0, end, isLast ? written.slice(0, -1) : written)])];
}

/** The lines before the keys that are not part of a text: blank ones, comments, a license. */
function readPreamble(lines: readonly string[]): readonly string[] {
  let count = 0;
  let closing: RegExp | undefined;
  for (const line of lines) {
    if (closing !== undefined) {
      if (closing.test(line)) closing = undefined;
    } else if (/^\s*<!--/.test(line)) closing = /-->/.test(line) ? undefined : /-->/;
    else if (/^\s*\{\{!--/.test(line)) closing = /--\}\}/.test(line) ? undefined : /--\}\}/;
    else if (/^\s*\/\*/.test(line)) closing = /\*\//.test(line) ? undefined : /\*\//;
    else if (!/^\s*$|^\s*#|^\s*\/\/|^\s*\{\{![^}]*\}\}\s*$/.test(line) && !LICENSE.test(line)) break;
    count++;
  }
  return lines.slice(0, count);
}

/** A line before the keys as a comment of YAML; empty for nothing, `undefined` for what is not certainly a comment. */
function asComment(line: string): string | undefined {
  if (/^\s*#/.test(line)) return line.trim();
  const text = line.replace(/^\s*(?:<!--|\{\{!-{0,2}|\/\*+|\/\/|\*(?=\s))|(?:-->|-{0,2}\}\}|\*\/)\s*$/g, "").trim();
  if (text === "") return "";
  return /<!--|-->|\{\{|\}\}|^---/.test(text) ? undefined : `# ${text}`;
}

/** Lines without the indentation that all of them have. */
function dedented(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(Math.min(indent, line.length)));
}

function reasonFor(preamble: readonly string[], isOpened: boolean): Reason {
  if (!isOpened) return "not-opened";
  if (preamble.length === 0) return "indented";
  return preamble.every((line) => line.trim() === "") ? "blank" : "comment";
}

function offsetOf(lines: readonly string[], line: number): number {
  return lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
}
