// Writes a generated package prompt by prompt. A complete new dist folder is made beside the old one: files that did not change are
// hard links, and what is large in the shared files is copied from the old ones. Nothing is written if nothing changed.

import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { PromptPieces, SharedFile } from "@cuecard/build";
import { temporaryName } from "@cuecard/registry";
import type { FileRange } from "../cache/append-file.js";
import type { WrittenFile } from "../cache/build-state.js";
import type { PartPlaces, WrittenPrompt } from "../cache/package-record.js";
import { equalsFile, type Patch, PieceList, writeJoined } from "./joined-file.js";
import { PromptParts } from "./prompt-parts.js";
import { NEW } from "./recover-output.js";
import { removeFile } from "./remove-file.js";
import { removeFolder } from "./remove-folder.js";
import { takeSpare } from "./spare-folder.js";

/** Another process replaced the package while this one made a new one from it. */
export class PackageMoved extends Error {}

/** Files that each are of one prompt. */
const PROMPTS = "prompts/";

export interface WriterOptions {
  /** Absolute folder of the generated package. */
  readonly packageDir: string;
  /** What its dist folder contains now. */
  readonly existing: readonly WrittenFile[];
  /** Whether shared files are changed where they are. */
  readonly patches?: boolean | undefined;
  /** Where the folder of an earlier build is; see spare-folder.ts. */
  readonly spare?: string | undefined;
  /** What an earlier build wrote for a prompt that has not changed since, if that is still there. */
  readonly previous?: ((name: string) => WrittenPrompt | undefined) | undefined;
  /** The same for every prompt. */
  readonly replaced?: ((name: string) => WrittenPrompt | undefined) | undefined;
}

export class PackageWriter {
  /** The new folder. It exists as soon as there is something new. */
  readonly next: string;
  /** Files with a text that the old folder does not have. */
  readonly changed: string[] = [];
  /** Shared files that were not written to the new folder. */
  readonly patches: Map<string, Patch> = new Map();
  /** What is in the package of each prompt, by its name. */
  readonly prompts: Map<string, WrittenPrompt> = new Map();
  readonly #dist: string;
  readonly #options: WriterOptions;
  readonly #existing: ReadonlyMap<string, WrittenFile>;
  readonly #identity: number | undefined;
  readonly #kept: string[] = [];
  /** Files that were kept and have a new time, since they could not be linked. */
  readonly #copied = new Set<string>();
  readonly #parts: PromptParts;
  readonly #folders = new Set<string>();
  /** Files of the new folder that are those of the old one; `undefined` as long as there is no new folder. */
  #shared: Set<string> | undefined;
  readonly #open = new Map<string, number>();

