// Blocks: those of Handlebars, dotprompt's `ifEquals` and `unlessEquals`, and sections `{{#name}}`.

import { explainBlockArguments, reportExtraWord } from "../hints/explain-block-arguments.js";
import { explainCall } from "../hints/explain-call.js";
import { type BlockHelper, isBlockHelper, isHook, isInlineHelper } from "../language/language.js";
import { asPath, isEmptyProgram, isPartialBlock, isRawBlock } from "../language/syntax.js";
import {
  contextOf,
  type Environment,
  helperName,
  insideBlock,
  isSameContext,
  member,
  sameContext,
} from "./environment.js";
import type { Base, Expression, Node, Test } from "./ir.js";
import { hashOf, lowerExpression } from "./lower-expression.js";
import { lowerPath } from "./lower-path.js";
import type { Lowerer } from "./lowerer.js";

export function lowerBlock(at: Lowerer, block: hbs.AST.BlockStatement): Node[] {
  const path = asPath(block.path);
  if (path === undefined) {
    at.unsupported("a computed block name", undefined, block);
    return [];
  }
  const name = helperName(path, at.environment);
  if (name === "raw" && isRawBlock(block, at.source)) return at.in(sameContext(at.environment)).program(block.program);
  if (!isBlockHelper(name)) return lowerOtherBlock(at, path, name, block);
  if (name !== "ifEquals" && name !== "unlessEquals" && explainBlockArguments(at, name, block)) return [];
  switch (name) {
    case "if":
    case "unless":
      return lowerIf(at, name, block);
    case "ifEquals":
    case "unlessEquals":
      return lowerEquals(at, name, block);
    case "each":
      return lowerEach(at, block);
    case "with":
      return lowerWith(at, block);
  }
}

function lowerIf(at: Lowerer, name: "if" | "unless", block: hbs.AST.BlockStatement): Node[] {
  refuseBlockParameters(at, name, block);
  const zeroIsTrue = includesZero(at, name, block);
  const [argument] = block.params;
  if (
    block.params.length === 1 &&
    argument?.type === "PathExpression" &&
    isPartialBlock(argument as hbs.AST.PathExpression)
  ) {
    // Whether this use of the partial has a block is known now, so only one branch remains.
    const isThere = at.environment.block !== undefined && !isEmptyProgram(at.environment.block.program);
    const isTaken = isThere === (name === "if");
    return at.in(sameContext(at.environment)).program(isTaken ? block.program : block.inverse);
  }
  const value = onlyArgument(at, name, block);
  return value === undefined ? [] : branches({ kind: "present", value, zeroIsTrue }, name === "if", at, block);
}

function lowerEquals(at: Lowerer, name: "ifEquals" | "unlessEquals", block: hbs.AST.BlockStatement): Node[] {
  refuseBlockParameters(at, name, block);
  refuseHash(at, name, block);
  const [left, right] = block.params.map((argument) => lowerExpression(at, argument));
  if (block.params.length !== 2) {
    at.wrongArguments(`#${name}`, "takes two values", block.path);
    return [];
  }
  const [leftNode, rightNode] = block.params;
  if (left === undefined || right === undefined || leftNode === undefined || rightNode === undefined) return [];
  const origins = [at.origin(leftNode), at.origin(rightNode)] as const;
  return branches({ kind: "equal", left, right, origins }, name === "ifEquals", at, block);
}

function branches(test: Test, programFirst: boolean, at: Lowerer, block: hbs.AST.BlockStatement): Node[] {
  const inside = at.in(sameContext(at.environment));
  const value = test.kind === "present" ? test.value : undefined;
  const [program, inverse] = [inside.branch(block, "block", value), inside.branch(block, "else", value)];
  const [then, otherwise] = programFirst ? [program, inverse] : [inverse, program];
  return [{ kind: "if", test, then, otherwise, origin: at.origin(block.path) }];
}

function lowerEach(at: Lowerer, block: hbs.AST.BlockStatement): Node[] {
  refuseHash(at, "each", block);
  const list = onlyArgument(at, "each", block);
  if (list === undefined) return [];
  const scope = at.scope();
  const parameters = blockParameters(at, "each", block, [
    { kind: "scope", scope },
    { kind: "loop", scope, variable: "key" },
  ]);
  const { environment } = at;
  const inside = { ...insideBlock(environment, contextOf(scope)), parameters, frames: [scope, ...environment.frames] };
  const body = at.in(inside).branch(block, "block", list);
  const otherwise = at.in(sameContext(at.environment)).branch(block, "else", list);
  return [{ kind: "each", list, scope, body, otherwise, origin: at.origin(block.path) }];
}

