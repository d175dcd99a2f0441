// Compiled versions by digest, in a few files: each has texts, then an index, then the index's place. Texts are read one by one, when
// they are asked for, and new ones go to disk soon, so that memory holds neither. What a build adds is a file of its own, and files that
// are small, or have much that is not wanted anymore, become one.

import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { sweepLeftovers, temporaryName } from "@cuecard/registry";
import { AppendFile } from "./append-file.js";
import { CompiledIndex, type Entry, printIndex } from "./compiled-index.js";
import type { Seal } from "./seal.js";

interface Stored {
  readonly path: string;
  readonly fd: number;
  readonly entries: CompiledIndex;
}

/** The file of what was added since the last `save`. */
interface Fresh {
  /** Its temporary name. */
  readonly path: string;
  readonly file: AppendFile;
  readonly entries: Map<string, Entry>;
}

/** Ends a file: where its index starts, the width of digests in it, and its seal. */
const TRAILER = 96;
/** A file becomes one with others that have together at least a fourth of its entries. */
const GROWTH = 4;
/** The name that the seal of an index is for: no digest. */
const INDEX = "";
/** How the names of files end that are beside the main one. */
const ADDED = ".bin";

export class CompiledFile {
  readonly #path: string;
  readonly #seal: Seal;
  /** Opened when they are needed: most questions need none. */
  #opened: readonly Stored[] | undefined;
  /** Files of another compiler, or that are damaged. */
  #unreadable: readonly string[] = [];
  #fresh: Fresh | undefined;

  /**
   * @param file The main file. The others are beside it.
   * @param seal Entries with another seal are not read: those of another compiler, and those that this clone did not write.
   */
  constructor(file: string, seal: Seal) {
    this.#path = file;
    this.#seal = seal;
  }

