// Changes of a prompt: one as a line, and a text by words. Both are readable without colors.

import type { WordChange } from "@cuecard/project";
import type { Paint } from "../terminal/paint.js";
import { printable, printableLine, wrap } from "../terminal/text.js";

/** `! input "place" is new and required` */
export function formatChange(
  message: string,
  breaking: boolean,
  { paint, width, indent }: { readonly paint: Paint; readonly width: number; readonly indent: string },
): string {
  const mark = breaking ? paint.red("!") : paint.dim("-");
  const text = wrap(printableLine(message), Math.max(20, width - indent.length - 2), `${indent}  `);
  return `${indent}${mark} ${breaking ? paint.red(text) : text}\n`;
}

/** How many lines are shown around a change. */
const CONTEXT = 2;

interface Line {
  text: string;
  changed: boolean;
}

/** A text as `git diff --word-diff` shows it: [-gone-]{+new+}, only the lines near a change. */
export function formatWords(words: readonly WordChange[], paint: Paint): string {
  const lines = linesOf(words, paint);
  const isShown = (at: number) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ changed }) => changed);
  const shown: string[] = [];
  let isSkipping = false;
  for (const [at, { text }] of lines.entries()) {
    if (isShown(at)) shown.push(`  ${paint.dim("│")} ${text}`.trimEnd());
    else if (!isSkipping) shown.push(`  ${paint.dim("┆")}`);
    isSkipping = !isShown(at);
  }
  return shown.map((line) => `${line}\n`).join("");
}

/** Marks are closed at the end of a line, and opened again on the next. */
function linesOf(words: readonly WordChange[], paint: Paint): Line[] {
  let line: Line = { text: "", changed: false };
  const lines = [line];
  for (const { kind, text } of words)
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) {
        if (kind !== "same") line.changed = true;
        line = { text: "", changed: false };
        lines.push(line);
      }
      if (kind === "same") line.text += printable(part);
      else if (part !== "" || index > 0) {
        line.changed = true;
        if (part !== "") line.text += marked(kind, printable(part), paint);
      }
    }
  return lines;
}

function marked(kind: "added" | "removed", text: string, paint: Paint): string {
  return kind === "added" ? paint.green(`{+${text}+}`) : paint.red(`[-${text}-]`);
}
