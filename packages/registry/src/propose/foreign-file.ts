// Proposals contain only files that are about prompts.

import { ALIASES_FILE, type Diagnostic, diagnose, LOCK_FILE } from "@cuecard/model";
import type { Repository } from "../repository/repository.js";

/** @param files Relative to the project's folder. */
export function findForeignFile(
  { promptsDir }: Pick<Repository, "promptsDir">,
  files: readonly { readonly file: string }[],
): Diagnostic | undefined {
  const foreign = files.find(({ file }) => !isOwnFile(file, promptsDir));
  return foreign && diagnose("propose/foreign-file", { path: foreign.file }, { file: "." });
}

/** Whether a path is a file of the prompts folder, aliases.json or prompts.lock. */
function isOwnFile(file: string, promptsDir: string): boolean {
  if (file === ALIASES_FILE || file === LOCK_FILE) return true;
  const names = file.split("/");
  return file.startsWith(`${promptsDir}/`) && names.every((name) => !/^\.{0,2}$|\0|^\.git$/i.test(name));
}
