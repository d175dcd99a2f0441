// A template's meaning, once every name in it is resolved: what inference reads and what code is generated from.
// Partials are merged in, each use for itself, so that a variable's scope is always known.

import type { Role } from "@cuecard/runtime";
import type { SourceText } from "../parse/source-text.js";

/** Where something stands, as offsets of its own source (a prompt or a partial). */
export interface Origin {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** A context that paths start from. Scope 0 is the input itself. */
export interface Scope {
  readonly id: number;
}

export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null | undefined }
  /** `base` and then its members, each an own property or nothing. A context that nobody wrote has no origin. */
  | {
      readonly kind: "path";
      readonly base: Base;
      readonly members: readonly string[];
      readonly origin: Origin | undefined;
    }
  /** `{{lookup object key}}`. */
  | { readonly kind: "lookup"; readonly object: Expression; readonly key: Expression; readonly origin: Origin }
  /** A new object: a partial's context with hash arguments laid over it. */
  | {
      readonly kind: "extend";
      readonly object: Expression;
      readonly entries: readonly (readonly [string, Expression])[];
    };

export type Base =
  | { readonly kind: "scope"; readonly scope: Scope }
  /** `@key`, `@index`, `@first`, `@last`, or the key's block parameter, of the loop that made the scope. */
  | { readonly kind: "loop"; readonly scope: Scope; readonly variable: LoopVariable }
  /** An `@` variable that the caller hands over as `context`. */
  | { readonly kind: "data" };

export type LoopVariable = "key" | "index" | "first" | "last";

export type Node =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "output"; readonly value: Expression; readonly origin: Origin }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      /** `includeZero=true`: 0 counts as true. */
      readonly zeroIsTrue: boolean;
      readonly then: readonly Node[];
      readonly otherwise: readonly Node[];
    }
  | {
      readonly kind: "each";
      readonly list: Expression;
      readonly scope: Scope;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
      readonly origin: Origin;
    }
  | {
      readonly kind: "with";
      readonly value: Expression;
      readonly scope: Scope;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
      readonly origin: Origin;
    }
  /** A partial's text with a context of its own; without one its nodes simply stand in line. */
  | { readonly kind: "let"; readonly value: Expression; readonly scope: Scope; readonly body: readonly Node[] }
  /** A partial that stands alone on an indented line: every line of its text gets the indent. */
  | { readonly kind: "indent"; readonly indent: string; readonly body: readonly Node[] }
  | { readonly kind: "role"; readonly role: Role; readonly origin: Origin }
  | { readonly kind: "history"; readonly origin: Origin };

export interface Template {
  readonly nodes: readonly Node[];
  readonly input: Scope;
}

/** Calls `visit` for every node, parents first. */
export function visitNodes(nodes: readonly Node[], visit: (node: Node) => void): void {
  for (const node of nodes) {
    visit(node);
    if (node.kind === "if") visitNodes(node.then, visit);
    if ("body" in node) visitNodes(node.body, visit);
    if ("otherwise" in node) visitNodes(node.otherwise, visit);
  }
}

/** Whether a template makes messages: it names a role, or places the history. */
export function isChatTemplate(template: Template): boolean {
  let isChat = false;
  visitNodes(template.nodes, (node) => {
    if (node.kind === "role" || node.kind === "history") isChat = true;
  });
  return isChat;
}
