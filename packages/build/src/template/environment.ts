// What names mean at one place in a template: `this`, `../`, block parameters, loop variables and the partials in
// scope. Follows Handlebars 4.7.10's run time (lib/handlebars/runtime.js), where a block is a closure over `depths`,
// block parameters and the data frame of its call.

import { isScoped } from "../language/syntax.js";
import type { SourceText } from "../text/source-text.js";
import type { Base, Expression, Origin, Scope } from "./ir.js";

/** What a name means at one place of the template. */
export interface Environment {
  readonly source: SourceText;
  /** What `this` is. */
  readonly context: Context;
  /** What `../` is, innermost first. */
  readonly parents: readonly Parent[];
  /** The contexts that a closure created here keeps: what `../` refers to in an inline partial. */
  readonly outer: readonly Parent[];
  /** Block parameters in scope; an inline partial does not see those that are `"unreachable"`. */
  readonly parameters: ReadonlyMap<string, Base | "unreachable">;
  /** Data frames, innermost first: the loops that `@index` and `@../index` belong to. */
  readonly frames: readonly Frame[];
  /** Names of the partials that this place is inside, outermost first. */
  readonly partials: readonly string[];
  readonly inline: ReadonlyMap<string, Closure>;
  /** What `@partial-block` is; `undefined` outside of `{{#> partial}}`. */
  readonly block: Closure | undefined;
}

/** What `../` leads to: nothing above a partial's own start; unknown above a section's. */
export type Parent = Context | "partial" | "section";

/** A `"plain"` frame has no variables of its own; an `"unknown"` one may have some. */
export type Frame = Scope | "plain" | "unknown";

/** `this`: an expression, whose members a partial's hash arguments may override. */
export interface Context {
  readonly expression: Expression;
  readonly overrides: ReadonlyMap<string, Expression>;
}

/**
 * A part of a template together with the environment it is written in: an inline partial, or the block given to a
 * partial.
 */
export interface Closure {
  readonly program: hbs.AST.Program;
  readonly environment: Environment;
  /** The contexts that `../` leads to, without the one that it is called with. */
  readonly depths: readonly Parent[];
}

const NO_OVERRIDES: Context["overrides"] = new Map();

export function contextOf(scope: Scope): Context {
  return { expression: scopePath(scope), overrides: NO_OVERRIDES };
}

export function scopePath(scope: Scope): Expression {
  return { kind: "path", base: { kind: "scope", scope }, members: [], origin: undefined };
}

/** The environment at the start of a template. */
export function rootEnvironment(source: SourceText, input: Scope): Environment {
  return {
    source,
    context: contextOf(input),
    parents: [],
    outer: [],
    parameters: new Map(),
    frames: [],
    partials: [],
    inline: new Map(),
    block: undefined,
  };
}

/** The environment inside a block that has its own context. */
export function insideBlock(environment: Environment, context: Context): Environment {
  const depths = [environment.context, ...environment.parents];
  return { ...environment, context, parents: depths, outer: depths };
}

/** The environment inside a block that keeps the context, such as `{{#if}}`. */
export function sameContext(environment: Environment): Environment {
  return { ...environment, outer: [environment.context, ...environment.parents] };
}

export function isSameContext(a: Context, b: Parent | undefined): boolean {
  if (b === undefined || typeof b === "string") return false;
  const [one, other] = [plainScope(a.expression), plainScope(b.expression)];
  const isLaidOver = a.overrides === b.overrides || (a.overrides.size === 0 && b.overrides.size === 0);
  return one !== undefined && one === other && isLaidOver;
}

/** The id of the scope, if the expression is a scope and nothing more. */
export function plainScope(expression: Expression): number | undefined {
  return expression.kind === "path" && expression.base.kind === "scope" && expression.members.length === 0
    ? expression.base.scope.id
    : undefined;
}

/** A member of a context: a hash argument if there is one of the name, else the context's own member. */
export function member(context: Context, parts: readonly string[], origin: Origin): Expression {
  const [head, ...rest] = parts;
  if (head === undefined) {
    return context.overrides.size === 0
      ? withOrigin(context.expression, [], origin)
      : { kind: "extend", object: context.expression, entries: [...context.overrides] };
  }
  const override = context.overrides.get(head);
  return override === undefined
    ? withOrigin(context.expression, parts, origin)
    : withOrigin(givenBy(override), rest, origin);
}

/** A hash argument with the place where it is written: mistakes in it are fixed there. */
function givenBy(override: Expression): Expression {
  if (override.kind !== "path" || override.given !== undefined || override.origin === undefined) return override;
  return { ...override, given: { members: override.members.length, origin: override.origin } };
}

function withOrigin(expression: Expression, members: readonly string[], origin: Origin): Expression {
  if (expression.kind === "path") return { ...expression, members: [...expression.members, ...members], origin };
  return members.reduce<Expression>(
    (object, key) => ({ kind: "lookup", object, key: { kind: "literal", value: key }, origin }),
    expression,
  );
}

/** The name of the helper that a path may call; `undefined` for `this.x`, `../x`, `a.b`, `@x` and block parameters. */
export function helperName(path: hbs.AST.PathExpression, environment: Environment): string | undefined {
  const [name] = path.parts;
  const simple = path.parts.length === 1 && path.depth === 0 && !path.data && !isScoped(path);
  return simple && name !== undefined && !environment.parameters.has(name) ? name : undefined;
}
