// The lines of a prompt's texts, each once. Versions that differ in a few lines share all others.

/** Shorter texts are kept as they are. */
const MIN_TEXT = 24;
/** Shorter runs are written again, unless the text ends with them: otherwise later texts find no long runs. */
const MIN_RUN = 16;
/** Of a line that is in the table often, so many places are tried. */
const MAX_PLACES = 8;

export class LineTable {
  readonly lines: string[] = [];
  readonly #places = new Map<string, number[]>();

  /** A text, or if that is shorter the runs of lines that it consists of: the first of each, and how many. */
  pack(text: string): string | readonly number[] {
    if (text.length < MIN_TEXT || !text.includes("\n")) return text;
    const lines = text.split("\n");
    const runs: [first: number, count: number][] = [];
    for (let at = 0; at < lines.length; ) {
      const run = this.#find(lines, at) ?? [this.#add(lines[at] ?? ""), 1];
      const last = runs.at(-1);
      if (last !== undefined && last[0] + last[1] === run[0]) last[1] += run[1];
      else runs.push([run[0], run[1]]);
      at += run[1];
    }
    return runs.flat();
  }

  /** The longest run of the table with which the lines continue, if it is long enough. */
  #find(lines: readonly string[], at: number): readonly [first: number, count: number] | undefined {
    let best: readonly [first: number, count: number] | undefined;
    for (const first of this.#places.get(lines[at] ?? "") ?? []) {
      let count = 1;
      while (at + count < lines.length && this.lines[first + count] === lines[at + count]) count++;
      if (count > (best?.[1] ?? 0)) best = [first, count];
    }
    if (best === undefined) return undefined;
    const end = at + best[1];
    const length = lines.slice(at, end).reduce((sum, line) => sum + line.length + 1, 0);
    return length < MIN_RUN && end < lines.length ? undefined : best;
  }

  #add(line: string): number {
    const place = this.lines.push(line) - 1;
    const places = this.#places.get(line);
    if (places === undefined) this.#places.set(line, [place]);
    else if (places.length < MAX_PLACES) places.push(place);
    return place;
  }
}
