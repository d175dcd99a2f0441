// Seals what is cached, so that only what this clone has written is believed. The cache lies among files that a commit can bring, or that a CI
// service restores from elsewhere, and what it holds goes into the package. The key is in git's folder, which neither can write.

import { createHmac, randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findGitDir, temporaryName } from "@cuecard/registry";

const KEY_FILE = "cuecard-cache-key";

/** The key of a clone. */
export class CacheKey {
  readonly bytes: Buffer;
  readonly #file: string;
  #isSaved: boolean;

  /** @param projectDir A folder in the clone. */
  static of(projectDir: string): CacheKey | undefined {
    const found = findGitDir(projectDir);
    return found && new CacheKey(path.join(found.gitDir, KEY_FILE));
  }

  private constructor(file: string) {
    this.#file = file;
    const saved = readKey(file);
    this.#isSaved = saved !== undefined;
    this.bytes = saved ?? randomBytes(32);
  }

  /**
   * Saves a new key, before a cache is written.
   *
   * @returns Whether git's folder has the key: it may be read-only, or another process may have saved its own.
   */
  save(): boolean {
    if (this.#isSaved) return true;
    const temporary = path.join(path.dirname(this.#file), temporaryName(`${KEY_FILE}.`));
    try {
      if (readKey(this.#file) === undefined) {
        writeFileSync(temporary, `${this.bytes.toString("hex")}\n`, { flag: "wx", mode: 0o600 });
        renameSync(temporary, this.#file);
      }
    } catch {
      rmSync(temporary, { force: true });
    }
    this.#isSaved = readKey(this.#file)?.equals(this.bytes) === true;
    return this.#isSaved;
  }
}

function readKey(file: string): Buffer | undefined {
  try {
    const key = Buffer.from(readFileSync(file, "latin1").trim(), "hex");
    return key.length === 32 ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Seals texts for one kind of reader. */
export class Seal {
  readonly #key: Buffer;

  /** @param identity What else has to be the same, such as the compiler. */
  constructor({ bytes }: CacheKey, identity: string) {
    this.#key = createHmac("sha256", bytes).update(identity).digest();
  }

  /** @param name What the content is stored as: it counts only under this name. */
  of(name: string, content: string | Buffer): string {
    return createHmac("sha256", this.#key).update(`${name}\0`).update(content).digest("base64url");
  }

  /** A text with its seal, to be stored in one file. */
  close(text: string): string {
    return `${this.of("", text)}\n${text}`;
  }

  /** The text of a file; `undefined` if its seal is not ours. */
  open(stored: string): string | undefined {
    const end = stored.indexOf("\n");
    const text = stored.slice(end + 1);
    return stored.slice(0, Math.max(end, 0)) === this.of("", text) ? text : undefined;
  }
}
