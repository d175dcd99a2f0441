// Where a rollback leads, by where the alias pointed before.

import { type AliasTarget, pinTarget, type StoredTarget } from "@cuecard/model";
import { isSameTarget } from "../history/alias-moves.js";

/**
 * The newest earlier target that lacks a version of the current one. During a gradual rollout, that is the target
 * before its first step. If every earlier target has all current versions, the newest. What the alias got by following releases
 * is a version.
 *
 * @param past Where the alias pointed, newest first; `undefined` where it did not exist.
 * @param now Where it points.
 */
export function chooseEarlierTarget(
  past: readonly (StoredTarget | undefined)[],
  now: AliasTarget | undefined,
): AliasTarget | undefined {
  const pinned = now && pinTarget(now);
  const others = past.flatMap((then) => {
    const target = then?.kind === "latest" ? undefined : then && pinTarget(then);
    return target === undefined || isSameTarget(target, pinned) ? [] : [target];
  });
  return others.find((then) => !hasAllVersionsOf(then, pinned)) ?? others[0];
}

function hasAllVersionsOf(target: AliasTarget, current: AliasTarget | undefined): boolean {
  if (current === undefined) return false;
  const known = armsOf(target);
  return armsOf(current).every((version) => known.includes(version));
}

function armsOf(target: AliasTarget): readonly (number | "working")[] {
  if (target.kind === "split") return target.arms.map(({ version }) => version);
  return [target.kind === "version" ? target.version : "working"];
}
