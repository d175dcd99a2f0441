// Writes planned edits of aliases.json, unless the file has changed since they were planned.

import { join } from "node:path";
import { type Applied, diagnose } from "@cuecard/model";
import { ALIASES_FILE } from "../alias-file/parse-aliases.js";
import { readProjectFile } from "../disk/project-file.js";
import { replaceFile } from "../disk/replace-file.js";
import type { AliasEdit, AliasText } from "./plan-aliases.js";

export interface AliasesApplied {
  /** The file that was written. */
  readonly file: string;
  readonly edits: readonly AliasEdit[];
}

/**
 * If the file has changed since the plan was made, nothing is written.
 *
 * @param dir The project's folder.
 * @throws what the file system throws: the disk is full, or the folder is read-only.
 */
export async function applyAliasEdits(
  dir: string,
  plan: { readonly edits: readonly AliasEdit[]; readonly text: AliasText },
): Promise<Applied<AliasesApplied>> {
  const path = join(dir, ALIASES_FILE);
  const isStill = async () => (await readProjectFile(dir, ALIASES_FILE))?.exact === plan.text.before;
  const isWritten = (await isStill()) && (await replaceFile(path, plan.text.after, isStill));
  if (!isWritten)
    return { result: undefined, diagnostics: [diagnose("alias/changed-meanwhile", {}, { file: ALIASES_FILE })] };
  return { result: { file: ALIASES_FILE, edits: plan.edits }, diagnostics: [] };
}
