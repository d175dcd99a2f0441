// Blocks: Handlebars' own, dotprompt's two, and sections `{{#name}}`.

import { type ForeignWord, findComparison, findForeignArgument, findSecondArgument } from "../hints/foreign-calls.js";
import { type BlockHelper, isBlockHelper, isHook, isInlineHelper } from "../language/language.js";
import { asPath, isEmptyProgram, isPartialBlock, isRawBlock, offsets } from "../language/syntax.js";
import {
  contextOf,
  type Environment,
  helperName,
  insideBlock,
  isSameContext,
  member,
  originOf,
  sameContext,
} from "./environment.js";
import type { Base, Expression, Node, Test } from "./ir.js";
import { lowerProgram } from "./lower.js";
import { hashOf, lowerExpression, lowerPath } from "./lower-expression.js";
import type { Lowering } from "./lowering.js";
import { reportTrailingDot, reportUnknownHelper } from "./refuse-call.js";

export function lowerBlock(lowering: Lowering, block: hbs.AST.BlockStatement, environment: Environment): Node[] {
  const path = asPath(block.path);
  if (path === undefined) {
    lowering.unsupported("a computed block name", undefined, environment, block);
    return [];
  }
  const name = helperName(path, environment);
  if (name === "raw" && isRawBlock(block, environment.source))
    return lowerProgram(lowering, block.program, sameContext(environment));
  if (!isBlockHelper(name)) return lowerOtherBlock(lowering, path, name, block, environment);
  switch (name) {
    case "if":
    case "unless":
      return lowerIf(lowering, name, block, environment);
    case "ifEquals":
    case "unlessEquals":
      return lowerEquals(lowering, name, block, environment);
    case "each":
      return lowerEach(lowering, block, environment);
    case "with":
      return lowerWith(lowering, block, environment);
  }
}

function lowerIf(
  lowering: Lowering,
  name: "if" | "unless",
  block: hbs.AST.BlockStatement,
  environment: Environment,
): Node[] {
  refuseBlockParameters(lowering, name, block, environment);
  const comparison = findComparison(name, block, environment.source);
  if (comparison !== undefined && block.hash.pairs[0]?.key !== "includeZero") {
    reportForeign(lowering, name, comparison, environment);
    return [];
  }
  const zeroIsTrue = includesZero(lowering, name, block, environment);
  const [argument] = block.params;
  if (
    block.params.length === 1 &&
    argument?.type === "PathExpression" &&
    isPartialBlock(argument as hbs.AST.PathExpression)
  ) {
    // Whether there is a block is known here: only one of the branches is ever in this use of the partial.
    const isThere = environment.block !== undefined && !isEmptyProgram(environment.block.program);
    const isTaken = isThere === (name === "if");
    return lowerProgram(lowering, isTaken ? block.program : block.inverse, sameContext(environment));
  }
  const value = onlyArgument(lowering, name, block, environment);
  return value === undefined
    ? []
    : branches({ kind: "present", value, zeroIsTrue }, name === "if", lowering, block, environment);
}

function lowerEquals(
  lowering: Lowering,
  name: "ifEquals" | "unlessEquals",
  block: hbs.AST.BlockStatement,
  environment: Environment,
): Node[] {
  refuseBlockParameters(lowering, name, block, environment);
  refuseHash(lowering, name, block, environment);
  const [left, right] = block.params.map((argument) => lowerExpression(lowering, argument, environment));
  if (block.params.length !== 2) {
    lowering.wrongArguments(`#${name}`, "takes two values", environment, block.path);
    return [];
  }
  const [leftNode, rightNode] = block.params;
  if (left === undefined || right === undefined || leftNode === undefined || rightNode === undefined) return [];
  const origins = [originOf(leftNode, environment), originOf(rightNode, environment)] as const;
  return branches({ kind: "equal", left, right, origins }, name === "ifEquals", lowering, block, environment);
}

function branches(
  test: Test,
  programFirst: boolean,
  lowering: Lowering,
  block: hbs.AST.BlockStatement,
  environment: Environment,
): Node[] {
  const inside = sameContext(environment);
  const program = lowerProgram(lowering, block.program, inside);
  const inverse = lowerProgram(lowering, block.inverse, inside);
  const [then, otherwise] = programFirst ? [program, inverse] : [inverse, program];
  return [{ kind: "if", test, then, otherwise, origin: originOf(block.path, environment) }];
}

function lowerEach(lowering: Lowering, block: hbs.AST.BlockStatement, environment: Environment): Node[] {
  refuseHash(lowering, "each", block, environment);
  const list = onlyArgument(lowering, "each", block, environment);
  if (list === undefined) return [];
  const scope = lowering.scope();
  const parameters = blockParameters(lowering, "each", block, environment, [
    { kind: "scope", scope },
    { kind: "loop", scope, variable: "key" },
  ]);
  const inside = insideBlock(environment, contextOf(scope));
  const body = lowerProgram(lowering, block.program, {
    ...inside,
    parameters,
    frames: [scope, ...environment.frames],
  });
  const otherwise = lowerProgram(lowering, block.inverse, sameContext(environment));
  return [{ kind: "each", list, scope, body, otherwise, origin: originOf(block.path, environment) }];
}

