// Text for a terminal: how many columns it takes, where it breaks, and which characters are shown instead of obeyed.

import { escapeInvisible } from "@cuecard/model";

const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;
const ZERO = /[\p{Mn}\p{Me}\p{Cf}]/u;

export function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return code < 0x20 ? 0 : 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** How many columns a text takes: CJK and emoji take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Shortens to a width, with `…` for what was cut. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let used = 1;
  let kept = "";
  for (const character of text) {
    used += characterWidth(character);
    if (used > width) break;
    kept += character;
  }
  return width <= 0 ? "" : `${kept.trimEnd()}…`;
}

/** Pads with spaces to a width. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/**
 * Breaks prose at spaces so that it fits a terminal; words longer than a line stay whole, and so does `production → v1`.
 *
 * @param width Columns for the text of a line, the indent not counted.
 * @param indent Put before every line but the first.
 */
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<!→) (?!→)/)) {
    const candidate = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(candidate) > width) {
      lines.push(line);
      line = word;
    } else line = candidate;
  }
  lines.push(line);
  return lines.join(`\n${indent}`);
}

/** Controls have pictures of their own, which take one column. */
const CONTROL = /[\x00-\x08\x0B-\x1F\x7F]/g;

/**
 * Makes characters visible that cannot be seen, could move the cursor or reorder text: `␛`, `<U+200B>`. Line feeds and tabs
 * stay, and so do characters that an emoji or a script needs where they are.
 */
export function printable(text: string): string {
  const pictured = text.replace(CONTROL, (control) =>
    control === "\x7F" ? "\u2421" : String.fromCharCode(0x2400 + control.charCodeAt(0)),
  );
  return escapeInvisible(pictured);
}

/** The same, on one line. */
export function printableLine(text: string): string {
  return printable(text)
    .replace(/\s*\n\s*/g, " ")
    .replace(/\t/g, " ");
}
