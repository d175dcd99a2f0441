// Seals cache entries, so that only those that this clone wrote are read. The cache goes into the package, and it is in a folder that
// a commit or a CI service's restored cache can write to. The key is in git's folder, where neither can write.

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
   * @returns Whether git's folder has this key. It does not if the folder is read-only, or if another process saved its own key first.
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

/** Makes and checks seals: an HMAC-SHA256 in base64url. Seals of different identities do not match. */
export class Seal {
  readonly #key: Buffer;

  /** @param identity What else has to be the same, such as the compiler. */
  constructor({ bytes }: CacheKey, identity: string) {
    this.#key = createHmac("sha256", bytes).update(identity).digest();
  }

  /** @param name The name that the content is stored under. Under another name, the seal does not match. */
  of(name: string, content: string | Buffer): string {
    return createHmac("sha256", this.#key).update(`${name}\0`).update(content).digest("base64url");
  }

  /** The same for a content that is passed in parts. */
  start(name: string): { readonly update: (content: string | Buffer) => void; readonly digest: () => string } {
    const hmac = createHmac("sha256", this.#key).update(`${name}\0`);
    return { update: (content) => void hmac.update(content), digest: () => hmac.digest("base64url") };
  }

  /** The text of a stored file, which begins with its seal on a line; `undefined` if it does not match. */
  open(stored: string): string | undefined {
    const end = stored.indexOf("\n");
    const text = stored.slice(end + 1);
    return stored.slice(0, Math.max(end, 0)) === this.of("", text) ? text : undefined;
  }
}
