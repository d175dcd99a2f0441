// Marks versions in prompts.lock as retired, or takes the mark away.

import { type VersionId, versionTag } from "@cuecard/model";
import { parseLock, printLock } from "./lock-file.js";

/** The lock's text with the versions marked; `undefined` when one of them has no line that can be read. */
export function retireLines(
  text: string,
  versions: readonly VersionId[],
  reason: string | undefined,
): string | undefined {
  const lock = parseLock(text);
  const lines = new Map(lock.lines);
  if (lock.diagnostics.length > 0) return undefined;
  for (const version of versions) {
    const line = lines.get(versionTag(version));
    if (line === undefined) return undefined;
    lines.set(versionTag(version), { ...line, retired: reason });
  }
  return printLock(lock.head, lines.values());
}
