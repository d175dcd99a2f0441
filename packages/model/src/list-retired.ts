// Which versions should no longer be used.

import { versionTag } from "./names.js";
import type { VersionSnapshot } from "./snapshot.js";

/** The retired versions, as prompts.lock writes them, with the reasons. */
export function listRetired(versions: readonly VersionSnapshot[]): readonly (readonly [tag: string, reason: string])[] {
  return versions.flatMap((version) =>
    version.retired === undefined ? [] : [[versionTag(version), version.retired] as const],
  );
}
