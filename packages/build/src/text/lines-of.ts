// The lines of a text, as editors count them: what follows a line end at the end of the text is not a line.

export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
