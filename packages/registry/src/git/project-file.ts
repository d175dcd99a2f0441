// Reads the project's own text files: prompts.lock and aliases.json.

import { join } from "node:path";
import { type Diagnostic, decodeUtf8, diagnose } from "@cuecard/model";
import { markFile } from "../disk/file-mark.js";
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

/**
 * Reads a text file of the project; `undefined` if it does not exist.
 *
 * @param isWritten Whether the file is about to be replaced: then it is read even if its times have not changed.
 */
export async function readProjectFile(dir: string, file: string, isWritten = false): Promise<ProjectFile | undefined> {
  const refuse = (diagnostic: Diagnostic): ProjectFile => ({ ...NO_TEXT, diagnostics: [diagnostic] });
  const nonFile = findNonFile(dir, file);
  if (nonFile !== undefined)
    return refuse(diagnose("project/not-a-file", { what: nonFile.what }, { file: nonFile.path }));
  const path = join(dir, file);
  const mark = markFile(path);
  const before = lastRead.get(file);
  if (!isWritten && before?.path === path && before.mark === mark.text) return before.read;
  let data: Buffer | undefined;
  try {
    data = readIfPresent(path);
  } catch {
    return refuse(diagnose("project/not-a-file", { what: "a file that cannot be read" }, { file }));
  }
  if (data === undefined) {
    const skipped = findSkippedFile(dir, file);
    return skipped && refuse(skipped);
  }
  const known = { path, mark: mark.isSettled ? mark.text : undefined, data };
  if (before?.data.equals(data) === true) {
    lastRead.set(file, { ...known, read: before.read });
    return before.read;
  }
  const decoded = decodeText(data, 0);
  if (decoded.text === undefined) return refuse(decoded.report({ file }));
  const { text } = decoded;
  const isExact = Buffer.byteLength(text) === data.length;
  const exact = isExact ? text : (decodeUtf8(data, { keepsBom: true }).text ?? "");
  const read: ProjectFile = { text, exact, diagnostics: [] };
  lastRead.set(file, { ...known, read });
  return read;
}

/** What was read last, by the file's name. The same bytes are not made a text again: that takes twice as long as reading them. */
const lastRead = new Map<string, LastRead>();

interface LastRead {
  readonly path: string;
  /** `undefined` if the times of the file were too recent to rely on. */
  readonly mark: string | undefined;
  readonly data: Buffer;
  readonly read: ProjectFile;
}
