// What `cuecard pointers --out` may replace: a document that it wrote, and nothing that someone could miss, such as a private key.

import { readFile, stat } from "node:fs/promises";
import { type Diagnostic, diagnose } from "@cuecard/model";

/** What a file contains that may be replaced; `undefined` if there is none. */
export interface Replaceable {
  readonly text: string | undefined;
}

/** @param file Its path, and as people know it. */
export async function readReplaceable(file: string, shown: string): Promise<Replaceable | Diagnostic> {
  const refuse = (problem: string, isFolder = false) =>
    diagnose("alias/foreign-file", { file: shown, problem, isFolder }, { file: shown });
  try {
    const found = await stat(file);
    if (found.isDirectory()) return refuse("it is a folder", true);
    // Reading a pipe could take forever.
    if (!found.isFile()) return refuse("it is not a regular file");
    const text = await readFile(file, "utf8");
    return isDocument(text) ? { text } : refuse("it is not a document that `cuecard pointers` wrote");
  } catch (error) {
    if (isMissing(error)) return { text: undefined };
    return refuse(`it cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** A path through a file (ENOTDIR) is an error of writing, which has a diagnostic of its own. */
function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** An empty file, such as a temporary one that was just made, is nothing to lose. */
function isDocument(text: string): boolean {
  if (text.trim() === "") return true;
  try {
    const root: unknown = JSON.parse(text);
    if (typeof root !== "object" || root === null) return false;
    const { pointersVersion, payload, signature } = root as Readonly<Record<string, unknown>>;
    return typeof pointersVersion === "number" || (typeof payload === "string" && typeof signature === "string");
  } catch {
    return false;
  }
}
