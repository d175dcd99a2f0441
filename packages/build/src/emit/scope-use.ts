// How a template uses each of its contexts. A context of which only members are read is passed to its block as an object that
// is safe to read, so that emitted code reads `source.table`.

import { type Expression, type Node, type Scope, type Template, visitTemplate } from "../template/ir.js";
import { isInherited } from "../text/escape.js";

export interface ScopeUses {
  /** Whether members of the context are read, and the context as a value (`{{this}}`) is not. */
  readsOnlyMembers(scope: Scope): boolean;
  /** Whether the context is used as a value. */
  readsWhole(scope: Scope): boolean;
}

export function findScopeUses(template: Template): ScopeUses {
  const members = new Set<number>();
  const whole = new Set<number>();
  /** Contexts that become the context of another block as they are. */
  const passed: { readonly from: Scope; readonly to: Scope }[] = [];

  const visit = (expression: Expression): void => {
    switch (expression.kind) {
      case "literal":
        return;
      case "path": {
        const { base, members: names } = expression;
        if (base.kind !== "scope") return;
        const [head] = names;
        if (head === undefined) whole.add(base.scope.id);
        else if (!isInherited(head)) members.add(base.scope.id);
        return;
      }
      case "lookup":
        visit(expression.object);
        visit(expression.key);
        return;
      case "json":
        visit(expression.value);
        if (expression.indent !== undefined) visit(expression.indent);
        return;
      case "untrusted":
        visit(expression.value);
        return;
      case "call":
        for (const { value } of expression.positional) visit(value);
        for (const [, { value }] of expression.named) visit(value);
        return;
      case "extend":
        // The new object gets the same members whether they come from the context or from a safe copy of it.
        if (scopeItself(expression.object) === undefined) visit(expression.object);
        for (const [, value] of expression.entries) visit(value);
    }
  };
  const pass = (context: Expression, to: Scope): void => {
    const from = scopeItself(context);
    if (from === undefined) visit(context);
    else passed.push({ from, to });
  };
  visitTemplate(template, (node) => visitExpressions(node, visit, pass));

  // A context that is passed on is used as a value if the block that gets it uses it as one.
  for (let size = -1; size !== whole.size; ) {
    size = whole.size;
    for (const { from, to } of passed) if (whole.has(to.id)) whole.add(from.id);
  }
  return {
    readsOnlyMembers: ({ id }) => members.has(id) && !whole.has(id),
    readsWhole: ({ id }) => whole.has(id),
  };
}

/** The scope that an expression is nothing but: `this`, `..`. */
export function scopeItself(expression: Expression): Scope | undefined {
  return expression.kind === "path" && expression.base.kind === "scope" && expression.members.length === 0
    ? expression.base.scope
    : undefined;
}

function visitExpressions(
  node: Node,
  visit: (expression: Expression) => void,
  pass: (context: Expression, to: Scope) => void,
): void {
  if (node.kind === "output" || node.kind === "with") visit(node.value);
  else if (node.kind === "if" && node.test.kind === "present") visit(node.test.value);
  else if (node.kind === "if" && node.test.kind === "equal") {
    visit(node.test.left);
    visit(node.test.right);
  } else if (node.kind === "each") visit(node.list);
  else if (node.kind === "section") {
    visit(node.value);
    pass(node.context, node.scope);
  } else if (node.kind === "let") pass(node.value, node.scope);
  else if (node.kind === "include") pass(node.context, node.partial.scope);
  else if (node.kind === "media") {
    visit(node.url);
    if (node.contentType !== undefined) visit(node.contentType);
  }
}
