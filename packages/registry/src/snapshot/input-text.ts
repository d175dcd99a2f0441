// A text that a reading was made from: a file, or git's list of the tags. Whether it is still the same is seen from its hash, so that the
// text of an earlier reading is read only if it is not.

import { createHash } from "node:crypto";

export class InputText {
  readonly #read: () => string | undefined;
  /** `null` if it could not be read. */
  #text: string | null | undefined;
  #hash: string | undefined;

  static of(text: string): InputText {
    return new InputText(text, undefined, readNothing);
  }

  /**
   * A text that was kept, or of which only the hash was.
   *
   * @param read Returns `undefined` if the text is no longer there. Default: it was not kept.
   */
  static kept(hash: string, read: () => string | undefined = readNothing): InputText {
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

  /** `undefined` if there is only its hash, or if it cannot be read. */
  get text(): string | undefined {
    if (this.#text === undefined) this.#text = this.#read() ?? null;
    return this.#text ?? undefined;
  }

  isSame(other: InputText): boolean {
    // A process that watches has both, and needs no hash.
    if (typeof this.#text === "string" && typeof other.#text === "string") return this.#text === other.#text;
    return this.hash === other.hash;
  }

  /** Takes the hash of a text that is the same, if one was made. */
  takeHash(same: InputText): void {
    this.#hash ??= same.#hash;
  }
}

const readNothing = (): undefined => undefined;

export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
