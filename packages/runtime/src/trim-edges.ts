// What the setting `trimMessages` removes from the edges of a message's text: blank lines. Spaces in a line with text stay.

/** A text without the blank lines that it begins with. */
export const trimStart = (text: string): string =>
  text.slice(text.lastIndexOf("\n", text.length - text.trimStart().length - 1) + 1);

/** A text without the line ends and blank lines that it ends with. */
export function trimEnd(text: string): string {
  const end = text.indexOf("\n", text.trimEnd().length);
  return end === -1 ? text : text.slice(0, end);
}
