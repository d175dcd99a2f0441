// From an expression of a template to JavaScript.

import type { LoopVariable } from "../language/syntax.js";
import type { Expression, Scope, Test } from "../template/ir.js";
import { isInherited, literalKey, memberAccess, stringLiteral } from "../text/escape.js";
import { helperConstant } from "./helper-import.js";
import type { RenderScope } from "./render-scope.js";
import { scopeItself } from "./scope-use.js";

/**
 * The value of an expression.
 *
 * @example `{{#each sources}}` → `input.sources`, `{{user.name}}` → `ownProperty(input.user, "name")`
 */
export function emitValue(render: RenderScope, expression: Expression): string {
  const value = (inner: Expression): string => emitValue(render, inner);
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? stringLiteral(expression.value) : String(expression.value);
    case "lookup":
      return `${render.use("lookup")}(${value(expression.object)}, ${value(expression.key)})`;
    case "json": {
      const indent = expression.indent === undefined ? "" : `, ${value(expression.indent)}`;
      return `${render.use("asJson")}(${value(expression.value)}${indent})`;
    }
    case "untrusted":
      return `${render.use("delimit")}(${value(expression.value)})`;
    case "call": {
      render.helpers.add(expression.helper);
      const named = expression.named.map(([name, argument]) => `${literalKey(name)}: ${value(argument.value)}`);
      const positional = expression.positional.map((argument) => value(argument.value));
      const all = expression.takesNamed
        ? [...positional, named.length === 0 ? "{}" : `{ ${named.join(", ")} }`]
        : positional;
      return `${helperConstant(expression.helper)}(${all.join(", ")})`;
    }
    case "extend": {
      // Handlebars adds them last first, and loops find them in that order.
      const entries = expression.entries.map(([key, member]) => `${literalKey(key)}: ${value(member)}`).reverse();
      return `${render.use("extend")}(${value(expression.object)}, { ${entries.join(", ")} })`;
    }
    case "path":
      return emitPath(render, expression);
  }
}

/** The text of an expression: `{{query}}` → `asText(input.query)`. */
export function emitAsText(render: RenderScope, expression: Expression): string {
  const value = emitValue(render, expression);
  // These are text already.
  return expression.kind === "json" || expression.kind === "untrusted" ? value : `${render.use("asText")}(${value})`;
}

/** A condition: `{{#if sources}}` → `isPresent(input.sources)`, `{{#ifEquals a b}}` → `input.a === input.b`. */
export function emitTest(render: RenderScope, test: Test): string {
  if (test.kind === "equal") return `${emitValue(render, test.left)} === ${emitValue(render, test.right)}`;
  return `${render.use(test.zeroIsTrue ? "isPresentOrZero" : "isPresent")}(${emitValue(render, test.value)})`;
}

/** A value as the context of a block: its members alone, if the block reads only them. */
export function emitContext(render: RenderScope, value: Expression, scope: Scope): string {
  if (!render.uses.readsOnlyMembers(scope)) return emitValue(render, value);
  const from = scopeItself(value);
  if (from?.id === render.input.id) return render.inputMembers();
  const code = emitValue(render, value);
  return from !== undefined && render.uses.readsOnlyMembers(from) ? code : `${render.use("safeMembers")}(${code})`;
}

/** A text that the caller passes for a `{{section "name"}}`. */
export function emitSection(render: RenderScope, name: string): string {
  return `${render.use("asText")}(${emitOwn(render, emitOption(render, "sections"), name)})`;
}

/** An option of the call. The options are the caller's object: what it inherits is not an option. */
export function emitOption(render: RenderScope, name: string): string {
  return emitOwn(render, render.options(), name);
}

/** `{{media url=image contentType=type}}` → `mediaPart(input.image, input.type)`. */
export function emitMedia(render: RenderScope, url: Expression, contentType: Expression | undefined): string {
  const type = contentType === undefined ? "" : `, ${emitValue(render, contentType)}`;
  return `${render.use("mediaPart")}(${emitValue(render, url)}${type})`;
}

function emitPath(render: RenderScope, { base, members }: Extract<Expression, { kind: "path" }>): string {
  const own = (object: string, name: string): string => emitOwn(render, object, name);
  if (base.kind === "data") {
    render.usesData = true;
    return members.reduce(own, "data");
  }
  if (base.kind === "loop") return members.reduce(own, emitLoopVariable(render, base.scope, base.variable));
  const [head, ...rest] = members;
  if (head === undefined) return render.context(base.scope);
  // Every object inherits a member of this name.
  if (isInherited(head)) return members.reduce(own, ownContext(render, base.scope));
  render.members.add(head);
  return rest.reduce(own, memberAccess(readableContext(render, base.scope), head));
}

/** The variable of a context for `ownProperty`, which reads any value. */
function ownContext(render: RenderScope, scope: Scope): string {
  return scope.id === render.input.id ? render.inputMembers() : render.context(scope);
}

/** A context as an object whose members can be read directly. */
function readableContext(render: RenderScope, scope: Scope): string {
  if (scope.id === render.input.id) return render.inputMembers();
  const variable = render.context(scope);
  return render.uses.readsOnlyMembers(scope) ? variable : `${render.use("safeMembers")}(${variable})`;
}

function emitOwn(render: RenderScope, object: string, name: string): string {
  return `${render.use("ownProperty")}(${object}, ${stringLiteral(name)})`;
}

function emitLoopVariable(render: RenderScope, scope: Scope, variable: LoopVariable): string {
  if (variable === "first") return `(${render.loopVariable(scope, "index")} === 0)`;
  return render.loopVariable(scope, variable === "last" ? "isLast" : variable);
}
