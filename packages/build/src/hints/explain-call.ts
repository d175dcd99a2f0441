// Why a call is not valid: an unknown helper, an operator, or a habit of another template language. All calls (in tags,
// in parentheses, and blocks) are explained here.

import { BLOCK_HELPERS, INLINE_HELPERS, UNTRUSTED } from "../language/language.js";
import type { Reporter } from "../language/reporter.js";
import { offsets } from "../language/syntax.js";
import { BRACES_AS_TEXT } from "./explain-tag.js";
import { findHyphen, findOperator, findTrailingDot, suggestForHelper } from "./other-language-calls.js";

type Call = Pick<hbs.AST.SubExpression, "params">;

/**
 * Reports a call that is not of a known helper.
 *
 * @param helpers Names of the project's own helpers, which the name may be a misspelling of.
 */
export function explainCall(
  reporter: Reporter,
  path: hbs.AST.PathExpression,
  call: Call,
  helpers: Iterable<string>,
): void {
  const { source } = reporter;
  const hyphen = findHyphen(path, call.params, source);
  if (hyphen !== undefined) {
    const args = { what: "`-` at a tag's braces", instead: hyphen.instead };
    reporter.report("template/unsupported", args, hyphen.span);
    return;
  }
  if (explainTrailingDot(reporter, call)) return;
  if (isConditional(call)) {
    const what = `Jinja's {{${path.original} if … else …}}`;
    reporter.report("template/unsupported", { what, instead: "write {{#if …}}…{{else}}…{{/if}}" }, path);
    return;
  }
  const [start, end] = offsets(path, source);
  // {{else-if x}} is a block called `-if` to the parser.
  const isElse = path.original.startsWith("-") && source.text.startsWith("else", start - 4);
  const helper = isElse ? `else${path.original}` : path.original;
  const instead = suggestForHelper(helper, path, call.params, source);
  const operator = instead === undefined ? findOperator(path, call.params, source) : undefined;
  if (operator !== undefined) {
    const args = { what: `the operator \`${operator.written}\``, instead: operator.instead };
    reporter.report("template/unsupported", args, operator.span);
    return;
  }
  // {{"answer": 1}}: JSON in doubled braces.
  if (/["']/.test(source.text[start] ?? "")) {
    const args = { helper, nearest: undefined, instead: BRACES_AS_TEXT };
    reporter.report("template/unknown-helper", args, [start, end]);
    return;
  }
  const near = reporter.suggestions.nearest(helper, [...BLOCK_HELPERS, ...INLINE_HELPERS, UNTRUSTED, ...helpers]);
  // A call without arguments may be a misspelled helper.
  const isMisspelled = near !== undefined && call.params.length === 0;
  const args = { helper, nearest: near, instead: isMisspelled ? undefined : instead };
  reporter.report("template/unknown-helper", args, [isElse ? start - 4 : start, end]);
}

/** Reports `{{title.}}`, which the parser reads as a call with the context as its argument. */
export function explainTrailingDot(reporter: Reporter, call: Call): boolean {
  const dot = findTrailingDot(call.params, reporter.source);
  if (dot === undefined) return false;
  const args = { problem: "a path does not end with a dot", instead: dot.instead };
  reporter.report("template/syntax", args, dot.span);
  return true;
}

/** `{{ x if y else z }}` of Jinja. */
function isConditional({ params: [first] }: Call): boolean {
  return first?.type === "PathExpression" && (first as hbs.AST.PathExpression).original === "if";
}
