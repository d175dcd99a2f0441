// Compiled versions by digest, in one file: the texts, then an index, then the index's place. Texts are read one by one,
// when they are asked for, and new ones go to disk soon, so that memory holds neither.

import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { sweepLeftovers, temporaryName } from "@cuecard/registry";
import { AppendFile } from "./append-file.js";
import type { Seal } from "./seal.js";

interface Entry {
  readonly start: number;
  readonly length: number;
  readonly seal: string;
}

interface Stored {
  readonly fd: number;
  readonly entries: Map<string, Entry>;
}

/** The file that takes the place of the old one when it is saved. */
interface Fresh {
  readonly path: string;
  readonly file: AppendFile;
  readonly entries: Map<string, Entry>;
}

interface Index {
  readonly entries: readonly (readonly [digest: string, start: number, length: number, seal: string])[];
}

const TRAILER = 32;

export class CompiledFile {
  readonly #path: string;
  readonly #seal: Seal;
  #old: Stored | undefined;
  #fresh: Fresh | undefined;

  /** @param seal Entries with another seal are not read: those of another compiler, and those that this clone did not write. */
  constructor(file: string, seal: Seal) {
    this.#path = file;
    this.#seal = seal;
    this.#old = open(file, seal);
  }

  has(digest: string): boolean {
    return this.#fresh?.entries.has(digest) === true || this.#old?.entries.has(digest) === true;
  }

  /** `undefined` also for an entry that is damaged or not ours, which is then dropped. */
  get(digest: string): string | undefined {
    const stored = this.#freshWith(digest) ?? this.#old;
    const entry = stored?.entries.get(digest);
    if (stored === undefined || entry === undefined) return undefined;
    const bytes = this.#read(stored.fd, digest, entry);
    if (bytes !== undefined) return bytes.toString("utf8");
    stored.entries.delete(digest);
    return undefined;
  }

  set(digest: string, compiled: string): void {
    const fresh = this.#open();
    if (fresh === undefined) return;
    try {
      this.#append(fresh, digest, compiled);
    } catch {
      this.#giveUp();
    }
  }

  /** Rewrites the file with the entries that are wanted, if a part of the others is worth removing. Never throws. */
  save(wanted: ReadonlySet<string>): void {
    const old = this.#old;
    const superfluous = old === undefined ? 0 : [...old.entries.keys()].filter((digest) => !wanted.has(digest)).length;
    if (this.#fresh === undefined && superfluous * 4 <= (old?.entries.size ?? 0)) return;
    const fresh = this.#open();
    if (fresh === undefined) return;
    try {
      for (const digest of fresh.entries.keys()) if (!wanted.has(digest)) fresh.entries.delete(digest);
      for (const [digest, entry] of old?.entries ?? []) {
        if (!wanted.has(digest) || fresh.entries.has(digest) || old === undefined) continue;
        const bytes = this.#read(old.fd, digest, entry);
        if (bytes !== undefined) this.#append(fresh, digest, bytes);
      }
      const index: Index = {
        entries: [...fresh.entries].map(([digest, { start, length, seal }]) => [digest, start, length, seal]),
      };
      const start = String(fresh.file.size);
      fresh.file.append(this.#seal.close(JSON.stringify(index)));
      fresh.file.append(start.padEnd(TRAILER - 1).concat("\n"));
      fresh.file.flush();
      this.close(false);
      renameSync(fresh.path, this.#path);
    } catch {
      this.close(true);
      rmSync(fresh.path, { force: true });
    }
    this.#old = open(this.#path, this.#seal);
  }

  /** @param discard Whether to remove what was added since the last `save`. */
  close(discard = true): void {
    if (this.#old !== undefined) closeSync(this.#old.fd);
    this.#old = undefined;
    if (this.#fresh !== undefined) {
      this.#fresh.file.close();
      if (discard) rmSync(this.#fresh.path, { force: true });
    }
    this.#fresh = undefined;
  }

  /** The new file as one to read from, when it holds a digest. */
  #freshWith(digest: string): Stored | undefined {
    const fresh = this.#fresh;
    if (fresh?.entries.has(digest) !== true) return undefined;
    try {
      fresh.file.flush();
    } catch {
      this.#giveUp();
      return undefined;
    }
    return { fd: fresh.file.fd, entries: fresh.entries };
  }

  /** The disk is full. What was written cannot be read without an index, so the next `set` starts again. */
  #giveUp(): void {
    const fresh = this.#fresh;
    if (fresh === undefined) return;
    this.#fresh = undefined;
    fresh.file.close();
    rmSync(fresh.path, { force: true });
  }

  #append({ file, entries }: Fresh, digest: string, compiled: string | Buffer): void {
    const start = file.size;
    const bytes = file.append(compiled);
    entries.set(digest, { start, length: bytes.length, seal: this.#seal.of(digest, bytes) });
  }

  /** `undefined` for an entry that is damaged or not ours, and for one that the disk cannot read. */
  #read(fd: number, digest: string, entry: Entry): Buffer | undefined {
    try {
      const bytes = Buffer.allocUnsafe(entry.length);
      if (readSync(fd, bytes, 0, entry.length, entry.start) !== entry.length) return undefined;
      return this.#seal.of(digest, bytes) === entry.seal ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  #open(): Fresh | undefined {
    if (this.#fresh !== undefined) return this.#fresh;
    const folder = path.dirname(this.#path);
    const prefix = `${path.basename(this.#path)}.`;
    try {
      mkdirSync(folder, { recursive: true });
      sweepLeftovers(folder, prefix);
      const temporary = path.join(folder, temporaryName(prefix));
      this.#fresh = { path: temporary, file: new AppendFile(temporary), entries: new Map() };
    } catch {
      return undefined; // The disk is read-only or full: the build continues without a cache.
    }
    return this.#fresh;
  }
}

function open(file: string, seal: Seal): Stored | undefined {
  let fd: number;
  try {
    fd = openSync(file, "r");
  } catch {
    return undefined;
  }
  const entries = readIndex(fd, seal);
  if (entries !== undefined) return { fd, entries };
  closeSync(fd);
  return undefined;
}

function readIndex(fd: number, seal: Seal): Map<string, Entry> | undefined {
  try {
    const { size } = fstatSync(fd);
    const trailer = Buffer.alloc(TRAILER);
    if (size < TRAILER || readSync(fd, trailer, 0, TRAILER, size - TRAILER) !== TRAILER) return undefined;
    const start = Number(trailer.toString("latin1"));
    if (!Number.isSafeInteger(start) || start < 0 || start > size - TRAILER) return undefined;
    const bytes = Buffer.alloc(size - TRAILER - start);
    readSync(fd, bytes, 0, bytes.length, start);
    const text = seal.open(bytes.toString("utf8"));
    if (text === undefined) return undefined;
    const index = JSON.parse(text) as Index;
    return new Map(index.entries.map(([digest, at, length, own]) => [digest, { start: at, length, seal: own }]));
  } catch {
    return undefined;
  }
}
