// Reads the project's own text files: prompts.lock and aliases.json.

import { join } from "node:path";
import { type Diagnostic, decodeUtf8, diagnose } from "@cuecard/model";
import { findNonFile } from "../disk/find-link.js";
import { readIfPresent } from "../disk/read-if-present.js";
import { decodeText } from "../disk/text.js";
import { findSkippedFile } from "./skipped-entries.js";

export interface ProjectFile {
  readonly text: string;
  /** The unchanged text, with its byte-order mark and line ends. */
  readonly exact: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The value for a file that does not exist. */
export const NO_TEXT: ProjectFile = { text: "", exact: "", diagnostics: [] };

/** Reads a text file of the project; `undefined` if it does not exist. */
export async function readProjectFile(dir: string, file: string): Promise<ProjectFile | undefined> {
  const refuse = (diagnostic: Diagnostic): ProjectFile => ({ ...NO_TEXT, diagnostics: [diagnostic] });
  const nonFile = findNonFile(dir, file);
  if (nonFile !== undefined)
    return refuse(diagnose("project/not-a-file", { what: nonFile.what }, { file: nonFile.path }));
  let data: Buffer | undefined;
  try {
    data = readIfPresent(join(dir, file));
  } catch {
    return refuse(diagnose("project/not-a-file", { what: "a file that cannot be read" }, { file }));
  }
  if (data === undefined) {
    const skipped = findSkippedFile(dir, file);
    return skipped && refuse(skipped);
  }
  const before = lastRead.get(file);
  if (before?.data.equals(data) === true) return before.read;
  const decoded = decodeText(data, 0);
  if (decoded.text === undefined) return refuse(decoded.report({ file }));
  const { text } = decoded;
  const isExact = Buffer.byteLength(text) === data.length;
  const exact = isExact ? text : (decodeUtf8(data, { keepsBom: true }).text ?? "");
  const read: ProjectFile = { text, exact, diagnostics: [] };
  lastRead.set(file, { data, read });
  return read;
}

/** By the file's name. The bytes are read each time, but the same bytes are not made a text again: that takes twice as long. */
const lastRead = new Map<string, { readonly data: Buffer; readonly read: ProjectFile }>();
