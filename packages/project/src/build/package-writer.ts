// Writes a generated package prompt by prompt. A complete new dist folder is made beside the old one: files that did not change are
// hard links, and what is large in the shared files is copied from the old ones. Nothing is written if nothing changed.

import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { PromptPieces, SharedFile } from "@cuecard/build";
import { temporaryName } from "@cuecard/registry";
import type { FileRange } from "../cache/append-file.js";
import type { WrittenFile } from "../cache/build-state.js";
import type { PartPlaces } from "../cache/package-record.js";
import { distFolder } from "./dist-folder.js";
import { equalsFile, type Patch, PieceList, writeJoined } from "./joined-file.js";
import { NextFolder, PackageMoved } from "./next-folder.js";
import { PromptParts } from "./prompt-parts.js";
import { SortedFiles } from "./sorted-files.js";
import type { SpareFolder } from "./spare-folder.js";

/** Files that each are of one prompt. */
const PROMPTS = "prompts/";

export interface WriterOptions {
  /** Absolute folder of the generated package. */
  readonly packageDir: string;
  /** What its dist folder contains now. */
  readonly existing: readonly WrittenFile[];
  /** Whether shared files are changed where they are. */
  readonly patches?: boolean | undefined;
  /** The folder of an earlier build. */
  readonly spare?: SpareFolder | undefined;
  /** The build that wrote the old folder, if its files are as it wrote them. */
  readonly build?: string | undefined;
  /** What an earlier build wrote, if that is still there. */
  readonly previous?: EarlierPackage | undefined;
}

/** What an earlier build wrote of each prompt. */
export interface EarlierPackage {
  /** Where the parts of prompts are in shared files. */
  readonly places: ReadonlyMap<string, PartPlaces>;
  /** The files of a prompt. */
  readonly files: (name: string) => readonly string[];
}

export class PackageWriter {
  readonly #folder: NextFolder;
  /** Files with a text that the old folder does not have. */
  readonly changed: string[] = [];
  /** Shared files that were not written to the new folder. */
  readonly patches: Map<string, Patch> = new Map();
  /** Where the parts of each prompt are, by its name. */
  readonly places: Map<string, PartPlaces> = new Map();
  /** The files of the prompts that were added. */
  readonly #added = new Map<string, readonly string[]>();
  readonly #dist: string;
  readonly #options: WriterOptions;
  readonly #existing: SortedFiles;
  readonly #identity: number | undefined;
  readonly #kept: string[] = [];
  #superfluous: readonly string[] | undefined;
  readonly #parts: PromptParts;
  readonly #open = new Map<string, number>();

