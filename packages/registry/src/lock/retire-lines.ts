// Marks versions in prompts.lock as retired, or removes the mark.

import { type Diagnostic, diagnose, type VersionId, versionTag } from "@cuecard/model";
import { LOCK_FILE, parseLock, printLock } from "./lock-file.js";

/** The lock's text with the versions marked, or the finding that a version's line is missing or different. */
export function retireLines(
  text: string,
  versions: readonly (VersionId & { readonly digest: string })[],
  reason: string | undefined,
): string | Diagnostic {
  const lock = parseLock(text);
  const lines = new Map(lock.lines);
  const [problem] = lock.diagnostics;
  if (problem !== undefined) return problem;
  for (const version of versions) {
    const tag = versionTag(version);
    const line = lines.get(tag);
    if (line?.digest !== version.digest) {
      const args = { ref: tag, problem: `${tag} has changed while this command was running`, instead: undefined };
      return diagnose("retire/unknown-version", args, { file: LOCK_FILE }, version);
    }
    lines.set(tag, { ...line, retired: reason });
  }
  return printLock(lock.head, lines.values());
}
