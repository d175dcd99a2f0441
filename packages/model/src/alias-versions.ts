// Which versions an alias leads to.

import type { StoredTarget } from "./stored-target.js";

/** Ascending; none for the working file, and for an alias that follows releases as aliases.json has it. */
export function versionsOf(target: StoredTarget): readonly number[] {
  if (target.kind === "working" || target.kind === "latest") return [];
  return target.kind === "version" ? [target.version] : target.arms.map(({ version }) => version);
}
