// An alias target and a caller share, in words.

import type { StoredTarget } from "./stored-target.js";

/** `v3`, `latest (v3)`, `working`, or `v3 90% / v4 10%`. */
export function describeTarget(target: StoredTarget): string {
  if (target.kind === "version")
    return target.follows === undefined ? `v${target.version}` : `latest (v${target.version})`;
  if (target.kind === "working" || target.kind === "latest") return target.kind;
  const total = target.arms.reduce((sum, { weight }) => sum + weight, 0);
  return target.arms.map((arm) => `v${arm.version} ${formatShare(arm.weight / total)}`).join(" / ");
}

/**
 * A share of callers, such as `12.5%`.
 *
 * @param share 0 to 1.
 */
export function formatShare(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