  constructor(options: WriterOptions) {
    const { packageDir, existing, spare, build } = options;
    const newPath = () => path.join(packageDir, temporaryName(distFolder(packageDir).newPrefix));
    this.#options = options;
    this.#dist = path.join(packageDir, "dist");
    this.#existing = new SortedFiles(existing);
    this.#folder = new NextFolder({ next: newPath(), dist: this.#dist, files: this.#existing, spare, build });
    this.#parts = new PromptParts(() => {
      mkdirSync(packageDir, { recursive: true });
      return newPath();
    });
    this.#identity = this.#identify();
  }

  /** The new folder. It exists as soon as there is something new. */
  get next(): string {
    return this.#folder.path;
  }

  /** Whether the package is as it was. */
  get isSame(): boolean {
    return this.changed.length === 0 && this.#kept.length === this.#existing.list.length;
  }

  /** Files that the old folder has and the new one does not. */
  get superfluous(): readonly string[] {
    this.#superfluous ??= this.#listSuperfluous();
    return this.#superfluous;
  }

  #listSuperfluous(): readonly string[] {
    const replaced = this.changed.filter((file) => this.#existing.has(file)).length;
    if (this.#kept.length + replaced === this.#existing.list.length) return [];
    const files = new Set([...this.#kept, ...this.changed]);
    return this.#existing.list.flatMap(([file]) => (files.has(file) ? [] : [file]));
  }

  /** Writes what the package contains of a prompt. */
  add({ facts: { name }, files, parts }: PromptPieces): void {
    for (const [file, text] of files) this.#write(file, text);
    for (const [file, text] of parts) this.#parts.set(name, file, text);
    this.#added.set(name, [...files.keys()]);
  }

  /** The files of a prompt that was added. */
  filesOf(name: string): readonly string[] | undefined {
    return this.#added.get(name);
  }

  /**
   * Writes the shared files, with the parts of the prompts that were added and of those that an earlier build wrote.
   *
   * @param names All prompts of the package, sorted.
   */
  share(shared: readonly SharedFile[], names: readonly string[]): void {
    this.#keepPrompts(names);
    for (const file of shared) this.#join(file, names);
  }

  /** Does the same if only the parts of prompts differ from the old files. */
  keepShared(names: readonly string[]): void {
    this.#keepPrompts(names);
    for (const [file] of this.#existing.list) {
      if (file.startsWith(PROMPTS)) continue;
      const added = names.filter((name) => this.#added.has(name) && this.#parts.get(name, file) !== undefined);
      if (added.length > 0) this.#replaceParts(file, names, added);
      else this.#kept.push(file);
    }
  }

  /** The files of prompts that were not added stay as they are, if these prompts are still in the package. */
  #keepPrompts(names: readonly string[]): void {
    const { previous } = this.#options;
    const all = new Set(names);
    const outdated = new Set<string>();
    for (const name of previous?.places.keys() ?? [])
      if (this.#added.has(name) || !all.has(name)) for (const file of previous?.files(name) ?? []) outdated.add(file);
    for (const name of names) {
      if (!this.#added.has(name) && previous?.places.has(name) !== true)
        throw new Error(`nothing was written for ${name}`);
      this.places.set(name, previous?.places.get(name) ?? {});
    }
    if (previous !== undefined)
      for (const [file] of this.#existing.list)
        if (file.startsWith(PROMPTS) && !outdated.has(file)) this.#kept.push(file);
    this.#parts.flush();
  }

  /** Where an earlier build wrote a part of a prompt that was not added. */
  #placeBefore(name: string, file: string): PartPlaces[string] | undefined {
    return this.#added.has(name) ? undefined : this.#options.previous?.places.get(name)?.[file];
  }

  /**
   * @param names All prompts of the package, which are those of the old one.
   * @param added Those with a new part, in the same order.
   */
  #replaceParts(file: string, names: readonly string[], added: readonly string[]): void {
    const old = this.#openOld(file);
    const places = this.#options.previous?.places;
    const pieces = new PieceList();
    const moved = new Map<string, number>();
    let at = 0;
    for (const name of added) {
      const place = places?.get(name)?.[file];
      const own = this.#parts.get(name, file);
      if (place === undefined || own === undefined) throw new Error(`${file} had no part of ${name}`);
      pieces.add(rangeOf(old, [at, place[0] - at]));
      pieces.add(own);
      at = place[0] + place[1];
      moved.set(name, own.length - place[1]);
    }
    pieces.add(rangeOf(old, [at, (this.#existing.get(file)?.[1] ?? 0) - at]));
    let shift = 0;
    for (const name of names) {
      const place = places?.get(name)?.[file];
      if (place === undefined) continue;
      const longer = moved.get(name) ?? 0;
      if (shift !== 0 || longer !== 0) this.#remember(name, file, [place[0] + shift, place[1] + longer]);
      shift += longer;
    }
    this.#put(file, pieces, old);
  }

  /** Where the old folder goes; `undefined` if most of it changed, and it is removed. */
  get spare(): SpareFolder | undefined {
    return this.#folder.copied.size === 0 && this.changed.length < this.#kept.length ? this.#options.spare : undefined;
  }

  /** Completes the new folder. */
  complete(): void {
    this.#folder.complete(this.changed, this.superfluous);
    this.#expectUnmoved();
  }

  /**
   * The files of the package, once it is in place.
   *
   * @param dir Where its files are.
   */
  written(dir: string): WrittenFile[] {
    const { changed, superfluous } = this;
    const { copied } = this.#folder;
    const others = new Set([...changed, ...superfluous, ...copied]);
    const kept = this.#existing.list.filter(([file]) => !others.has(file));
    const added = [...changed, ...copied].map((file) => statFile(dir, file));
    return [...kept, ...added].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Closes files, and removes what was not put in place. */
  async discard(): Promise<void> {
    this.#parts.close();
    for (const fd of this.#open.values()) closeSync(fd);
    this.#open.clear();
    await this.#folder.discard();
  }

  #write(file: string, text: string): void {
    if (this.#equals(file, text)) this.#kept.push(file);
    else {
      writeFileSync(this.#folder.placeOf(file), text);
      this.changed.push(file);
    }
  }

  #equals(file: string, text: string): boolean {
    if (this.#existing.get(file)?.[1] !== Buffer.byteLength(text)) return false;
    try {
      return readFileSync(path.join(this.#dist, file), "utf8") === text;
    } catch {
      return false;
    }
  }

  #join({ path: file, head, separator, tail }: SharedFile, names: readonly string[]): void {
    const old = this.#openOld(file);
    const between = Buffer.from(separator);
    const pieces = new PieceList();
    pieces.add(Buffer.from(head));
    let isFirst = true;
    /** Where the part before ends in the old file, if it is there. */
    let end: number | undefined;
    for (const name of names) {
      const place = this.#placeBefore(name, file);
      const own = this.#parts.get(name, file);
      if (own === undefined && place === undefined) continue;
      const kept = own === undefined && place !== undefined ? rangeOf(old, place) : undefined;
      // What is between two parts that stay neighbors is copied with them.
      const isNeighbor = kept !== undefined && end !== undefined && kept.start === end + between.length;
      if (!isFirst)
        pieces.add(isNeighbor ? { fd: kept.fd, start: kept.start - between.length, length: between.length } : between);
      isFirst = false;
      const start = pieces.length;
      const piece = own ?? kept;
      if (piece !== undefined) pieces.add(piece);
      this.#remember(name, file, [start, pieces.length - start]);
      end = kept && kept.start + kept.length;
    }
    pieces.add(Buffer.from(tail));
    this.#put(file, pieces, old);
  }

  #put(file: string, { all }: PieceList, old: number | undefined): void {
    if (old !== undefined && equalsFile(all, old)) this.#kept.push(file);
    else {
      if (old !== undefined && this.#options.patches === true) this.patches.set(file, { old, pieces: all });
      else writeJoined(this.#folder.placeOf(file), all);
      this.changed.push(file);
    }
  }

  #remember(name: string, file: string, place: PartPlaces[string]): void {
    this.places.set(name, { ...this.places.get(name), [file]: place });
  }

  /** The old file, if it is the one that was listed. */
  #openOld(file: string): number | undefined {
    const [, size, mtimeMs] = this.#existing.get(file) ?? [];
    if (size === undefined) return undefined;
    let fd = this.#open.get(file);
    try {
      fd ??= openSync(path.join(this.#dist, file), "r");
    } catch {
      throw new PackageMoved(file);
    }
    this.#open.set(file, fd);
    const found = fstatSync(fd);
    if (found.size !== size || found.mtimeMs !== mtimeMs) throw new PackageMoved(file);
    return fd;
  }

  #expectUnmoved(): void {
    for (const file of this.#open.keys()) this.#openOld(file);
    if (this.#identify() !== this.#identity) throw new PackageMoved(this.#dist);
  }

  #identify(): number | undefined {
    return statSync(this.#dist, { throwIfNoEntry: false })?.ino;
  }
}

function statFile(dir: string, file: string): WrittenFile {
  const { size, mtimeMs } = statSync(path.join(dir, file));
  return [file, size, mtimeMs];
}

function rangeOf(fd: number | undefined, [start, length]: PartPlaces[string]): FileRange {
  if (fd === undefined) throw new Error("a part has a place in a file that does not exist");
  return { fd, start, length };
}
