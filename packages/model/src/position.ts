// From offsets in a text to the lines and columns that people and editors use.

import type { Position, Range } from "./diagnostics/diagnostic.js";

/** Converts offsets of one text to positions. Lines and columns are 1-based; columns count UTF-16 units. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
    this.#length = text.length;
  }

  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: clamped - (this.#starts[low] ?? 0) + 1 };
  }

  /** The range from one offset to another (exclusive). */
  range(start: number, end: number): Range {
    return { start: this.position(start), end: this.position(end) };
  }

  /** The offset of a position; the inverse of {@link position}. */
  offset(position: Position): number {
    return (this.#starts[position.line - 1] ?? this.#length) + position.column - 1;
  }
}
