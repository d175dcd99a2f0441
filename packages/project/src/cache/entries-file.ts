// Entries by name in a project's cache, in two files. The large one has all entries as they once were, in groups that are parsed when they
// are asked for. The small one has what has changed since, and what is about all of them together. So a command that changes a few entries
// among thousands writes and parses few. The small file names the large one with its seal.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { Entries, type EntrySource } from "@cuecard/model";
import { sweepLeftovers, temporaryName } from "@cuecard/registry";
import { AppendFile } from "./append-file.js";
import type { CacheFolder } from "./cache-folder.js";
import { Seal } from "./seal.js";
import { SealedFile } from "./sealed-file.js";

/** @typeParam H What is about all entries together: JSON, as entries are. */
export interface StoredEntries<H, E> {
  readonly head: H;
  readonly entries: Entries<E>;
}

/** What the small file contains. */
interface Small<H, E> {
  readonly head: H;
  /** The large file. */
  readonly file: string;
  readonly seal: string;
  /** `null` for entries that were removed. */
  readonly changes: readonly (readonly [name: string, entry: E | null])[];
}

/** How the large file ends. */
interface Index {
  /** Sorted. */
  readonly names: readonly string[];
  /** Where each group of entries starts, and where the last one ends. */
  readonly starts: readonly number[];
}

/** Entries in a group. Fewer groups are found faster, smaller ones are parsed faster. */
const GROUP = 16;
/** Where the index starts, in decimal digits. */
const TRAILER = 16;
/** Once more than this part of the entries has changed, the large file is written again. */
const MAX_SHARE = 1 / 8;
const ENDING = ".bin";

export class EntriesFile<H, E> {
  readonly #folder: CacheFolder;
  readonly #name: string;
  readonly #seal: Seal;
  readonly #small: SealedFile<Small<H, E>>;
  /** The large file with the entries of a source. */
  #known: { readonly source: EntrySource<E>; readonly file: string; readonly seal: string } | undefined;

  /**
   * @param name What the names of both files begin with.
   * @param identity What else has to be the same, such as the compiler.
   */
  constructor(folder: CacheFolder, name: string, identity: string) {
    this.#folder = folder;
    this.#name = name;
    this.#seal = new Seal(folder.key, `${identity} entries`);
    this.#small = new SealedFile(folder, `${name}.json`, identity);
  }

  /** `undefined` if this clone has not written the files, or if they cannot be read. */
  read(): StoredEntries<H, E> | undefined {
    const small = this.#small.read();
    const bytes = small && this.#readLarge(small);
    if (small === undefined || bytes === undefined) return undefined;
    const source = new GroupedEntries<E>(bytes);
    this.#known = { source, file: small.file, seal: small.seal };
    const changes = new Map(small.changes.map(([name, entry]) => [name, entry ?? undefined]));
    return { head: small.head, entries: new Entries(source, changes) };
  }

  /** Never throws: a cache that cannot be written must not fail the command. */
  async write({ head, entries }: StoredEntries<H, E>): Promise<void> {
    if (!this.#folder.key.save()) return;
    const { source, changes } = entries;
    const isFew = changes.size <= 1 + source.names.length * MAX_SHARE;
    const known = isFew && this.#known?.source === source && this.#isThere(this.#known.file) ? this.#known : undefined;
    try {
      const { file, seal } = known ?? this.#writeLarge(entries);
      const own = known === undefined ? [] : [...changes];
      await this.#small.write({ head, file, seal, changes: own.map(([name, entry]) => [name, entry ?? null]) });
      this.#known = { source, file, seal };
      if (known === undefined) this.#removeOthers(file);
    } catch {
      // The next command starts without it.
    }
  }

  #isThere(file: string): boolean {
    return existsSync(path.join(this.#folder.path, file));
  }

  #readLarge({ file, seal }: Pick<Small<H, E>, "file" | "seal">): Buffer | undefined {
    try {
      const bytes = readFileSync(path.join(this.#folder.path, path.basename(file)));
      return this.#seal.of(file, bytes) === seal ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  #writeLarge(entries: Entries<E>): Pick<Small<H, E>, "file" | "seal"> {
    const { path: folder } = this.#folder;
    const { names } = entries;
    const file = `${temporaryName(`${this.#name}.`)}${ENDING}`;
    mkdirSync(folder, { recursive: true });
    sweepLeftovers(folder, `${this.#name}.`);
    const temporary = path.join(folder, file.slice(0, -ENDING.length));
    const large = new AppendFile(temporary);
    const sealed = this.#seal.start(file);
    const append = (text: string) => sealed.update(large.append(text));
    try {
      const starts = [0];
      for (let at = 0; at < names.length; at += GROUP) {
        append(JSON.stringify(names.slice(at, at + GROUP).map((name) => entries.get(name))));
        starts.push(large.size);
      }
      const start = large.size;
      append(JSON.stringify({ names, starts } satisfies Index));
      append(String(start).padEnd(TRAILER));
      large.flush();
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    } finally {
      large.close();
    }
    renameSync(temporary, path.join(folder, file));
    return { file, seal: sealed.digest() };
  }

  #removeOthers(file: string): void {
    for (const other of readdirSync(this.#folder.path))
      if (other.startsWith(`${this.#name}.`) && other.endsWith(ENDING) && other !== file)
        rmSync(path.join(this.#folder.path, other), { force: true });
  }
}

/** The entries of a large file. */
class GroupedEntries<E> implements EntrySource<E> {
  readonly names: readonly string[];
  readonly #bytes: Buffer;
  readonly #starts: readonly number[];
  readonly #places: Map<string, number>;
  readonly #groups = new Map<number, readonly E[]>();

  /** @param bytes With a seal that is right. */
  constructor(bytes: Buffer) {
    const end = bytes.length - TRAILER;
    const start = Number(bytes.toString("latin1", end));
    const { names, starts } = JSON.parse(bytes.toString("utf8", start, end)) as Index;
    this.#bytes = bytes;
    this.names = names;
    this.#starts = starts;
    this.#places = new Map(names.map((name, index) => [name, index]));
  }

  get(name: string): E | undefined {
    const place = this.#places.get(name);
    return place === undefined ? undefined : this.#group(Math.floor(place / GROUP))[place % GROUP];
  }

  #group(index: number): readonly E[] {
    let group = this.#groups.get(index);
    group ??= JSON.parse(this.#bytes.toString("utf8", this.#starts[index], this.#starts[index + 1])) as readonly E[];
    this.#groups.set(index, group);
    return group;
  }
}