function lowerWith(lowering: Lowering, block: hbs.AST.BlockStatement, environment: Environment): Node[] {
  refuseHash(lowering, "with", block, environment);
  const value = onlyArgument(lowering, "with", block, environment);
  if (value === undefined) return [];
  const scope = lowering.scope();
  const parameters = blockParameters(lowering, "with", block, environment, [{ kind: "scope", scope }]);
  // `../` counts the contexts that differ: {{#with this}} makes no new one.
  const isSame = isSameContext({ expression: value, overrides: environment.context.overrides }, environment.context);
  const inside = isSame ? sameContext(environment) : insideBlock(environment, contextOf(scope));
  const body = lowerProgram(lowering, block.program, { ...inside, parameters });
  const otherwise = lowerProgram(lowering, block.inverse, sameContext(environment));
  return [{ kind: "with", value, scope, body, otherwise, origin: originOf(block.path, environment) }];
}

/** `{{#name}}`: what it does depends on the value (Handlebars' blockHelperMissing). */
function lowerOtherBlock(
  lowering: Lowering,
  path: hbs.AST.PathExpression,
  name: string | undefined,
  block: hbs.AST.BlockStatement,
  environment: Environment,
): Node[] {
  if (isInlineHelper(name) || isHook(name) || (name !== undefined && lowering.helpers.has(name))) {
    lowering.unsupported(`{{#${path.original}}}`, `it is no block: {{${path.original} …}}`, environment, path);
    return [];
  }
  if (block.params.length > 0 || hashOf(block).length > 0) {
    reportUnknownHelper(lowering, path, block, environment);
    return [];
  }
  if (path.original === "-" && isElse(path, environment)) {
    lowering.unsupported("`-` at a tag's braces", "write {{else~}}", environment, path);
    return [];
  }
  refuseBlockParameters(lowering, path.original, block, environment);
  const value = lowerPath(lowering, path, environment);
  if (value === undefined) return [];
  const scope = lowering.scope();
  const context = member(environment.context, [], originOf(path, environment));
  const body = lowerProgram(lowering, block.program, {
    ...environment,
    context: contextOf(scope),
    // For `true` the context stays, and there is no loop.
    parents: ["section"],
    outer: ["section"],
    frames: ["unknown", ...environment.frames],
  });
  const otherwise = lowerProgram(lowering, block.inverse, sameContext(environment));
  return [{ kind: "section", value, context, scope, body, otherwise, origin: originOf(block.path, environment) }];
}

/** Whether a block follows an `else` in its tag. */
function isElse(path: hbs.AST.PathExpression, { source }: Environment): boolean {
  const [start] = offsets(path, source);
  return /else\s+$/.test(source.text.slice(Math.max(0, start - 20), start));
}

function onlyArgument(
  lowering: Lowering,
  name: BlockHelper,
  block: hbs.AST.BlockStatement,
  environment: Environment,
): Expression | undefined {
  const [argument] = block.params;
  if (argument !== undefined && block.params.length === 1) return lowerExpression(lowering, argument, environment);
  if (reportTrailingDot(lowering, block, environment)) return undefined;
  const foreign = findForeignArgument(name, block, environment.source) ?? findSecondArgument(block, environment.source);
  if (foreign !== undefined) reportForeign(lowering, name, foreign, environment);
  else lowering.wrongArguments(`#${name}`, "takes one value", environment, block.path);
  return undefined;
}

function reportForeign(
  lowering: Lowering,
  name: BlockHelper,
  { written, span, instead }: ForeignWord,
  environment: Environment,
): void {
  const problem = `takes one value, and no \`${written}\``;
  lowering.report("template/wrong-arguments", { helper: `#${name}`, problem, instead }, environment, span);
}

function includesZero(
  lowering: Lowering,
  name: BlockHelper,
  block: hbs.AST.BlockStatement,
  environment: Environment,
): boolean {
  let zeroIsTrue = false;
  for (const pair of hashOf(block)) {
    const literal = pair.value.type === "BooleanLiteral" ? (pair.value as hbs.AST.BooleanLiteral).value : undefined;
    if (pair.key === "includeZero" && literal !== undefined) zeroIsTrue = literal;
    else lowering.wrongArguments(`#${name}`, `takes no "${pair.key}" (but includeZero=true)`, environment, pair);
  }
  return zeroIsTrue;
}

function refuseHash(lowering: Lowering, name: string, block: hbs.AST.BlockStatement, environment: Environment): void {
  for (const pair of hashOf(block)) lowering.wrongArguments(`#${name}`, `takes no "${pair.key}"`, environment, pair);
}

function refuseBlockParameters(
  lowering: Lowering,
  name: string,
  block: hbs.AST.BlockStatement,
  environment: Environment,
): void {
  // A block that begins with `^` has nothing but an inverse.
  const program = (block.program as hbs.AST.Program | undefined) ?? block.inverse;
  if ((program?.blockParams?.length ?? 0) > 0)
    lowering.wrongArguments(`#${name}`, "gives no block parameters", environment, block.path);
}

/** The names after `as`, with what they are. */
function blockParameters(
  lowering: Lowering,
  name: BlockHelper,
  block: hbs.AST.BlockStatement,
  environment: Environment,
  given: readonly Base[],
): Environment["parameters"] {
  const names = (block.program as hbs.AST.Program | undefined)?.blockParams ?? [];
  if (names.length === 0) return environment.parameters;
  if (names.length > given.length) {
    const problem =
      given.length === 1 ? "gives one block parameter" : "gives two block parameters: the item and its key";
    lowering.wrongArguments(`#${name}`, problem, environment, block.path);
  }
  const parameters = new Map(environment.parameters);
  for (const [index, base] of given.entries()) {
    const parameter = names[index];
    if (parameter !== undefined) parameters.set(parameter, base);
  }
  return parameters;
}
