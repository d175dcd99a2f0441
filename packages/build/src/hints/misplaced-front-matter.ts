// Front matter that is read as text, because something is above it or its first fence is missing or misspelled: a license
// comment, a `#!` line, a blank line, an indented fence, `+++` or `—`. It would reach the model as YAML.

import { type Diagnostic, diagnose, withFix } from "@cuecard/model";
import type { SourceText } from "../text/source-text.js";

/** How far down the keys may begin and end. */
const MAX_LINES = 80;
/** How much of a line shows what it is. */
const MAX_SHOWN = 300;
const FENCE = /^[ \t]*---[ \t]*$/;
const INVISIBLE = String.raw`[\s\u00A0\u00AD\u200B-\u200F\u2060\uFEFF]*`;
/** What other tools, word processors and haste make of a fence. */
const NEARLY = new RegExp(
  String.raw`^${INVISIBLE}(?:-{2,}|[\u2010-\u2015\u2212]+|\+{3,}|;{3,})${INVISIBLE}(?:ya?ml|toml|json)?${INVISIBLE}$`,
  "i",
);
/** What encloses the keys at the very top of a file: code, or a comment. */
const ENCLOSURES: readonly (readonly [open: RegExp, close: RegExp])[] = [
  [/^`{3,}[ \t]*(?:ya?ml|toml|json|front-?matter)[ \t]*$/i, /^`{3,}[ \t]*$/],
  [/^[ \t]*<!--[ \t]*$/, /^[ \t]*-->[ \t]*$/],
  [/^[ \t]*\{\{!--[ \t]*$/, /^[ \t]*--\}\}[ \t]*$/],
];
const LICENSE = /copyright|licen[sc]e|SPDX|\(c\)|©/i;
/** A line of YAML: an entry, an item, something indented, a closing bracket. */
const YAML_LINE = /^\s*$|^\s*#|^\s*-\s|^\s*["']?[\w.$?*(),| -]+["']?\s*:(?:\s|$)|^\s+\S|^[\]}]/;
/** A line of TOML or JSON. */
const DATA_LINE = /^\s*[\w".-]+\s*=|^\s*\[|^\s*[{}],?\s*$|^\s*"[^"]+"\s*:/;
const KEY = /^\s*["']?([\w-]+)["']?\s*(?::(?:\s|$)|=)/;

type Reason = "blank" | "comment" | "indented" | "not-opened" | "second" | "twice" | "misspelled" | "unfenced";

/** Keys between two lines that are fences, or were meant as such. */
interface Block {
  /** The lines of the keys. */
  readonly first: number;
  readonly end: number;
  readonly reason: Reason;
  /** Whether the keys are YAML that only has to be moved. */
  readonly isCertain: boolean;
}

/**
 * @param keys The keys of front matter. Without one of them, lines between rules are text.
 * @param follows What is above the text: other front matter, one without keys, or nothing.
 */
export function findMisplacedFrontMatter(
  source: SourceText,
  keys: readonly string[],
  follows: "nothing" | "empty" | "other",
): Diagnostic[] {
  const lines = source.text.split("\n", MAX_LINES);
  const preamble = readPreamble(lines);
  const isKey = (line: string) => keys.includes(KEY.exec(startOf(line))?.[1] ?? "");
  const candidates =
    follows === "other"
      ? [FENCE.test(lines[0] ?? "") ? findFenced(lines, 0) : undefined]
      : [findEnclosed(lines), findFenced(lines, preamble.length), findUnfenced(lines, isKey)];
  const found = candidates.find((candidate) => candidate !== undefined && isFrontMatter(candidate, lines, isKey));
  if (found === undefined) return [];
  const block = lines.slice(found.first, found.end);
  const reason = follows === "empty" ? "second" : follows === "other" ? "twice" : found.reason;
  const [from, to] = [offsetOf(lines, found.first), offsetOf(lines, found.end + 1)];
  const place = source.place(from, offsetOf(lines, found.first + 1) - 1);
  const finding = diagnose("front-matter/not-first", { reason }, place);
  const comments = preamble.map((line, index) => (isHeading(line, preamble[index + 1]) ? undefined : asComment(line)));
  if (follows !== "nothing" || !found.isCertain || comments.includes(undefined)) return [finding];
  const written = ["---", ...comments.filter((line) => line !== ""), ...dedented(block), "---", ""].join("\n");
  const end = Math.min(to, source.text.length);
  const isLast = end === source.text.length && !source.text.endsWith("\n");
  return [withFix(finding, [source.edit(0, end, isLast ? written.slice(0, -1) : written)])];
}

function isFrontMatter(
  { first, end, reason }: Block,
  lines: readonly string[],
  isKey: (line: string) => boolean,
): boolean {
  const block = lines.slice(first, end);
  const isData = (line: string) => isYaml(line) || (reason === "misspelled" && DATA_LINE.test(startOf(line)));
  // Without its first fence, it has to begin with a key at once.
  const top = block.find((line) => line.trim() !== "" && !/^\s*#/.test(line)) ?? "";
  return block.every(isData) && block.some(isKey) && (reason !== "not-opened" || isKey(top));
}

function startOf(line: string): string {
  return line.slice(0, MAX_SHOWN);
}

function isYaml(line: string): boolean {
  return YAML_LINE.test(startOf(line));
}

function isNearly(line: string): boolean {
  return line.length <= MAX_SHOWN && NEARLY.test(line);
}

/** @param at The line of the first fence, if it is not missing. */
function findFenced(lines: readonly string[], at: number): Block | undefined {
  const opening = lines[at] ?? "";
  const isOpened = FENCE.test(opening);
  const isMisspelled = !isOpened && isNearly(opening);
  const first = at + (isOpened || isMisspelled ? 1 : 0);
  const length = lines.slice(first).findIndex((line) => FENCE.test(line) || (isMisspelled && isNearly(line)));
  if (length < 1) return undefined;
  const reason = isMisspelled ? "misspelled" : isOpened ? reasonFor(lines.slice(0, at)) : "not-opened";
  return { first, end: first + length, reason, isCertain: lines.slice(first, first + length).every(isYaml) };
}

function findEnclosed(lines: readonly string[]): Block | undefined {
  const close = ENCLOSURES.find(([open]) => open.test(lines[0] ?? ""))?.[1];
  const length = close === undefined ? -1 : lines.slice(1).findIndex((line) => close.test(line));
  return length < 1 ? undefined : { first: 1, end: 1 + length, reason: "misspelled", isCertain: false };
}

/** Keys without any fence, up to a blank line. One of them may be a sentence; several are not. */
function findUnfenced(lines: readonly string[], isKey: (line: string) => boolean): Block | undefined {
  const length = lines.findIndex((line) => line.trim() === "");
  const block = lines.slice(0, Math.max(length, 0));
  const isFrontMatter = isKey(block[0] ?? "") && block.filter((line) => /^\S/.test(line) && isKey(line)).length > 1;
  return isFrontMatter ? { first: 0, end: length, reason: "unfenced", isCertain: false } : undefined;
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
    else if (
      !/^\s*$|^\s*#|^\s*\/\/|^\s*\{\{![^}]*\}\}\s*$|^\s*<\?.*\?>\s*$|^%(?:YAML|TAG)\b/.test(line) &&
      !LICENSE.test(line)
    )
      break;
    count++;
  }
  return lines.slice(0, count);
}

/** `# Title` with a blank line below it is text, more likely than a comment. */
function isHeading(line: string, below: string | undefined): boolean {
  return /^#{1,6} /.test(line) && below?.trim() === "" && !LICENSE.test(line);
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

function reasonFor(preamble: readonly string[]): Reason {
  if (preamble.length === 0) return "indented";
  return preamble.every((line) => line.trim() === "") ? "blank" : "comment";
}

function offsetOf(lines: readonly string[], line: number): number {
  return lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
}
