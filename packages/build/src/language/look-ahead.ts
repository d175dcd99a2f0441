// Finds the ends of what begins in a text, from its start to its end. Each part of the text is searched once, also if many things begin
// and none ends.

export interface Found {
  readonly start: number;
  readonly end: number;
}

export class LookAhead {
  readonly #text: string;
  readonly #found = new Map<string, Found | undefined>();

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * The next match of a pattern.
   *
   * @param pattern With the flag `g`.
   * @param from Not before the last one that was asked for with this pattern.
   */
  find(pattern: RegExp, from: number): Found | undefined {
    const key = pattern.source;
    const known = this.#found.get(key);
    if (this.#found.has(key) && (known === undefined || known.start >= from)) return known;
    pattern.lastIndex = from;
    const match = pattern.exec(this.#text);
    const found = match === null ? undefined : { start: match.index, end: match.index + match[0].length };
    this.#found.set(key, found);
    return found;
  }
}
