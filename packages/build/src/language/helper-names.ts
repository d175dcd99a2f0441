// Which names a project's helpers may have.

import { RESERVED_HELPERS } from "./language.js";

/** What templates read as values, or as part of a block. */
const WORDS = ["this", "true", "false", "null", "undefined", "else"];

/**
 * Why a name cannot be a helper's: templates know it as something else, or emitted code cannot import it under a name of its
 * own. `undefined` when it can.
 */
export function helperNameProblem(name: string): "taken" | "malformed" | undefined {
  if (RESERVED_HELPERS.includes(name) || WORDS.includes(name)) return "taken";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? undefined : "malformed";
}
