// Adds lines at the end of a text file, with the file's own line ends, and changes nothing else.

export function appendLines(text: string, lines: readonly string[]): string {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const start = text === "" || text.endsWith("\n") ? text : `${text}${eol}`;
  return start + lines.map((line) => `${line}${eol}`).join("");
}
