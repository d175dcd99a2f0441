// Which versions an alias leads to.

import type { AliasTarget } from "./snapshot.js";

/** Ascending; none for the working file. */
export function versionsOf(target: AliasTarget): readonly number[] {
  if (target.kind === "working") return [];
  return target.kind === "version" ? [target.version] : target.arms.map(({ version }) => version);
}
