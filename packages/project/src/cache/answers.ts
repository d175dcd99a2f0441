// What a command answered, for the next time that it is asked about the same.

import type { Diagnostic } from "@cuecard/model";
import type { CacheFolder } from "./cache-folder.js";
import { compilerIdentity } from "./package-version.js";
import { SealedText } from "./sealed-text.js";

/** @typeParam T Something that JSON can hold. */
export class Answers<T> {
  readonly #file: SealedText | undefined;

  /** @param question A part of the file's name. */
  constructor(folder: CacheFolder | undefined, question: string) {
    this.#file = folder && new SealedText(folder, `${question}.json`, `${question} ${compilerIdentity()}`);
  }

  /** `undefined` if the last answer was about something else. */
  get(key: string): T | undefined {
    const text = this.#file?.read();
    return text?.startsWith(`${key}\n`) === true ? (JSON.parse(text.slice(key.length + 1)) as T) : undefined;
  }

  /** @param key What the answer is about, on one line. */
  async save(key: string, answer: T): Promise<void> {
    await this.#file?.write(`${key}\n${JSON.stringify(answer)}`);
  }
}

/** What is known of a compilation, with its findings. */
export interface Compiled<T> {
  readonly diagnostics: readonly Diagnostic[];
  readonly facts: T;
}
