// Changes of a prompt: one as a line, and a text by words. Both are readable without colors.

import type { WordChange } from "@cuecard/project";
import type { Paint } from "../terminal/paint.js";
import { printable, printableLine, wrap } from "../terminal/text.js";
import { changedLines } from "./changed-lines.js";

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

/** A text as `git diff --word-diff` shows it: [-gone-]{+new+}, only the lines near a change. */
export function formatWords(words: readonly WordChange[], paint: Paint): string {
  const lines = changedLines(words).map((line) => {
    if (line === undefined) return `  ${paint.dim("┆")}\n`;
    const text = line.parts.map((part) => paintChange(part, paint)).join("");
    return `${`  ${paint.dim("│")} ${text}`.trimEnd()}\n`;
  });
  return lines.join("");
}

function paintChange({ kind, text }: WordChange, paint: Paint): string {
  const marked = markChange({ kind, text: printable(text) });
  return kind === "same" ? marked : kind === "added" ? paint.green(marked) : paint.red(marked);
}

/** `{+new+}`, `[-gone-]`, or the text itself. */
export function markChange({ kind, text }: WordChange): string {
  return kind === "same" ? text : kind === "added" ? `{+${text}+}` : `[-${text}-]`;
}
