// The result of a build in one line, and what it added to prompts.lock.

import { describeTarget } from "@cuecard/model";
import type { BuildOutcome, Config } from "@cuecard/project";
import { nameVersions, plural } from "./count.js";

/** `3 prompts, 7 versions → packages/prompts/dist (2 files changed) in 84 ms, with greet@production → working` */
export function describeBuild(outcome: BuildOutcome, config: Config, milliseconds: number): string {
  const { prompts, versions } = outcome;
  const changed = outcome.package?.changed ?? 0;
  const what = outcome.package?.isNew === true ? `${plural(changed, "file")} changed` : "unchanged";
  return `${plural(prompts, "prompt")}, ${plural(versions, "version")} → ${config.out}/dist (${what}) in ${duration(milliseconds)}${describeReplaced(outcome)}`;
}

/** The pointers that differ from aliases.json, shortened after three. */
function describeReplaced({ replaced }: BuildOutcome): string {
  if (replaced.length === 0) return "";
  const pointers = replaced.map(({ name, alias, target }) => `${name}@${alias} → ${describeTarget(target)}`);
  const more = pointers.length > 3 ? ` and ${pointers.length - 3} more` : "";
  return `, with ${pointers.slice(0, 3).join(", ")}${more}`;
}

/** `undefined` if nothing was added. */
export function describeLocked({ locked }: BuildOutcome): string | undefined {
  if (locked.length === 0) return undefined;
  return `prompts.lock: added ${nameVersions(locked)}; commit it`;
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
