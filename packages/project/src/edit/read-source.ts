// Reads files as they are edited, with the digest by which a later save recognizes them.

import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { EditableFile, EditableFiles, Source } from "@cuecard/catalog";
import { type Diagnostic, decodeUtf8, diagnose, hasErrors, plainText } from "@cuecard/model";
import { type Applied, BLOB_LIMIT, decodeText, digestFile } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { createIgnore } from "../settings/ignore.js";
import { findEditable, nameEditable } from "./editable-file.js";

/** A file as it is on the disk. */
export interface FileState {
  readonly source: Source;
  /** The text with its byte-order mark and line ends; `undefined` for a file that does not exist. */
  readonly exact: string | undefined;
}

export async function readSource(project: Project, file: string): Promise<Applied<Source>> {
  if (hasErrors(project.diagnostics)) return { result: undefined, diagnostics: project.diagnostics };
  const state = readState(project, file);
  if ("code" in state) return { result: undefined, diagnostics: [state] };
  return { result: state.source, diagnostics: [] };
}

/** @returns The state of a file, or why it cannot be edited. */
export function readState(project: Project, file: string): FileState | Diagnostic {
  const named = findEditable(project, file);
  return "code" in named ? named : readNamed(project.dir, named);
}

function readNamed(dir: string, named: EditableFile): FileState | Diagnostic {
  const { file, kind, name } = named;
  const known = { file, kind, name };
  const place = path.join(dir, file);
  let bytes: Buffer;
  try {
    const { size } = statSync(place);
    if (size > BLOB_LIMIT) return diagnose("prompt/too-large", { bytes: size, limit: BLOB_LIMIT }, { file });
    bytes = readFileSync(place);
  } catch (error) {
    if (isMissing(error)) return { source: { ...known, text: "", digest: "", exists: false }, exact: undefined };
    return diagnose("prompt/not-a-file", { what: "a file that cannot be read" }, { file });
  }
  const decoded = decodeText(bytes);
  if (decoded.text === undefined) return decoded.report({ file });
  const exact = decodeUtf8(bytes, { keepsBom: true }).text ?? decoded.text;
  return { source: { ...known, text: plainText(exact), digest: digestFile(bytes), exists: true }, exact };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** The files of the prompts folder that can be edited, sorted by path. */
export async function listEditable(project: Project): Promise<Applied<EditableFiles>> {
  if (hasErrors(project.diagnostics)) return { result: undefined, diagnostics: project.diagnostics };
  const { prompts, ignore } = project.config;
  const isIgnored = createIgnore(ignore);
  const { working } = (await project.view()).files;
  const named = working.paths.flatMap((inside) => {
    const found = nameEditable(prompts, inside);
    return found === undefined || (found.kind === "prompt" && isIgnored(inside)) ? [] : [found];
  });
  return { result: { files: named, promptsDir: prompts }, diagnostics: [] };
}
