// A text in a project's cache, with a seal: only what this clone wrote is read.

import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { replaceFile } from "@cuecard/registry";
import type { CacheFolder } from "./cache-folder.js";
import { Seal } from "./seal.js";

export class SealedText {
  readonly #folder: CacheFolder;
  readonly #path: string;
  readonly #seal: Seal;

  /** @param identity What else has to be the same, such as the compiler. */
  constructor(folder: CacheFolder, name: string, identity: string) {
    this.#folder = folder;
    this.#path = path.join(folder.path, name);
    this.#seal = new Seal(folder.key, identity);
  }

  /** `undefined` if this clone has not written the file, or if it cannot be read. */
  read(): string | undefined {
    try {
      return this.#seal.open(readFileSync(this.#path, "utf8"));
    } catch {
      return undefined;
    }
  }

  /** Never throws: a cache that cannot be written must not fail the command. */
  async write(text: string): Promise<void> {
    if (!this.#folder.key.save()) return;
    try {
      mkdirSync(this.#folder.path, { recursive: true });
      await replaceFile(this.#path, this.#seal.close(text));
    } catch {
      // The next command starts without it.
    }
  }
}
