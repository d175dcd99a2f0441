// A text file of the project itself: prompts.lock, aliases.json, scores.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Diagnostic, diagnose } from "@cuecard/model";
import { decodeText } from "./text.js";

export interface ProjectFile {
  readonly text: string;
  /** To the byte: with the mark at the start and the line ends of the file. */
  readonly exact: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is taken for a file that is not there. */
export const NO_TEXT: ProjectFile = { text: "", exact: "", diagnostics: [] };

const exactly = new TextDecoder("utf-8", { ignoreBOM: true });

/** A text file of the project; `undefined` when there is none. */
export async function readProjectFile(dir: string, file: string): Promise<ProjectFile | undefined> {
  let data: Buffer;
  try {
    data = await readFile(join(dir, file));
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    const what = error instanceof Error && "code" in error && error.code === "EISDIR" ? "a folder" : "not readable";
    return { ...NO_TEXT, diagnostics: [diagnose("prompt/not-a-file", { what }, { file })] };
  }
  const decoded = decodeText(data, 0);
  if (decoded.text === undefined) return { ...NO_TEXT, diagnostics: [decoded.report({ file })] };
  return { text: decoded.text, exact: exactly.decode(data), diagnostics: [] };
}