  constructor(options: WriterOptions) {
    const { packageDir, existing } = options;
    this.#options = options;
    this.#dist = path.join(packageDir, "dist");
    this.next = path.join(packageDir, temporaryName(NEW));
    this.#parts = new PromptParts(() => {
      mkdirSync(packageDir, { recursive: true });
      return path.join(packageDir, temporaryName(NEW));
    });
    this.#existing = new Map(existing.map((file) => [file[0], file]));
    this.#identity = this.#identify();
  }

  /** Whether the package is as it was. */
  get isSame(): boolean {
    return this.changed.length === 0 && this.#kept.length === this.#existing.size;
  }

  /** Files that the old folder has and the new one does not. */
  get superfluous(): string[] {
    const files = new Set([...this.#kept, ...this.changed]);
    return [...this.#existing.keys()].filter((file) => !files.has(file));
  }

  /** Writes what the package contains of a prompt. */
  add({ facts: { name }, files, parts }: PromptPieces): void {
    for (const [file, text] of files) this.#write(file, text);
    for (const [file, text] of parts) this.#parts.set(name, file, text);
    this.prompts.set(name, { files: [...files.keys()], parts: {} });
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
    const before = new Map(names.map((name) => [name, this.#options.replaced?.(name)?.parts]));
    this.#keepPrompts(names);
    const isOwn = (file: string) => names.some((name) => this.#parts.get(name, file) !== undefined);
    for (const file of this.#existing.keys()) {
      if (file.startsWith(PROMPTS)) continue;
      if (isOwn(file)) this.#replaceParts(file, before);
      else this.#kept.push(file);
    }
  }

  #keepPrompts(names: readonly string[]): void {
    for (const name of names) {
      const known = this.prompts.get(name) ?? this.#options.previous?.(name);
      if (known === undefined) throw new Error(`nothing was written for ${name}`);
      if (!this.prompts.has(name)) this.#kept.push(...known.files);
      this.prompts.set(name, known);
    }
    this.#parts.flush();
  }

  /** @param before Where the parts of all prompts are in old files, in order. */
  #replaceParts(file: string, before: ReadonlyMap<string, PartPlaces | undefined>): void {
    const old = this.#openOld(file);
    const pieces = new PieceList();
    let at = 0;
    for (const [name, places] of before) {
      const place = places?.[file];
      if (place === undefined) continue;
      pieces.add(rangeOf(old, [at, place[0] - at]));
      const start = pieces.length;
      pieces.add(this.#parts.get(name, file) ?? rangeOf(old, place));
      this.#remember(name, file, [start, pieces.length - start]);
      at = place[0] + place[1];
    }
    pieces.add(rangeOf(old, [at, (this.#existing.get(file)?.[1] ?? 0) - at]));
    this.#put(file, pieces, old);
  }

  /** Where the old folder goes; `undefined` if most of it changed, and it is removed. */
  get spare(): string | undefined {
    return this.#copied.size === 0 && this.changed.length < this.#kept.length ? this.#options.spare : undefined;
  }

  /** Completes the new folder. */
  complete(): void {
    const superfluous = new Set(this.#makeFolder());
    for (const file of this.#kept) if (!superfluous.delete(file)) this.#link(file);
    for (const file of superfluous) removeFile(this.next, file);
    this.#expectUnmoved();
  }

  /**
   * The files of the package, once it is in place.
   *
   * @param dir Where its files are.
   */
  written(dir: string): WrittenFile[] {
    const known = (file: string) => (this.#copied.has(file) ? undefined : this.#existing.get(file));
    const kept = this.#kept.map((file) => withoutId(known(file) ?? statFile(dir, file)));
    return [...kept, ...this.changed.map((file) => statFile(dir, file))].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Closes files, and removes what was not put in place. */
  async discard(): Promise<void> {
    this.#parts.close();
    for (const fd of this.#open.values()) closeSync(fd);
    this.#open.clear();
    if (existsSync(this.next)) await removeFolder(this.next);
  }

  #write(file: string, text: string): void {
    if (this.#equals(file, text)) this.#kept.push(file);
    else {
      writeFileSync(this.#target(file), text);
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
      const place = this.prompts.get(name)?.parts[file];
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
      else writeJoined(this.#target(file), all);
      this.changed.push(file);
    }
  }

  #remember(name: string, file: string, place: PartPlaces[string]): void {
    const known = this.prompts.get(name);
    if (known !== undefined) this.prompts.set(name, { ...known, parts: { ...known.parts, [file]: place } });
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

  /** Where a new file goes. */
  #target(file: string): string {
    const shared = this.#makeFolder();
    const target = `${this.next}/${file}`;
    const folder = path.dirname(target);
    if (!this.#folders.has(folder)) mkdirSync(folder, { recursive: true });
    this.#folders.add(folder);
    // The old folder has the same file.
    if (shared.delete(file)) unlinkSync(target);
    return target;
  }

  #makeFolder(): Set<string> {
    this.#shared ??= takeSpare(this.#options.spare, this.next, this.#existing) ?? new Set();
    return this.#shared;
  }

  /** A hard link: the same file, with its times. On drives without hard links (some network drives), it is copied. */
  #link(file: string): void {
    const from = path.join(this.#dist, file);
    const to = this.#target(file);
    try {
      linkSync(from, to);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new PackageMoved(file);
      copyFileSync(from, to);
      this.#copied.add(file);
    }
  }

  #expectUnmoved(): void {
    for (const file of this.#open.keys()) this.#openOld(file);
    if (this.#identify() !== this.#identity) throw new PackageMoved(this.#dist);
  }

  #identify(): number | undefined {
    return statSync(this.#dist, { throwIfNoEntry: false })?.ino;
  }
}

function withoutId([file, size, mtimeMs]: WrittenFile): WrittenFile {
  return [file, size, mtimeMs];
}

function statFile(dir: string, file: string): WrittenFile {
  const { size, mtimeMs } = statSync(path.join(dir, file));
  return [file, size, mtimeMs];
}

function rangeOf(fd: number | undefined, [start, length]: PartPlaces[string]): FileRange {
  if (fd === undefined) throw new Error("a part has a place in a file that does not exist");
  return { fd, start, length };
}
