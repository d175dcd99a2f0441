// Puts a build into the generated package's dist folder. The whole new folder is written beside the old one and takes its
// place by renaming: no reader sees half a build, and a killed build leaves the old one. Only while watching, files are
// overwritten where they are.

import { linkSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { type Diagnostic, diagnose, writeFailure } from "@cuecard/model";
import { mapLimited, temporaryName } from "@cuecard/registry";
import type { WrittenFile } from "../cache/build-state.js";
import { listWrittenFiles } from "./list-written-files.js";
import { overwritePackage } from "./overwrite-package.js";
import { NEW, OLD } from "./recover-output.js";
import { removeFolder } from "./remove-folder.js";

/** A file that every build writes: a folder without it, or with another tool's, is not ours to replace. */
const MARK = "manifest.json";
/** What builds write, and the file that macOS adds to every folder that is viewed. */
const OWN =
  /^(?:index\.(?:c?js|d\.c?ts(?:\.map)?)|manifest\.json|prompts\/.+\.(?:c?js|d\.c?ts(?:\.map)?)|helpers\/.+\.[cm]?js|(?:.+\/)?\.DS_Store)$/;
/** How the files start that the generated package's lifecycle.mjs writes in place of a build. */
const NOT_BUILT = "// cuecard: not built";
const ATTEMPTS = 20;
const READS_AT_ONCE = 32;

export type WriteOutcome =
  | { readonly kind: "written"; readonly changed: number; readonly files: readonly WrittenFile[] }
  | { readonly kind: "unchanged"; readonly files: readonly WrittenFile[] }
  | { readonly kind: "refused"; readonly diagnostic: Diagnostic };

export interface WriteOptions {
  /** Runs when the package can be written. If it returns an error, nothing is written. */
  readonly beforeReplacing?: () => Promise<Diagnostic | undefined>;
  /** Whether the files of an existing folder are overwritten one by one. Default: no, the folder is replaced as a whole. */
  readonly overwrites?: boolean | undefined;
}

/**
 * Makes `dist` hold exactly the given files. Files whose text is the same keep their identity and times.
 *
 * @param packageDir Absolute folder of the generated package.
 * @param shownDir Its dist folder as messages show it.
 */
export async function writePackage(
  packageDir: string,
  shownDir: string,
  files: ReadonlyMap<string, string>,
  { beforeReplacing = async () => undefined, overwrites = false }: WriteOptions = {},
): Promise<WriteOutcome> {
  const dist = path.join(packageDir, "dist");
  const next = path.join(packageDir, temporaryName(NEW));
  const refused = (diagnostic: Diagnostic): WriteOutcome => ({ kind: "refused", diagnostic });
  try {
    const existing = await listWrittenFiles(dist);
    const foreign = existing.find(([file, size]) => size < 0 || !OWN.test(file))?.[0];
    if (foreign !== undefined || (existing.length > 0 && !(await isGenerated(dist)))) {
      const shown = foreign === undefined || foreign === "" ? undefined : foreign;
      return refused(diagnose("output/not-generated", { dir: shownDir, foreign: shown }, { file: shownDir }));
    }
    const same = await sameFiles(dist, existing, files);
    const isSame = same.size === files.size && existing.length === files.size;
    const inPlace = overwrites && existing.length > 0;
    if (!isSame && !inPlace) writeTree(next, dist, files, same);
    const problem = await beforeReplacing();
    if (problem !== undefined) {
      await removeFolder(next);
      return refused(problem);
    }
    if (isSame) return { kind: "unchanged", files: existing };
    if (inPlace) overwritePackage(dist, { files, same, existing: existing.map(([file]) => file) });
    else await replace(packageDir, dist, next);
    return { kind: "written", changed: files.size - same.size, files: await listWrittenFiles(dist) };
  } catch (error) {
    await removeFolder(next);
    return refused(writeFailure(error, "package", shownDir));
  }
}

/**
 * Whether a folder contains the manifest of a build (web bundlers also write a manifest.json), or only the files that
 * explain that there is no build yet.
 */
async function isGenerated(dist: string): Promise<boolean> {
  const entry = await readFile(path.join(dist, "index.js"), "utf8").catch(() => "");
  if (entry.startsWith(NOT_BUILT)) return true;
  try {
    const manifest: unknown = JSON.parse(await readFile(path.join(dist, MARK), "utf8"));
    if (typeof manifest !== "object" || manifest === null) return false;
    const { manifestVersion, prompts } = manifest as { manifestVersion?: unknown; prompts?: unknown };
    return typeof manifestVersion === "number" && typeof prompts === "object" && prompts !== null;
  } catch {
    return false;
  }
}

/** The paths whose text on disk is up to date. */
async function sameFiles(
  dist: string,
  existing: readonly WrittenFile[],
  files: ReadonlyMap<string, string>,
): Promise<Set<string>> {
  const same = new Set<string>();
  await mapLimited(existing, READS_AT_ONCE, async ([file, size]) => {
    const wanted = files.get(file);
    if (wanted === undefined || Buffer.byteLength(wanted) !== size) return;
    if ((await readFile(path.join(dist, file), "utf8").catch(() => undefined)) === wanted) same.add(file);
  });
  return same;
}

/** Synchronously: a file takes some thirty microseconds this way, and four times that through Node's threads. */
function writeTree(next: string, dist: string, files: ReadonlyMap<string, string>, same: ReadonlySet<string>): void {
  const folders = new Set([...files.keys()].map((file) => path.dirname(path.join(next, file))));
  mkdirSync(next, { recursive: true });
  for (const folder of [...folders].sort()) mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) {
    const target = path.join(next, file);
    if (!same.has(file) || !tryLink(path.join(dist, file), target)) writeFileSync(target, text);
  }
}

/** A hard link: the same file, with its times. On drives without hard links (some network drives), the file is written again. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/**
 * Two renames, one right after the other. Between them the folder is missing for some microseconds, because Node has no
 * atomic exchange. If a build of another process comes between them, the later one wins.
 */
async function replace(packageDir: string, dist: string, next: string): Promise<void> {
  const moved: string[] = [];
  try {
    for (let attempt = 0; ; attempt++) {
      const old = path.join(packageDir, temporaryName(OLD));
      if (tryRename(dist, old, ["ENOENT"])) moved.push(old);
      if (tryRename(next, dist, attempt < ATTEMPTS ? ["ENOTEMPTY", "EEXIST", "EPERM"] : [])) return;
    }
  } catch (error) {
    const last = moved.pop();
    if (last !== undefined && !tryRename(last, dist, ["ENOTEMPTY", "EEXIST", "EPERM"])) moved.push(last);
    throw error;
  } finally {
    for (const old of moved) await removeFolder(old);
  }
}

/** Whether it succeeded; `false` if it failed for an expected reason. */
function tryRename(from: string, to: string, expected: readonly string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (!expected.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return false;
  }
}

/** Whether `dist` contains exactly what a build wrote there, by name, size and time. */
export async function isInPlace(packageDir: string, files: readonly WrittenFile[]): Promise<boolean> {
  const dist = path.join(packageDir, "dist");
  if ((await stat(dist).catch(() => undefined)) === undefined) return false;
  const existing = new Map((await listWrittenFiles(dist)).map(([file, ...rest]) => [file, rest.join(" ")]));
  return existing.size === files.length && files.every(([file, ...rest]) => existing.get(file) === rest.join(" "));
}
