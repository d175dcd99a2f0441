// Puts a build into the generated package's dist folder. The whole new folder is written beside the old one and takes its
// place by renaming: no reader sees half a build, and a killed build leaves the old one. Only while watching, files are
// overwritten where they are.

import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";
import path from "node:path";
import { type Diagnostic, diagnose, writeFailure } from "@cuecard/model";
import type { WrittenFile } from "../cache/build-state.js";
import { distFolder } from "./dist-folder.js";
import { PackageMoved } from "./next-folder.js";
import { overwritePackage } from "./overwrite-package.js";
import type { PackageWriter } from "./package-writer.js";
import { removeFolder } from "./remove-folder.js";
import { replaceFolder } from "./replace-folder.js";

/** A file that every build writes: a folder without it, or with another tool's, is not ours to replace. */
const MARK = "manifest.json";
/** What builds write, and the file that macOS adds to every folder that is viewed. */
const OWN =
  /^(?:(?:index|follow)\.(?:c?js|d\.c?ts(?:\.map)?)|manifest\.json|prompts\/.+\.(?:c?js|d\.c?ts(?:\.map)?)|helpers\/.+\.[cm]?js|(?:.+\/)?\.DS_Store)$/;
/** How the files start that the generated package's lifecycle.mjs writes in place of a build. */
const NOT_BUILT = "// cuecard: not built";

export type WriteOutcome =
  | { readonly kind: "written"; readonly changed: number; readonly files: readonly WrittenFile[] }
  | { readonly kind: "unchanged"; readonly files: readonly WrittenFile[] }
  | { readonly kind: "refused"; readonly diagnostic: Diagnostic };

export interface WriteOptions {
  /** Absolute folder of the generated package. */
  readonly packageDir: string;
  /** Its dist folder as messages show it. */
  readonly shownDir: string;
  /** What its dist folder contains. */
  readonly existing: readonly WrittenFile[];
  /** A random text that identifies this build. */
  readonly build: string;
  /** Runs when the package can be written. If it returns an error, nothing is written. */
  readonly beforeReplacing?: () => Promise<Diagnostic | undefined>;
  /** Whether the files of an existing folder are overwritten one by one. Default: no, the folder is replaced as a whole. */
  readonly overwrites?: boolean | undefined;
}

/**
 * Makes `dist` hold exactly what was written. Files whose text is the same keep their identity and times. What is not put in place
 * is left for the writer to discard.
 *
 * @throws PackageMoved if another process replaced the folder.
 */
export async function putInPlace(writer: PackageWriter, options: WriteOptions): Promise<WriteOutcome> {
  const { packageDir, shownDir, existing, beforeReplacing = async () => undefined, overwrites = false } = options;
  const dist = path.join(packageDir, "dist");
  const refused = (diagnostic: Diagnostic): WriteOutcome => ({ kind: "refused", diagnostic });
  try {
    const inPlace = overwrites && existing.length > 0;
    if (!writer.isSame && !inPlace) writer.complete();
    const problem = await beforeReplacing();
    if (problem !== undefined) return refused(problem);
    if (writer.isSame) return { kind: "unchanged", files: existing };
    if (inPlace) {
      const { next, changed, superfluous, patches } = writer;
      overwritePackage(dist, { from: next, changed, superfluous, patches });
    } else {
      const { spare, changed, superfluous } = writer;
      await replaceFolder(distFolder(packageDir), writer.next, (old) =>
        spare === undefined
          ? removeFolder(old)
          : spare.keep(old, { changed: [...changed, ...superfluous], build: options.build }),
      );
    }
    return { kind: "written", changed: writer.changed.length, files: writer.written(dist) };
  } catch (error) {
    if (error instanceof PackageMoved) throw error;
    return refused(writeFailure(error, "package", shownDir));
  }
}

/** The error if a dist folder contains files that builds do not write; `undefined` if it can be replaced. */
export function findForeign(dist: string, shownDir: string, existing: readonly WrittenFile[]): Diagnostic | undefined {
  const foreign = existing.find(([file, size]) => size < 0 || !OWN.test(file))?.[0];
  if (foreign === undefined && (existing.length === 0 || isGenerated(dist))) return undefined;
  const shown = foreign === undefined || foreign === "" ? undefined : foreign;
  return diagnose("output/not-generated", { dir: shownDir, foreign: shown }, { file: shownDir });
}

/**
 * Whether a folder contains the manifest of a build (web bundlers also write a manifest.json), or only the files that
 * explain that there is no build yet.
 */
function isGenerated(dist: string): boolean {
  try {
    if (readStart(path.join(dist, "index.js"), NOT_BUILT.length) === NOT_BUILT) return true;
    const manifest: unknown = JSON.parse(readFileSync(path.join(dist, MARK), "utf8"));
    if (typeof manifest !== "object" || manifest === null) return false;
    const { manifestVersion, prompts } = manifest as { manifestVersion?: unknown; prompts?: unknown };
    return typeof manifestVersion === "number" && typeof prompts === "object" && prompts !== null;
  } catch {
    return false;
  }
}

/** The beginning of a file; empty if it does not exist. */
function readStart(file: string, length: number): string {
  if (!existsSync(file)) return "";
  const fd = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(length);
    return bytes.toString("utf8", 0, readSync(fd, bytes, 0, length, 0));
  } finally {
    closeSync(fd);
  }
}

/** Whether these are exactly the files that a build wrote, by name, size and time. */
export function areSameFiles(existing: readonly WrittenFile[], written: readonly WrittenFile[]): boolean {
  // Both are sorted.
  return (
    existing.length === written.length &&
    existing.every(([file, size, mtimeMs], index) => {
      const [other, otherSize, otherTime] = written[index] ?? [];
      return file === other && size === otherSize && mtimeMs === otherTime;
    })
  );
}
