// Finds loops inside look-arounds, whose running time the analysis of whole patterns does not see. A look-around is tried wherever the
// pattern can begin to match, and its loop runs to the end of the text each time: `(?=a+b)c` takes quadratic time.

import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/** A quantifier whose maximum is at least this counts as a loop. Below it, the time is bounded. */
const MANY_ROUNDS = 100;

/** Whether a pattern has a loop inside a look-around that is tried more than once. `^(?=.*\d)` is tried at the start only. */
export function hasRepeatedLookAround(pattern: string): boolean {
  const ast = new RegExpParser().parsePattern(pattern, undefined, undefined, { unicode: true });
  let isFound = false;
  visitRegExpAST(ast, {
    onAssertionEnter(assertion) {
      if (assertion.kind !== "lookahead" && assertion.kind !== "lookbehind") return;
      if (hasLoop(assertion) && !isTriedOnce(assertion)) isFound = true;
    },
  });
  return isFound;
}

function hasLoop(assertion: AST.LookaroundAssertion): boolean {
  let isFound = false;
  visitRegExpAST(assertion, {
    onQuantifierEnter({ max }) {
      if (max >= MANY_ROUNDS) isFound = true;
    },
  });
  return isFound;
}

/** Whether only `^` and other look-aheads are before it, on the pattern's own level. */
function isTriedOnce(assertion: AST.LookaroundAssertion): boolean {
  const { parent } = assertion;
  if (assertion.kind !== "lookahead" || parent.type !== "Alternative" || parent.parent.type !== "Pattern") return false;
  const before = parent.elements.slice(0, parent.elements.indexOf(assertion));
  const [first, ...others] = before;
  const isAssertion = (element: AST.Element | undefined, kind: AST.Assertion["kind"]) =>
    element?.type === "Assertion" && element.kind === kind;
  return isAssertion(first, "start") && others.every((element) => isAssertion(element, "lookahead"));
}
