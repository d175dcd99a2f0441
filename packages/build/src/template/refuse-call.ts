// Calls that mean nothing here: of helpers that there are not, or with an object where its members are wanted by name.

import { nearest } from "@cuecard/runtime";
import { findHyphen, findOperator, findTrailingDot, insteadOfHelper } from "../hints/foreign-calls.js";
import type { HelperSignature } from "../language/helper-signature.js";
import { BLOCK_HELPERS, INLINE_HELPERS } from "../language/language.js";
import { offsets } from "../language/syntax.js";
import type { Environment } from "./environment.js";
import type { Lowering } from "./lowering.js";

type Call = Pick<hbs.AST.SubExpression, "params">;

/** `{{ x if y else z }}` of Jinja. */
function isConditional({ params: [first] }: Call): boolean {
  return first?.type === "PathExpression" && (first as hbs.AST.PathExpression).original === "if";
}

export function reportUnknownHelper(
  lowering: Lowering,
  path: hbs.AST.PathExpression,
  call: Call,
  environment: Environment,
): void {
  const { source } = environment;
  const hyphen = findHyphen(path, call.params, source);
  if (hyphen !== undefined) {
    lowering.unsupported("`-` at a tag's braces", hyphen.instead, environment, hyphen.span);
    return;
  }
  if (reportTrailingDot(lowering, call, environment)) return;
  if (isConditional(call)) {
    const instead = "write {{#if …}}…{{else}}…{{/if}}";
    lowering.unsupported(`Jinja's {{${path.original} if … else …}}`, instead, environment, path);
    return;
  }
  const [start, end] = offsets(path, source);
  // {{else-if x}} is a block called `-if` to the parser.
  const isElse = path.original.startsWith("-") && source.text.startsWith("else", start - 4);
  const helper = isElse ? `else${path.original}` : path.original;
  const instead = insteadOfHelper(helper, path, call.params, source);
  const operator = instead === undefined ? findOperator(path, call.params, source) : undefined;
  if (operator !== undefined) {
    lowering.unsupported(`the operator \`${operator.written}\``, operator.instead, environment, operator.span);
    return;
  }
  const known = [...BLOCK_HELPERS, ...INLINE_HELPERS, ...lowering.helpers.keys()];
  const near = nearest(helper, known);
  // A helper that takes nothing may be misspelt.
  const isMisspelt = near !== undefined && call.params.length === 0;
  const args = { helper, nearest: near, instead: isMisspelt ? undefined : instead };
  lowering.report("template/unknown-helper", args, environment, [isElse ? start - 4 : start, end]);
}

/** Reports `{{title.}}`, if that is what a call is. */
export function reportTrailingDot(lowering: Lowering, call: Call, environment: Environment): boolean {
  const dot = findTrailingDot(call.params, environment.source);
  if (dot === undefined) return false;
  const args = { problem: "a path does not end with a dot", instead: dot.instead };
  lowering.report("template/syntax", args, environment, dot.span);
  return true;
}

/** A helper's last parameter, if it is an object, gets its members by name: `{{currency cost places=2}}`. Says whether one is given whole. */
export function refuseObject(
  lowering: Lowering,
  { name, positional, rest, named }: HelperSignature,
  call: Call,
  environment: Environment,
): boolean {
  const extra = call.params[positional.length];
  const shown = named.find(({ optional }) => !optional) ?? named[0];
  if (extra === undefined || rest !== undefined || shown === undefined) return false;
  const behind = positional.length === 0 ? "" : " behind its other values";
  const problem = `takes an object${behind}, and templates give its members by name`;
  const { source } = environment;
  const values = call.params.slice(0, positional.length).map((node) => source.text.slice(...offsets(node, source)));
  const instead = `write {{${[name, ...values].join(" ")} ${shown.name}=…}}`;
  lowering.report("template/wrong-arguments", { helper: name, problem, instead }, environment, extra);
  return true;
}
