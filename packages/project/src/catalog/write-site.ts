// Writes a site into a folder. The whole new folder is made beside the old one and takes its place by renaming: no reader sees half a
// site, and after a killed run the next one puts the old site back.

import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { SiteFile } from "@cuecard/catalog";
import { type Diagnostic, diagnose, writeFailure } from "@cuecard/model";
import { temporaryName } from "@cuecard/registry";
import { removeFolder } from "../build/remove-folder.js";
import { recoverFolder, replaceFolder } from "../build/replace-folder.js";

/** The file by which a folder is known as a catalog. */
const MARK = "data/prompts.json";
/** What a catalog consists of, and the file that macOS adds to every folder that is viewed. */
const OWN =
  /^(?:(?:index|list-\d+|environments|compare|findings|edit|changes)\.html|assets\/[\w-]+\.(?:js|css|svg)|prompts\/.+\.html|promotions\/.+\.html|data\/.+\.json|code\/.+\.js|(?:.+\/)?\.DS_Store)$/;

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
  files: AsyncIterable<SiteFile>,
): Promise<WrittenSite | Diagnostic> {
  const base = path.basename(dir);
  const replaced = { dir, newPrefix: `.${base}.new-`, oldPrefix: `.${base}.old-` };
  const next = path.join(path.dirname(dir), temporaryName(replaced.newPrefix));
  try {
    await recoverFolder(replaced);
    const refused = refuseFolder(dir, shown);
    if (refused !== undefined) return refused;
    const written = await writeFiles(next, files);
    await replaceFolder(replaced, next, removeFolder);
    return written;
  } catch (error) {
    await removeFolder(next);
    return writeFailure(error, "catalog", shown);
  }
}

/**
 * Why a folder cannot be replaced; `undefined` if it can.
 *
 * @param shown The folder as messages show it.
 */
export function refuseFolder(dir: string, shown: string): Diagnostic | undefined {
  try {
    const foreign = findForeign(dir);
    return foreign === undefined
      ? undefined
      : diagnose("output/not-a-catalog", { dir: shown, foreign }, { file: shown });
  } catch (error) {
    return writeFailure(error, "catalog", shown);
  }
}

/** What a folder has that no catalog has; empty if it is the folder itself; `undefined` if it can be replaced. */
function findForeign(dir: string): string | undefined {
  const found = lstatSync(dir, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  // A link in its place leads elsewhere.
  if (!found.isDirectory()) return "";
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => path.relative(dir, path.join(parentPath, name)).split(path.sep).join("/"))
    .sort();
  const foreign = files.find((file) => !OWN.test(file));
  if (foreign !== undefined || files.length === 0 || isCatalog(dir)) return foreign;
  return "";
}

function isCatalog(dir: string): boolean {
  try {
    const prompts: unknown = JSON.parse(readFileSync(path.join(dir, MARK), "utf8"));
    return Array.isArray(prompts) && prompts.every((prompt) => typeof prompt?.name === "string");
  } catch {
    return false;
  }
}

async function writeFiles(target: string, files: AsyncIterable<SiteFile>): Promise<WrittenSite> {
  const folders = new Set<string>();
  const hash = createHash("sha256");
  let [count, bytes] = [0, 0];
  for await (const { path: file, text } of files) {
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
