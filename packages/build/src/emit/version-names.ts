// How a version and its types are called in emitted modules.

import { versionRef } from "@cuecard/model";

/** The name of a version's types: `V3`, `Working`. */
export function versionTypeName(version: number | "working"): string {
  return version === "working" ? "Working" : `V${version}`;
}

/** The local constant of a version: `v3`, `working`. No name of the runtime or of JavaScript is like it. */
export function versionConstant(version: number | "working"): string {
  return versionRef(version);
}
