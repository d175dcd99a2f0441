// The package's folder before the last build, kept for the next one: its files are links to those of the package, so that the next
// build has to link only what changed. It is in the cache, and nothing of it is believed: a file in it that is not the very file that
// the package has is removed.

import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, unlinkSync } from "node:fs";
import path from "node:path";
import type { WrittenFile } from "../cache/build-state.js";
import { removeFolder } from "./remove-folder.js";

/**
 * Moves the folder to where the new package is made.
 *
 * @param existing The files of the package.
 * @returns The files that the new folder shares with the package; `undefined` if there is no new folder.
 */
export function takeSpare(
  spare: string | undefined,
  target: string,
  existing: ReadonlyMap<string, WrittenFile>,
): Set<string> | undefined {
  // The numbers of files are not exact there.
  if (spare === undefined || process.platform === "win32") return undefined;
  try {
    if (!lstatSync(spare).isDirectory()) return undefined;
    renameSync(spare, target);
  } catch {
    return undefined; // There is none, or it is on another drive.
  }
  const shared = new Set<string>();
  keepShared({ target, existing, shared }, "");
  return shared;
}

/** Keeps the folder that was replaced. */
export async function keepSpare(
  folder: string,
  { spare, changed }: { readonly spare: string | undefined; readonly changed: readonly string[] },
): Promise<void> {
  try {
    if (spare === undefined) return await removeFolder(folder);
    await removeFolder(spare);
    for (const file of changed) rmSync(path.join(folder, file), { force: true });
    mkdirSync(path.dirname(spare), { recursive: true });
    renameSync(folder, spare);
  } catch {
    await removeFolder(folder);
  }
}

interface Sharing {
  readonly target: string;
  readonly existing: ReadonlyMap<string, WrittenFile>;
  readonly shared: Set<string>;
}

/** @returns Whether the folder is empty now. */
function keepShared(sharing: Sharing, folder: string): boolean {
  const { target, existing, shared } = sharing;
  let isEmpty = true;
  for (const entry of readdirSync(path.join(target, folder), { withFileTypes: true })) {
    const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
    const file = `${target}/${name}`;
    if (entry.isDirectory()) {
      if (keepShared(sharing, name)) rmdirSync(file);
      else isEmpty = false;
      continue;
    }
    const [, , , id] = existing.get(name) ?? [];
    if (entry.isFile() && id !== undefined && id === idOf(statSync(file))) {
      shared.add(name);
      isEmpty = false;
    } else unlinkSync(file);
  }
  return isEmpty;
}

/** Two paths with the same id are the same file. */
export function idOf({ dev, ino }: { readonly dev: number; readonly ino: number }): string {
  return `${dev} ${ino}`;
}
