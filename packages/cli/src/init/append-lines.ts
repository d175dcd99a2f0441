// Adds lines at the end of a text file, with the file's own line ends, and changes nothing else.

import { lineEndOf } from "@cuecard/model";

export function appendLines(text: string, lines: readonly string[]): string {
  const eol = lineEndOf(text);
  const start = text === "" || text.endsWith("\n") ? text : `${text}${eol}`;
  return start + lines.map((line) => `${line}${eol}`).join("");
}
