// A text file of the project itself: prompts.lock, aliases.json, scores.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Diagnostic, diagnose } from "@cuecard/model";
import { decodeText } from "./text.js";

export interface ProjectFile {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** A text file of the project; `undefined` when there is none. */
export async function readProjectFile(dir: string, file: string): Promise<ProjectFile | undefined> {
  let data: Buffer;
  try {
    data = await readFile(join(dir, file));
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    const what = error instanceof Error && "code" in error && error.code === "EISDIR" ? "a folder" : "not readable";
    return { text: "", diagnostics: [diagnose("prompt/not-a-file", { what }, { file })] };
  }
  const decoded = decodeText(data, 0);
  if (decoded.text === undefined) return { text: "", diagnostics: [decoded.report({ file })] };
  return { text: decoded.text, diagnostics: [] };
}
