// Reads TypeScript's syntax tree for the other files of this folder.

import type TS from "typescript";
import { ts } from "../typescript/typescript.js";

/** An expression without the parts that do not change its value: parentheses, assertions, `await`. */
export function unwrap(expression: TS.Expression): TS.Expression {
  let inner = expression;
  while (isWrapper(inner)) inner = inner.expression;
  return inner;
}

export type Wrapper =
  | TS.ParenthesizedExpression
  | TS.AsExpression
  | TS.SatisfiesExpression
  | TS.NonNullExpression
  | TS.TypeAssertion
  | TS.AwaitExpression;

export function isWrapper(node: TS.Node): node is Wrapper {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isAwaitExpression(node)
  );
}

/** The member that `a.b` or `a["b"]` names. */
export function memberName(node: TS.PropertyAccessExpression | TS.ElementAccessExpression): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
}

export function isMemberAccess(node: TS.Node): node is TS.PropertyAccessExpression | TS.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** The specifier of a dynamic import, or of a call of `require`. */
export function importedBy(node: TS.Node): string | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const { expression, arguments: given } = node;
  const imports =
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === "require");
  const [specifier] = given;
  return imports && specifier !== undefined && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
}

/** The member of the destructured value that an element reads; `undefined` for `...rest` and computed names. */
export function elementMember(element: TS.BindingElement): string | undefined {
  if (element.dotDotDotToken !== undefined) return undefined;
  const name = element.propertyName ?? element.name;
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

export function isConstant(declaration: TS.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & (ts.NodeFlags.Const | ts.NodeFlags.Using)) !== 0;
}

/** The function's parameter in what follows `.then` of a dynamic import, seen from the import. */
export function thenParameter(imported: TS.Expression): TS.ParameterDeclaration | undefined {
  const access = imported.parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== "then" || access.expression !== imported)
    return undefined;
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) return undefined;
  const [callback] = call.arguments;
  if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return undefined;
  return callback.parameters[0];
}

/** The reverse: the import whose module a parameter receives. */
export function importOfParameter(parameter: TS.ParameterDeclaration): TS.Expression | undefined {
  const call = parameter.parent.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const imported = call.expression.expression;
  return thenParameter(imported) === parameter ? imported : undefined;
}

/** The member that a CommonJS assignment exports: `exports.a = …`, `module.exports.a = …`; "" for `module.exports = …`. */
export function commonJsExport(
  statement: TS.Node,
): { readonly member: string; readonly value: TS.Expression } | undefined {
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return undefined;
  const { left, right: value } = expression;
  if (!ts.isPropertyAccessExpression(left)) return undefined;
  if (isModuleExports(left)) return { member: "", value };
  const owner = left.expression;
  const exports = (ts.isIdentifier(owner) && owner.text === "exports") || isModuleExports(owner);
  return exports ? { member: left.name.text, value } : undefined;
}

function isModuleExports(node: TS.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === "exports" &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "module"
  );
}

/** The names that a declaration declares. */
export function namesIn(name: TS.BindingName): TS.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}
