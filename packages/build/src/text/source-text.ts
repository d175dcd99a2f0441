// A stretch of a file that is parsed by itself (front matter, template), and the way back to the file's lines and columns.

import { LineIndex, type Place, type Position, type Range, type TextEdit } from "@cuecard/model";

export class SourceText {
  readonly file: string;
  /** The text that is parsed. */
  readonly text: string;
  readonly #whole: string;
  readonly #start: number;
  #fileLines: LineIndex | undefined;
  #ownLines: LineIndex | undefined;

  /**
   * @param whole The file's whole text.
   * @param start Where the parsed stretch begins in it.
   */
  constructor(file: string, whole: string, start: number, end: number = whole.length) {
    this.file = file;
    this.#whole = whole;
    this.#start = start;
    this.text = whole.slice(start, end);
  }

  /** The file's range from one offset of the stretch to another (exclusive). */
  range(start: number, end: number): Range {
    this.#fileLines ??= new LineIndex(this.#whole);
    return this.#fileLines.range(this.#start + start, this.#start + end);
  }

  place(start: number, end: number): Place {
    return { file: this.file, range: this.range(start, end) };
  }

  /** The replacement of the stretch's text from one offset to another (exclusive). */
  edit(start: number, end: number, text: string): TextEdit {
    return { file: this.file, range: this.range(start, end), text };
  }

  /** The same stretch with other text, of the same length, from one offset to another. */
  replaced(start: number, end: number, text: string): SourceText {
    const [from, to] = [this.#start + start, this.#start + end];
    const whole = this.#whole.slice(0, from) + text + this.#whole.slice(to);
    return new SourceText(this.file, whole, this.#start, this.#start + this.text.length);
  }

  /** The offset in the stretch of a position in the file. */
  offsetInFile(position: Position): number {
    this.#fileLines ??= new LineIndex(this.#whole);
    return this.#fileLines.offset(position) - this.#start;
  }

  /** The offset in the stretch of a 1-based line and column of the stretch. */
  offset(position: Position): number {
    this.#ownLines ??= new LineIndex(this.text);
    return this.#ownLines.offset(position);
  }
}
