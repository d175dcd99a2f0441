// Breaks prose at spaces so that it fits a terminal; words longer than a line stay whole.

import { displayWidth } from "./display-width.js";

/** @param indent Put before every line but the first. */
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const candidate = line === "" ? word : `${line} ${word}`;
    const room = lines.length === 0 ? width : width - indent.length;
    if (line !== "" && displayWidth(candidate) > room) {
      lines.push(line);
      line = word;
    } else line = candidate;
  }
  lines.push(line);
  return lines.join(`\n${indent}`);
}
