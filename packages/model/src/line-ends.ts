// Line ends of text files. What Cuecard adds to a file has the file's own.

/** The line end of a text: `\r\n` if the text has one, otherwise `\n`. */
export function lineEndOf(text: string): "\r\n" | "\n" {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
