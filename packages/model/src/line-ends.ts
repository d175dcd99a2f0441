// Line ends of text files. What Cuecard reads has `\n`; what it adds to a file has the file's own.

/** A text of a file as Cuecard reads it: without a byte order mark, and with `\n` as line end. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

/** The line end of a text: `\r\n` if the text has one, otherwise `\n`. */
export function lineEndOf(text: string): "\r\n" | "\n" {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
