// The parts of shared files, until these are written: in memory while they are small, otherwise in a temporary file.

import { rmSync } from "node:fs";
import { AppendFile } from "../cache/append-file.js";
import type { Piece } from "./joined-file.js";

/** More than this goes to disk. */
const MEMORY_BYTES = 4 << 20;

type Place = Buffer | { readonly start: number; readonly length: number };

export class PromptParts {
  readonly #makePath: () => string;
  #path = "";
  readonly #places = new Map<string, Place>();
  #bytes = 0;
  #file: AppendFile | undefined;

  /** @param makePath The path of a temporary file, in a folder that exists. */
  constructor(makePath: () => string) {
    this.#makePath = makePath;
  }

  set(name: string, file: string, text: string): void {
    if (this.#bytes > MEMORY_BYTES && this.#file === undefined) {
      this.#path = this.#makePath();
      this.#file = new AppendFile(this.#path);
    }
    if (this.#file === undefined) {
      const bytes = Buffer.from(text);
      this.#bytes += bytes.length;
      this.#places.set(keyOf(name, file), bytes);
    } else {
      const start = this.#file.size;
      this.#places.set(keyOf(name, file), { start, length: this.#file.append(text).length });
    }
  }

  get(name: string, file: string): Piece | undefined {
    const place = this.#places.get(keyOf(name, file));
    if (place === undefined || Buffer.isBuffer(place)) return place;
    if (this.#file === undefined) throw new Error("the file of parts was closed");
    return { fd: this.#file.fd, ...place };
  }

  /** Makes parts that are in the file readable. */
  flush(): void {
    this.#file?.flush();
  }

  close(): void {
    this.#file?.close();
    if (this.#file !== undefined) rmSync(this.#path, { force: true });
    this.#file = undefined;
  }
}

function keyOf(name: string, file: string): string {
  return `${file}\n${name}`;
}
