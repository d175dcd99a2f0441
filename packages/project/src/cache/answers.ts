// What commands answered about a project, for the next time that they are asked: as long as the compilation that they asked about is the
// same, it is not repeated.

import type { Diagnostic } from "@cuecard/model";
import type { CacheFolder } from "./cache-folder.js";
import { compilerIdentity } from "./package-version.js";
import { SealedFile } from "./sealed-file.js";

/** What is known of a compilation. */
export interface Answer<T> {
  /** Of the compilation. */
  readonly key: string;
  /** Those of the compiler. */
  readonly diagnostics: readonly Diagnostic[];
  readonly facts: T;
}

export class Answers<T> {
  readonly #file: SealedFile<Answer<T>> | undefined;
  #known: Answer<T> | undefined;
  #isRead = false;

  /** @param name Of the question; a part of the file's name. */
  constructor(folder: CacheFolder | undefined, name: string) {
    this.#file = folder && new SealedFile(folder, `${name}.json`, `${name} ${compilerIdentity()}`);
  }

  /** `undefined` if the last answer was about another compilation. */
  get(key: string): Answer<T> | undefined {
    if (!this.#isRead) this.#known = this.#file?.read();
    this.#isRead = true;
    return this.#known?.key === key ? this.#known : undefined;
  }

  async save(answer: Answer<T>): Promise<void> {
    this.#known = answer;
    this.#isRead = true;
    await this.#file?.write(answer);
  }
}
