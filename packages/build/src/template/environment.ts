// What the names of a template mean at one place of it: `this`, `../`, block parameters, the loops around it.

import type { SourceText } from "../parse/source-text.js";
import type { Base, Expression, Origin, Scope } from "./ir.js";
import { isScoped, offsets } from "./syntax.js";

/** What a name means at one place of the template. */
export interface Environment {
  readonly source: SourceText;
  /** What `this` is. */
  readonly context: Context;
  /** What `../` is, innermost first; `"unknown"` beyond a partial's own start. */
  readonly parents: readonly (Context | "unknown")[];
  /** Block parameters in reach. */
  readonly parameters: ReadonlyMap<string, Base>;
  /** Loops in reach, innermost first: what `@index` and `@../index` are of. */
  readonly loops: readonly Scope[];
  /** Names of the partials that this place is inside, outermost first. */
  readonly partials: readonly string[];
}

/** `this`: an expression, with the partial's hash arguments that lie over it. */
export interface Context {
  readonly expression: Expression;
  readonly overrides: ReadonlyMap<string, Expression>;
}

export function contextOf(scope: Scope): Context {
  return {
    expression: { kind: "path", base: { kind: "scope", scope }, members: [], origin: undefined },
    overrides: new Map(),
  };
}

export function thisBase(environment: Environment): Base | undefined {
  const { expression } = environment.context;
  return expression.kind === "path" ? expression.base : undefined;
}

export function thisScope(expression: Expression): number | undefined {
  return expression.kind === "path" && expression.base.kind === "scope" ? expression.base.scope.id : undefined;
}

export function isPlainScope(expression: Expression): boolean {
  return expression.kind === "path" && expression.base.kind === "scope" && expression.members.length === 0;
}

/** The members of a context: a hash argument where one lies over it, else the context's own. */
export function member(context: Context, parts: readonly string[], origin: Origin): Expression | undefined {
  const [head, ...rest] = parts;
  if (head === undefined) {
    return context.overrides.size === 0
      ? withOrigin(context.expression, [], origin)
      : { kind: "extend", object: context.expression, entries: [...context.overrides] };
  }
  const override = context.overrides.get(head);
  return override === undefined ? withOrigin(context.expression, parts, origin) : withOrigin(override, rest, origin);
}

function withOrigin(expression: Expression, members: readonly string[], origin: Origin): Expression {
  if (expression.kind === "path") return { ...expression, members: [...expression.members, ...members], origin };
  return members.reduce<Expression>(
    (object, key) => ({ kind: "lookup", object, key: { kind: "literal", value: key }, origin }),
    expression,
  );
}

/** The name by which a helper would be looked up; `undefined` for `this.x`, `../x`, `a.b`, `@x` and block parameters. */
export function helperName(path: hbs.AST.PathExpression, environment: Environment): string | undefined {
  const [name] = path.parts;
  const simple = path.parts.length === 1 && path.depth === 0 && !path.data && !isScoped(path);
  return simple && name !== undefined && !environment.parameters.has(name) ? name : undefined;
}

export function originOf(node: hbs.AST.Node, environment: Environment): Origin {
  const [start, end] = offsets(node, environment.source);
  return { source: environment.source, start, end };
}
