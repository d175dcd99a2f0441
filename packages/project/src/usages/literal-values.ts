// Finds the strings that an argument may be, if the code shows them: literals, constants, members of constant objects and enums,
// conditional expressions and template literals of these, and parameters whose type is a union of literals.

import type TS from "typescript";
import { ts } from "../typescript/typescript.js";
import type { Bindings } from "./bindings.js";
import { isConstant, isMemberAccess, isWrapper, memberName } from "./syntax.js";
import type { UsageProgram } from "./usage-program.js";

/** Longer lists are not choices that were written by hand. */
const MOST = 100;

export class LiteralValues {
  readonly #program: UsageProgram;
  readonly #bindings: Bindings;

  constructor(program: UsageProgram, bindings: Bindings) {
    this.#program = program;
    this.#bindings = bindings;
  }

  /** Every value that an expression may have; `undefined` if that is unknown. */
  of(expression: TS.Expression, depth = 0): readonly string[] | undefined {
    if (depth > 20) return undefined;
    const next = (inner: TS.Expression) => this.of(inner, depth + 1);
    if (ts.isStringLiteralLike(expression) || ts.isNumericLiteral(expression)) return [expression.text];
    if (isWrapper(expression)) return next(expression.expression);
    if (ts.isConditionalExpression(expression)) return union([next(expression.whenTrue), next(expression.whenFalse)]);
    if (ts.isTemplateExpression(expression))
      return expression.templateSpans.reduce<readonly string[] | undefined>(
        (texts, { expression: part, literal }) => combine(texts, next(part), literal.text),
        [expression.head.text],
      );
    return this.#byType(expression) ?? this.#byDeclaration(expression, next);
  }

  #byType(expression: TS.Expression): readonly string[] | undefined {
    const type = this.#program.checker.getTypeAtLocation(expression);
    const types = type.isUnion() ? type.types : [type];
    if (types.length === 0 || types.length > MOST) return undefined;
    const values = types.map((one) => (one.isStringLiteral() || one.isNumberLiteral() ? String(one.value) : undefined));
    return values.every((value) => value !== undefined) ? values : undefined;
  }

  #byDeclaration(
    expression: TS.Expression,
    next: (inner: TS.Expression) => readonly string[] | undefined,
  ): readonly string[] | undefined {
    const initializer = this.#initializerOf(expression);
    return initializer === undefined ? undefined : next(initializer);
  }

  /** The initializer of a constant. */
  #initializerOf(expression: TS.Expression): TS.Expression | undefined {
    if (ts.isIdentifier(expression)) {
      const declaration = this.#program.declarationOf(expression);
      if (declaration === undefined) return undefined;
      if (ts.isVariableDeclaration(declaration)) return isConstant(declaration) ? declaration.initializer : undefined;
      if (!ts.isImportSpecifier(declaration)) return undefined;
      const module = this.#bindings.moduleAt(declaration.parent.parent.parent.moduleSpecifier);
      if (module?.kind !== "file") return undefined;
      return this.#exportedConstant(module.file, (declaration.propertyName ?? declaration.name).text);
    }
    if (!isMemberAccess(expression)) return undefined;
    const member = memberName(expression);
    const owner = this.#initializerOf(expression.expression);
    return member === undefined || owner === undefined ? undefined : memberOf(owner, member);
  }

  #exportedConstant(file: string, member: string): TS.Expression | undefined {
    const exported = this.#bindings.exportedValue(file, member);
    if (exported === undefined || !ts.isIdentifier(exported)) return exported;
    return ts.isEnumDeclaration(exported.parent) ? exported : this.#initializerOf(exported);
  }
}

/** A member of an object that cannot change because it is marked `as const`. */
function memberOf(owner: TS.Expression, member: string): TS.Expression | undefined {
  if (ts.isIdentifier(owner) && ts.isEnumDeclaration(owner.parent))
    return owner.parent.members.find(({ name }) => "text" in name && name.text === member)?.initializer;
  if (ts.isSatisfiesExpression(owner) || ts.isParenthesizedExpression(owner)) return memberOf(owner.expression, member);
  if (!ts.isAsExpression(owner) || !ts.isConstTypeReference(owner.type)) return undefined;
  if (!ts.isObjectLiteralExpression(owner.expression)) return undefined;
  for (const property of owner.expression.properties)
    if (ts.isPropertyAssignment(property) && "text" in property.name && property.name.text === member)
      return property.initializer;
  return undefined;
}

function union(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const values = new Set<string>();
  for (const list of lists) {
    if (list === undefined) return undefined;
    for (const value of list) values.add(value);
  }
  return values.size > MOST ? undefined : [...values];
}

function combine(
  texts: readonly string[] | undefined,
  parts: readonly string[] | undefined,
  tail: string,
): readonly string[] | undefined {
  if (texts === undefined || parts === undefined || texts.length * parts.length > MOST) return undefined;
  return texts.flatMap((text) => parts.map((part) => `${text}${part}${tail}`));
}
