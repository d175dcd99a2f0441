// Breaks prose at spaces so that it fits a terminal; words longer than a line stay whole.

import { displayWidth } from "./display-width.js";

/**
 * @param width Columns for the text of a line, the indent not counted.
 * @param indent Put before every line but the first.
 */
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const candidate = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(candidate) > width) {
      lines.push(line);
      line = word;
    } else line = candidate;
  }
  lines.push(line);
  return lines.join(`\n${indent}`);
}
