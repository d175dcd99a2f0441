// What a use case returns if a reference does not resolve.

import type { Broken, Unknown } from "../read/outcome.js";
import type { UnresolvedReference } from "../read/resolve-reference.js";
import { type FoundProblems, findReasons } from "./find-reasons.js";

/** A damaged version or alias is not unknown: if there are findings about it, they are the answer. */
export function explainUnresolved(
  reference: string,
  unresolved: UnresolvedReference,
  problems: FoundProblems,
): Broken | Unknown {
  const reasons = findReasons(reference, problems);
  if (reasons.length > 0) return { kind: "broken", diagnostics: reasons };
  return { kind: "unknown", ...unresolved, diagnostics: problems.diagnostics };
}
