// What is wrong with the name of a branch for proposals.

import { either } from "@cuecard/model";
import { PROPOSAL_PREFIX } from "./proposal.js";

/** What git does not allow in the name of a branch. https://git-scm.com/docs/git-check-ref-format */
const FORBIDDEN: readonly (readonly [found: RegExp, what: string])[] = [
  [/ /, "a space"],
  [/[\0-\x1f\x7f]/, "a control character"],
  ...["..", "//", "@{", "~", "^", ":", "?", "*", "[", "\\"].map(
    (text) => [new RegExp(text.replaceAll(/[^@/~:]/g, "\\$&")), `"${text}"`] as const,
  ),
  [/(?:^|\/)\.(?!\.)/, 'a part that begins with "."'],
  [/\.lock(?:\/|$)/, 'a part that ends with ".lock"'],
  [/(?<!\.)\.$/, 'a "." at the end'],
  [/\/$/, 'a "/" at the end'],
];

/** @returns All that is wrong; `undefined` if nothing is. */
export function describeWrongBranch(branch: string): string | undefined {
  const wrong = FORBIDDEN.flatMap(([found, what]) => (found.test(branch) ? [what] : []));
  const problems = [
    ...(branch.startsWith(PROPOSAL_PREFIX) ? [] : [`it does not begin with ${PROPOSAL_PREFIX}`]),
    ...(wrong.length === 0 ? [] : [`git does not allow ${either(wrong)} in the name of a branch`]),
  ];
  return problems.length === 0 ? undefined : problems.join(", and ");
}
