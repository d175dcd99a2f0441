// Keeps keys out of everything that leaves this process, whatever a provider answers.

/** What replaces a key. */
const MARK = "[key]";

export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, MARK), text);
}

/**
 * The same for a text that comes in parts, of which two can have a key together. The end of a part is kept back while it could be the
 * beginning of a key.
 */
export class StreamRedactor {
  readonly #secrets: readonly string[];
  #kept = "";

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  push(text: string): string {
    const clean = redact(this.#kept + text, this.#secrets);
    const kept = Math.max(0, ...this.#secrets.map((secret) => beginningAtEnd(clean, secret)));
    this.#kept = clean.slice(clean.length - kept);
    return clean.slice(0, clean.length - kept);
  }

  /** What is left at the end. */
  end(): string {
    const rest = this.#kept;
    this.#kept = "";
    return rest;
  }
}

/** How long the longest end of the text is that the secret begins with. */
function beginningAtEnd(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length > 0; length--)
    if (secret.startsWith(text.slice(text.length - length))) return length;
  return 0;
}
