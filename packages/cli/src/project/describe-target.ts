// What an alias points at, in words.

import type { AliasTarget } from "@cuecard/model";
import { formatShare } from "../report/format-share.js";

/** `v3`, `working`, `v3 90% / v4 10%`. */
export function describeTarget(target: AliasTarget): string {
  if (target.kind === "version") return `v${target.version}`;
  if (target.kind === "working") return "working";
  const total = target.arms.reduce((sum, { weight }) => sum + weight, 0);
  return target.arms.map((arm) => `v${arm.version} ${formatShare(arm.weight / total)}`).join(" / ");
}
