// The sentence about a misfit in a message.

import type { Misfit } from "./shape.js";

export function explainMisfit({ path, problem, unknown }: Misfit): string {
  if (unknown === undefined) return path === "" ? `it ${problem}` : `"${path}" ${problem}`;
  const { nearest } = unknown;
  return `unknown property "${path}"${nearest === undefined ? "" : `; did you mean "${nearest}"?`}`;
}
