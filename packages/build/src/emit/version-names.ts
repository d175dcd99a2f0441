// What emitted modules call versions, their types, and the constants that they declare.

import { versionRef } from "@cuecard/model";
import type { ResolvedAlias } from "../model.js";

/** The name of a version's types: `V3`, `Working`. */
export function versionTypeName(version: number | "working"): string {
  return version === "working" ? "Working" : `V${version}`;
}

/** The local constant of a version: `v3`, `working`. No name of the runtime or of JavaScript is like it. */
export function versionConstant(version: number | "working"): string {
  return versionRef(version);
}

/** A constant that a version needs: `text` → `textV3`, `template` → `templateWorking`. */
export function moduleConstant(kind: string, version: number | "working"): string {
  return kind + versionTypeName(version);
}

/** The constant of a weighted alias: `split1`. They are counted, because alias names may contain `-`. */
export function splitConstant(aliases: readonly ResolvedAlias[], alias: ResolvedAlias): string {
  return `split${aliases.filter(({ arms }) => arms.length > 1).indexOf(alias) + 1}`;
}

/** The constant of an alias that leads to one version: `alias1`. */
export function aliasConstant(aliases: readonly ResolvedAlias[], alias: ResolvedAlias): string {
  return `alias${aliases.filter(({ arms }) => arms.length === 1).indexOf(alias) + 1}`;
}

/**
 * Whether some module could declare a constant of this name: what the functions above return. Render functions give no
 * variable such a name, so a caller's value never hides a constant.
 */
export function isModuleConstant(name: string): boolean {
  return /^(?:v\d+|working|(?:split|alias)\d+)$|(?:V\d+|Working)$/.test(name);
}
