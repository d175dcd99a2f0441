// A target as aliases.json stores it. An alias that follows releases has no version there: prompts.lock has it.

import type { AliasTarget } from "./snapshot.js";

/** What an alias points at in aliases.json. `latest`: whatever the newest version is. */
export type StoredTarget = AliasTarget | { readonly kind: "latest" };

/**
 * Where a stored target leads.
 *
 * @param latest The prompt's newest version, if it has one; see `latestVersion`.
 * @returns `undefined` if there is nothing to follow.
 */
export function resolveTarget(target: StoredTarget, latest: number | undefined): AliasTarget | undefined {
  if (target.kind !== "latest") return target;
  return latest === undefined ? undefined : { kind: "version", version: latest, follows: "latest" };
}

/** The stored form of a target. */
export function toStored(target: AliasTarget): StoredTarget {
  return isFollowing(target) ? { kind: "latest" } : target;
}

/** A target that stays where it leads now. */
export function pinTarget(target: AliasTarget): AliasTarget {
  return target.kind === "version" ? { kind: "version", version: target.version } : target;
}

/** Whether releases move the alias. */
export function isFollowing(target: StoredTarget): boolean {
  return target.kind === "latest" || (target.kind === "version" && target.follows !== undefined);
}
