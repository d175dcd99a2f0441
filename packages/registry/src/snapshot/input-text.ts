// A large text that a reading was made from, such as git's list of the tags. Whether it is still the same is seen from its hash, so that
// the text of an earlier reading is read only if it is not.

import { createHash } from "node:crypto";

export class InputText {
  readonly #read: () => string | undefined;
  /** `null` if it could not be read. */
  #text: string | null | undefined;
  #hash: string | undefined;

  static of(text: string): InputText {
    return new InputText(text, undefined, () => undefined);
  }

  /**
   * A text that was kept.
   *
   * @param read Returns `undefined` if the text is no longer there.
   */
  static kept(hash: string, read: () => string | undefined): InputText {
    return new InputText(undefined, hash, read);
  }

  private constructor(text: string | undefined, hash: string | undefined, read: () => string | undefined) {
    this.#text = text;
    this.#hash = hash;
    this.#read = read;
  }

  get hash(): string {
    this.#hash ??= hashText(this.text ?? "");
    return this.#hash;
  }

  /** `undefined` if it was kept, and cannot be read. */
  get text(): string | undefined {
    if (this.#text === undefined) this.#text = this.#read() ?? null;
    return this.#text ?? undefined;
  }

  isSame(other: InputText): boolean {
    // A process that watches has both, and needs no hash.
    if (typeof this.#text === "string" && typeof other.#text === "string") return this.#text === other.#text;
    return this.hash === other.hash;
  }
}

export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
