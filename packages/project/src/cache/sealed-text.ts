// A text in a project's cache, with a seal: only what this clone wrote is read.

import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { replaceFile } from "@cuecard/registry";
import type { CacheFolder } from "./cache-folder.js";
import { Seal } from "./seal.js";

/** A seal and the end of its line. */
const SEAL_BYTES = 44;

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
    return this.readSealed()?.text;
  }

  /** The text with its seal, which only this text has. */
  readSealed(): { readonly text: string; readonly seal: string } | undefined {
    try {
      const stored = readFileSync(this.#path, "utf8");
      const text = this.#seal.open(stored);
      return text === undefined ? undefined : { text, seal: stored.slice(0, stored.indexOf("\n")) };
    } catch {
      return undefined;
    }
  }

  /**
   * Never throws: a cache that cannot be written must not fail the command.
   *
   * @returns The seal; `undefined` if the file could not be written.
   */
  async write(text: string): Promise<string | undefined> {
    if (!this.#folder.key.save()) return undefined;
    try {
      mkdirSync(this.#folder.path, { recursive: true });
      // One copy of the text: it may be large.
      const stored = Buffer.allocUnsafe(SEAL_BYTES + Buffer.byteLength(text));
      stored.write(text, SEAL_BYTES);
      const seal = this.#seal.of("", stored.subarray(SEAL_BYTES));
      stored.write(`${seal}\n`);
      await replaceFile(this.#path, stored);
      return seal;
    } catch {
      return undefined; // The next command starts without it.
    }
  }
}