  get #stored(): readonly Stored[] {
    this.#opened ??= this.#openAll();
    return this.#opened;
  }

  /** Whether there is something to save. */
  get isChanged(): boolean {
    return this.#fresh !== undefined;
  }

  has(digest: string): boolean {
    return this.#fresh?.entries.has(digest) === true || this.#stored.some(({ entries }) => entries.has(digest));
  }

  /** `undefined` also for an entry that is damaged or not ours, which is then dropped. */
  get(digest: string): string | undefined {
    const fresh = this.#freshWith(digest);
    if (fresh !== undefined) {
      const bytes = this.#read(fresh.file.fd, digest, fresh.entries.get(digest));
      if (bytes === undefined) fresh.entries.delete(digest);
      return bytes?.toString("utf8");
    }
    for (const { fd, entries } of this.#stored) {
      const entry = entries.get(digest);
      if (entry === undefined) continue;
      const bytes = this.#read(fd, digest, entry);
      if (bytes !== undefined) return bytes.toString("utf8");
      entries.drop(digest);
    }
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

  /** How many entries there are. */
  get count(): number {
    return this.#stored.reduce((sum, { entries }) => sum + entries.size, 0);
  }

  /**
   * Saves what was added. Rewrites everything that is wanted if a part of it is worth removing. Never throws.
   *
   * @param wantedOnes Default: everything.
   */
  save(wantedOnes?: ReadonlySet<string>): void {
    const wanted = wantedOnes ?? { has: () => true };
    const isWasteful = wantedOnes !== undefined && this.#countOthers(wantedOnes) * 4 > this.count;
    if (this.#fresh === undefined && !isWasteful) return;
    const fresh = this.#open();
    if (fresh === undefined) return;
    const merged = isWasteful ? this.#stored : this.#smallest(fresh.entries.size);
    try {
      for (const digest of fresh.entries.keys()) if (!wanted.has(digest)) fresh.entries.delete(digest);
      for (const { fd, entries } of merged)
        for (const [digest, entry] of entries) {
          if (!wanted.has(digest) || fresh.entries.has(digest)) continue;
          const bytes = this.#read(fd, digest, entry);
          if (bytes !== undefined) this.#append(fresh, digest, bytes);
        }
      const start = fresh.file.size;
      const { bytes, width } = printIndex(fresh.entries);
      fresh.file.append(bytes);
      const trailer = `${start} ${width} ${this.#seal.of(INDEX, bytes)}`;
      fresh.file.append(trailer.padEnd(TRAILER - 1).concat("\n"));
      fresh.file.flush();
      const isMain = merged.length === this.#stored.length || merged.some((file) => file.path === this.#path);
      const target = isMain ? this.#path : `${fresh.path}${ADDED}`;
      const outdated = [...merged.map((file) => file.path), ...this.#unreadable].filter((file) => file !== target);
      this.close(false);
      renameSync(fresh.path, target);
      for (const file of outdated) rmSync(file, { force: true });
    } catch {
      this.close(true);
      rmSync(fresh.path, { force: true });
    }
    this.#opened = this.#openAll();
  }

  #countOthers(wanted: ReadonlySet<string>): number {
    let count = 0;
    for (const { entries } of this.#stored) for (const [digest] of entries) if (!wanted.has(digest)) count++;
    return count;
  }

  /**
   * The files that become one with that of the added entries: as long as each is not much larger than what came before it. So there
   * are always few, and a small addition does not rewrite a large file.
   */
  #smallest(added: number): Stored[] {
    let size = added;
    const merged: Stored[] = [];
    for (const file of [...this.#stored].sort((a, b) => a.entries.size - b.entries.size)) {
      if (file.entries.size > size * GROWTH) break;
      merged.push(file);
      size += file.entries.size;
    }
    return merged;
  }

  /** @param discard Whether to remove what was added since the last `save`. */
  close(discard = true): void {
    for (const { fd } of this.#opened ?? []) closeSync(fd);
    this.#opened = undefined;
    if (this.#fresh !== undefined) {
      this.#fresh.file.close();
      if (discard) rmSync(this.#fresh.path, { force: true });
    }
    this.#fresh = undefined;
  }

  #openAll(): Stored[] {
    const folder = path.dirname(this.#path);
    const prefix = `${path.basename(this.#path)}.`;
    let names: string[];
    try {
      names = readdirSync(folder);
    } catch {
      return [];
    }
    const added = names.filter((name) => name.startsWith(prefix) && name.endsWith(ADDED)).sort();
    const files = [this.#path, ...added.map((name) => path.join(folder, name))];
    const stored = files.map((file) => open(file, this.#seal));
    this.#unreadable = files.filter((_, index) => stored[index] === undefined);
    return stored.filter((file) => file !== undefined);
  }

  /** The new file as one to read from, when it holds a digest. */
  #freshWith(digest: string): Fresh | undefined {
    const fresh = this.#fresh;
    if (fresh?.entries.has(digest) !== true) return undefined;
    try {
      fresh.file.flush();
    } catch {
      this.#giveUp();
      return undefined;
    }
    return fresh;
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
  #read(fd: number, digest: string, entry: Entry | undefined): Buffer | undefined {
    if (entry === undefined) return undefined;
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
  if (entries !== undefined) return { path: file, fd, entries };
  closeSync(fd);
  return undefined;
}

function readIndex(fd: number, seal: Seal): CompiledIndex | undefined {
  try {
    const { size } = fstatSync(fd);
    const trailer = Buffer.alloc(TRAILER);
    if (size < TRAILER || readSync(fd, trailer, 0, TRAILER, size - TRAILER) !== TRAILER) return undefined;
    const [start = Number.NaN, width = Number.NaN] = trailer.toString("latin1").split(" ", 2).map(Number);
    const own = trailer.toString("latin1").split(" ")[2];
    if (!Number.isSafeInteger(start) || start < 0 || start > size - TRAILER || !(width > 0)) return undefined;
    const bytes = Buffer.alloc(size - TRAILER - start);
    readSync(fd, bytes, 0, bytes.length, start);
    return seal.of(INDEX, bytes) === own ? new CompiledIndex(bytes, width) : undefined;
  } catch {
    return undefined;
  }
}
