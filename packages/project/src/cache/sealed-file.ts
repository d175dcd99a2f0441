// A JSON file in a project's cache, with a seal: only what this clone wrote is read.

import type { CacheFolder } from "./cache-folder.js";
import { SealedText } from "./sealed-text.js";

export class SealedFile<T> {
  readonly #text: SealedText;

  /** @param identity What else has to be the same, such as the compiler. */
  constructor(folder: CacheFolder, name: string, identity: string) {
    this.#text = new SealedText(folder, name, identity);
  }

  /** `undefined` if this clone has not written the file, or if it cannot be read. */
  read(): T | undefined {
    const text = this.#text.read();
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  /** Never throws: a cache that cannot be written must not fail the command. */
  async write(value: T): Promise<void> {
    await this.#text.write(JSON.stringify(value));
  }
}
