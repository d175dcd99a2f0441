// The package's folder before the last build, kept for the next one: its files are links to those of the package, so that the next
// build has to link only what changed. It is in the cache, and nothing of it is believed: a file in it that is not the very file that
// the package has is removed. If no folder of it has changed since it was put there, and the package is as it was, its files need not
// be looked at.

import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, statSync, unlinkSync } from "node:fs";
import path from "node:path";
import type { CacheFolder } from "../cache/cache-folder.js";
import { SealedFile } from "../cache/sealed-file.js";
import { removeFile } from "./remove-file.js";
import { removeFolder } from "./remove-folder.js";
import type { SortedFiles } from "./sorted-files.js";

interface SpareRecord {
  /** The build that wrote the package at that time. */
  readonly build: string;
  /** Files of that package that are not in the folder. */
  readonly absent: readonly string[];
  /** Every folder in it, with what changes as soon as a file is added, removed or replaced. */
  readonly folders: readonly (readonly [folder: string, mark: string])[];
}

/** A package, and the build that wrote it; `undefined` if its files are not those that were written. */
export interface KnownPackage {
  /** Absolute path of its dist folder. */
  readonly dist: string;
  readonly files: SortedFiles;
  readonly build: string | undefined;
}

export class SpareFolder {
  readonly #path: string;
  readonly #record: SealedFile<SpareRecord>;

  constructor(cache: CacheFolder) {
    this.#path = path.join(cache.path, "dist");
    this.#record = new SealedFile(cache, "spare.json", "spare");
  }

  /**
   * Moves the folder to where the new package is made.
   *
   * @returns The files of the package that the new folder does not have; `undefined` if there is no new folder.
   */
  take(target: string, known: KnownPackage): Set<string> | undefined {
    // The numbers of files are not exact there.
    if (process.platform === "win32") return undefined;
    try {
      if (!lstatSync(this.#path).isDirectory()) return undefined;
      const recorded = this.#absentIn(known);
      renameSync(this.#path, target);
      if (recorded !== undefined) return new Set(recorded.filter((file) => known.files.has(file)));
      const absent = new Set(known.files.list.map(([file]) => file));
      keepShared({ target, known, absent }, "");
      return absent;
    } catch {
      return undefined; // There is none, or it is on another drive.
    }
  }

  /**
   * Keeps the folder that was replaced.
   *
   * @param changed Files that the new package does not share with it.
   * @param build The build that wrote the new package.
   */
  async keep(folder: string, { changed, build }: { changed: readonly string[]; build: string }): Promise<void> {
    try {
      await removeFolder(this.#path);
      for (const file of changed) if (isThere(path.join(folder, file))) removeFile(folder, file);
      mkdirSync(path.dirname(this.#path), { recursive: true });
      renameSync(folder, this.#path);
      await this.#record.write({ build, absent: changed, folders: listFolders(this.#path) });
    } catch {
      await removeFolder(folder);
    }
  }

  /** `undefined` if files could be there that are not the package's. */
  #absentIn({ build }: KnownPackage): readonly string[] | undefined {
    const record = build === undefined ? undefined : this.#record.read();
    if (record === undefined || record.build !== build) return undefined;
    const isSame = record.folders.every(([folder, mark]) => markOf(path.join(this.#path, folder)) === mark);
    return isSame ? record.absent : undefined;
  }
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

function listFolders(top: string, folder = ""): [folder: string, mark: string][] {
  const own = readdirSync(path.join(top, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const others = own.flatMap(({ name }) => listFolders(top, folder === "" ? name : `${folder}/${name}`));
  return [[folder, markOf(path.join(top, folder))], ...others];
}

function markOf(folder: string): string {
  const { dev, ino, mtimeMs, ctimeMs } = lstatSync(folder);
  return [dev, ino, mtimeMs, ctimeMs].join(" ");
}

interface Sharing {
  readonly target: string;
  readonly known: KnownPackage;
  /** Files of the package that were not found in the folder yet. */
  readonly absent: Set<string>;
}

/** @returns Whether the folder is empty now. */
function keepShared(sharing: Sharing, folder: string): boolean {
  const { target, known, absent } = sharing;
  let isEmpty = true;
  for (const entry of readdirSync(path.join(target, folder), { withFileTypes: true })) {
    const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
    const file = `${target}/${name}`;
    if (entry.isDirectory()) {
      if (keepShared(sharing, name)) rmdirSync(file);
      else isEmpty = false;
      continue;
    }
    if (entry.isFile() && absent.has(name) && isSameFile(file, `${known.dist}/${name}`)) {
      absent.delete(name);
      isEmpty = false;
    } else unlinkSync(file);
  }
  return isEmpty;
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [statSync(one), statSync(other, { throwIfNoEntry: false })];
  return a.ino === b?.ino && a.dev === b.dev;
}
