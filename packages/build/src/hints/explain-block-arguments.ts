// Why a block's arguments are wrong: comparisons, operators and loops written as in another template language. One place
// for all blocks.

import type { BlockHelper } from "../language/language.js";
import type { Reporter } from "../language/reporter.js";
import { explainTrailingDot } from "./explain-call.js";
import { findComparison, findOperatorOrLoop, type OtherLanguageWord } from "./other-language-calls.js";

type Block = Pick<hbs.AST.BlockStatement, "params" | "hash" | "path">;

/** Reports arguments that follow another language's habits. False when they do not. */
export function explainBlockArguments(reporter: Reporter, name: BlockHelper, block: Block): boolean {
  if (block.params.length === 1) return false;
  const word = findComparison(name, block, reporter.source);
  if (word === undefined && block.params.length > 1 && explainTrailingDot(reporter, block)) return true;
  const found = word ?? findOperatorOrLoop(name, block, reporter.source);
  if (found !== undefined) reportExtraWord(reporter, name, found);
  return found !== undefined;
}

/** Reports a word that a block does not take. */
export function reportExtraWord(
  reporter: Reporter,
  name: BlockHelper,
  { written, span, instead }: OtherLanguageWord,
): void {
  const problem = `takes one value, and no \`${written}\``;
  reporter.report("template/wrong-arguments", { helper: `#${name}`, problem, instead }, span);
}
