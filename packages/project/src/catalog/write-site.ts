// Writes a site into a folder. The whole new folder is made beside the old one and takes its place by renaming: no reader sees half a
// site, and a killed run leaves the old one.

import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { SiteFile } from "@cuecard/catalog";
import { type Diagnostic, diagnose, writeFailure } from "@cuecard/model";
import { findLeftovers, temporaryName } from "@cuecard/registry";
import { removeFolder } from "../build/remove-folder.js";

/** The file by which a folder is known as a site of ours. */
const MARK = "data/prompts.json";

export interface WrittenSite {
  /** How many files it has, and their size in bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Of all texts: the same for the same site. Hex. */
  readonly digest: string;
}

/**
 * @param dir Absolute.
 * @param shown The folder as messages show it.
 * @returns An error if the folder cannot be replaced; then nothing was written.
 */
export async function writeSite(
  dir: string,
  shown: string,
  files: Iterable<SiteFile>,
): Promise<WrittenSite | Diagnostic> {
  const parent = path.dirname(dir);
  const base = path.basename(dir);
  const next = path.join(parent, temporaryName(`.${base}.new-`));
  try {
    await recover(dir);
    if (isForeign(dir)) return diagnose("output/not-a-catalog", { dir: shown }, { file: shown });
    const written = writeFiles(next, files);
    const old = path.join(parent, temporaryName(`.${base}.old-`));
    if (existsSync(dir)) renameSync(dir, old);
    renameSync(next, dir);
    await removeFolder(old);
    return written;
  } catch (error) {
    await removeFolder(next);
    return writeFailure(error, "catalog", shown);
  }
}

/** Cleans up after killed runs: a site that was caught between the two renames is put back. */
async function recover(dir: string): Promise<void> {
  const parent = path.dirname(dir);
  const base = path.basename(dir);
  for (const name of findLeftovers(parent, `.${base}.old-`)) {
    if (existsSync(dir)) await removeFolder(path.join(parent, name));
    else renameSync(path.join(parent, name), dir);
  }
  for (const name of findLeftovers(parent, `.${base}.new-`)) await removeFolder(path.join(parent, name));
}

/** Whether a folder has files that are not a site of ours. A link in its place leads elsewhere. */
function isForeign(dir: string): boolean {
  const found = lstatSync(dir, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (!found.isDirectory()) return true;
  return readdirSync(dir).length > 0 && !existsSync(path.join(dir, MARK));
}

function writeFiles(target: string, files: Iterable<SiteFile>): WrittenSite {
  const folders = new Set<string>();
  const hash = createHash("sha256");
  let [count, bytes] = [0, 0];
  for (const { path: file, text } of files) {
    const full = path.join(target, file);
    const folder = path.dirname(full);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeFileSync(full, text);
    hash.update(`${file}\0${text}\0`);
    count++;
    bytes += Buffer.byteLength(text);
  }
  return { files: count, bytes, digest: hash.digest("hex") };
}