function lowerWith(at: Lowerer, block: hbs.AST.BlockStatement): Node[] {
  refuseHash(at, "with", block);
  const value = onlyArgument(at, "with", block);
  if (value === undefined) return [];
  const scope = at.scope();
  const parameters = blockParameters(at, "with", block, [{ kind: "scope", scope }]);
  // `../` counts contexts that differ: {{#with this}} does not create a new one.
  const { environment } = at;
  const isSame = isSameContext({ ...environment.context, expression: value }, environment.context);
  const inside = isSame ? sameContext(environment) : insideBlock(environment, contextOf(scope));
  const body = at.in({ ...inside, parameters }).branch(block, "block", value);
  const otherwise = at.in(sameContext(at.environment)).branch(block, "else", value);
  return [{ kind: "with", value, scope, body, otherwise, origin: at.origin(block.path) }];
}

/** `{{#name}}`: what it does depends on the value (Handlebars' blockHelperMissing). */
function lowerOtherBlock(
  at: Lowerer,
  path: hbs.AST.PathExpression,
  name: string | undefined,
  block: hbs.AST.BlockStatement,
): Node[] {
  if (isInlineHelper(name) || isHook(name) || (name !== undefined && at.helpers.has(name))) {
    const given = block.params.map((param) => at.text(param)).join(" ") || "…";
    at.unsupported(`{{#${path.original}}}`, `it is not a block: write {{${path.original} ${given}}}`, path);
    return [];
  }
  if (block.params.length > 0 || hashOf(block).length > 0) {
    explainCall(at, path, block, at.helpers.keys());
    return [];
  }
  if (path.original === "-" && isElse(at, path)) {
    at.unsupported("`-` at a tag's braces", "write {{else~}}", path);
    return [];
  }
  refuseBlockParameters(at, path.original, block);
  const value = lowerPath(at, path);
  if (value === undefined) return [];
  const scope = at.scope();
  const context = member(at.environment.context, [], at.origin(path));
  const inside: Environment = {
    ...at.environment,
    context: contextOf(scope),
    // For `true`, the context is kept and there is no loop.
    parents: ["section"],
    outer: ["section"],
    frames: ["unknown", ...at.environment.frames],
  };
  const body = at.in(inside).branch(block, "block", value);
  const otherwise = at.in(sameContext(at.environment)).branch(block, "else", value);
  return [{ kind: "section", value, context, scope, body, otherwise, origin: at.origin(block.path) }];
}

/** Whether a block follows an `else` in its tag. */
function isElse(at: Lowerer, path: hbs.AST.PathExpression): boolean {
  const [start] = at.span(path);
  return /else\s+$/.test(at.source.text.slice(Math.max(0, start - 20), start));
}

function onlyArgument(at: Lowerer, name: BlockHelper, block: hbs.AST.BlockStatement): Expression | undefined {
  const [argument] = block.params;
  if (argument !== undefined && block.params.length === 1) return lowerExpression(at, argument);
  const [, second] = block.params;
  if (second === undefined) at.wrongArguments(`#${name}`, "takes one value", block.path);
  else reportExtraWord(at, name, { written: at.text(second), span: at.span(second), instead: undefined });
  return undefined;
}

function includesZero(at: Lowerer, name: BlockHelper, block: hbs.AST.BlockStatement): boolean {
  let zeroIsTrue = false;
  for (const pair of hashOf(block)) {
    const literal = pair.value.type === "BooleanLiteral" ? (pair.value as hbs.AST.BooleanLiteral).value : undefined;
    if (pair.key === "includeZero" && literal !== undefined) zeroIsTrue = literal;
    else at.wrongArguments(`#${name}`, `takes no "${pair.key}" (but includeZero=true)`, pair);
  }
  return zeroIsTrue;
}

function refuseHash(at: Lowerer, name: string, block: hbs.AST.BlockStatement): void {
  for (const pair of hashOf(block)) at.wrongArguments(`#${name}`, `takes no "${pair.key}"`, pair);
}

function refuseBlockParameters(at: Lowerer, name: string, block: hbs.AST.BlockStatement): void {
  // A block that begins with `^` only has an inverse.
  const program = (block.program as hbs.AST.Program | undefined) ?? block.inverse;
  if ((program?.blockParams?.length ?? 0) > 0) at.wrongArguments(`#${name}`, "has no block parameters", block.path);
}

/** The names after `as`, and what each refers to. */
function blockParameters(
  at: Lowerer,
  name: BlockHelper,
  block: hbs.AST.BlockStatement,
  given: readonly Base[],
): Environment["parameters"] {
  const names = (block.program as hbs.AST.Program | undefined)?.blockParams ?? [];
  if (names.length === 0) return at.environment.parameters;
  if (names.length > given.length) {
    const problem = given.length === 1 ? "has one block parameter" : "has two block parameters: the item and its key";
    at.wrongArguments(`#${name}`, problem, block.path);
  }
  const parameters = new Map(at.environment.parameters);
  for (const [index, base] of given.entries()) {
    const parameter = names[index];
    if (parameter !== undefined) parameters.set(parameter, base);
  }
  return parameters;
}
