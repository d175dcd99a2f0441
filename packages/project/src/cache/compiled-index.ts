// Where the texts of a file of compiled versions are: lines of the same length, sorted by digest, which are searched as they are on disk.
// To make an object of each among a hundred thousand takes longer than a build after a change.

/** A text in the file. */
export interface Entry {
  readonly start: number;
  readonly length: number;
  /** Of the digest and the text. */
  readonly seal: string;
}

/** Of a start, and of a length. */
const NUMBER = 6;
const SEAL = 32;

/** A text's digest, padded with zeros; its start and length; its seal. */
export class CompiledIndex {
  /** How many there are. */
  readonly size: number;
  readonly #bytes: Buffer;
  readonly #width: number;
  readonly #line: number;
  /** Those that turned out to be damaged. */
  readonly #dropped = new Set<string>();

  /**
   * @param bytes What {@link printIndex} made.
   * @param width Of a digest, in bytes.
   */
  constructor(bytes: Buffer, width: number) {
    this.#bytes = bytes;
    this.#width = width;
    this.#line = width + 2 * NUMBER + SEAL;
    this.size = Math.floor(bytes.length / this.#line);
  }

  has(digest: string): boolean {
    return this.#find(digest) !== undefined;
  }

  get(digest: string): Entry | undefined {
    const index = this.#find(digest);
    return index === undefined ? undefined : this.#entryAt(index);
  }

  drop(digest: string): void {
    this.#dropped.add(digest);
  }

  *[Symbol.iterator](): Iterator<[digest: string, entry: Entry]> {
    for (let index = 0; index < this.size; index++) {
      const start = index * this.#line;
      const padded = this.#bytes.toString("utf8", start, start + this.#width);
      const digest = padded.replace(/\0+$/, "");
      if (!this.#dropped.has(digest)) yield [digest, this.#entryAt(index)];
    }
  }

  #find(digest: string): number | undefined {
    if (this.#dropped.has(digest) || Buffer.byteLength(digest) > this.#width) return undefined;
    const wanted = padded(digest, this.#width);
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(wanted, middle) > 0) low = middle + 1;
      else high = middle;
    }
    return low < this.size && this.#compare(wanted, low) === 0 ? low : undefined;
  }

  #compare(wanted: Buffer, index: number): number {
    const start = index * this.#line;
    return -this.#bytes.compare(wanted, 0, this.#width, start, start + this.#width);
  }

  #entryAt(index: number): Entry {
    const at = index * this.#line + this.#width;
    return {
      start: this.#bytes.readUIntBE(at, NUMBER),
      length: this.#bytes.readUIntBE(at + NUMBER, NUMBER),
      seal: this.#bytes.toString("base64url", at + 2 * NUMBER, at + 2 * NUMBER + SEAL),
    };
  }
}

/** @returns The bytes of an index, and the width of its digests. */
export function printIndex(entries: ReadonlyMap<string, Entry>): { readonly bytes: Buffer; readonly width: number } {
  const digests = [...entries.keys()];
  const width = digests.reduce((most, digest) => Math.max(most, Buffer.byteLength(digest)), 1);
  // As their bytes are sorted: digests are ASCII.
  digests.sort();
  const line = width + 2 * NUMBER + SEAL;
  const bytes = Buffer.alloc(line * digests.length);
  for (const [index, digest] of digests.entries()) {
    const { start, length, seal } = entries.get(digest) ?? { start: 0, length: 0, seal: "" };
    bytes.write(digest, index * line, width);
    const at = index * line + width;
    bytes.writeUIntBE(start, at, NUMBER);
    bytes.writeUIntBE(length, at + NUMBER, NUMBER);
    bytes.write(seal, at + 2 * NUMBER, SEAL, "base64url");
  }
  return { bytes, width };
}

function padded(digest: string, width: number): Buffer {
  const bytes = Buffer.alloc(width);
  bytes.write(digest);
  return bytes;
}
