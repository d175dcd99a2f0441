// The intermediate form of a template, with every name resolved: inference and checks read it, and code is emitted from
// it. Each use of a partial is merged in separately, so that the scope of every variable is known. Only a partial that
// includes itself becomes a function.

import type { Role } from "@cuecard/runtime";
import type { LoopVariable } from "../language/syntax.js";
import type { SourceText } from "../text/source-text.js";

/** A place, as offsets of its own source (a prompt or a partial). */
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
  /** `base`, then members, each an own property or undefined. An implicit context has no origin. */
  | {
      readonly kind: "path";
      readonly base: Base;
      readonly members: readonly string[];
      readonly origin: Origin | undefined;
      /** If the path begins with a partial's hash argument: how many members it gave, and where it is written. */
      readonly given?: { readonly members: number; readonly origin: Origin };
    }
  /** `{{lookup object key}}`. */
  | { readonly kind: "lookup"; readonly object: Expression; readonly key: Expression; readonly origin: Origin }
  /** `{{json value indent=2}}`: the value as JSON text. */
  | {
      readonly kind: "json";
      readonly value: Expression;
      readonly indent: Expression | undefined;
      readonly origin: Origin;
    }
  /** `{{untrusted value}}`: the value as text between delimiters that it does not contain. */
  | { readonly kind: "untrusted"; readonly value: Expression; readonly origin: Origin }
  /** A helper of the project: positional arguments, then an object of the named ones if the helper takes it. */
  | {
      readonly kind: "call";
      readonly helper: string;
      readonly positional: readonly Argument[];
      readonly named: readonly (readonly [name: string, argument: Argument])[];
      readonly takesNamed: boolean;
      readonly origin: Origin;
    }
  /** A new object: a partial's context with hash arguments added or replaced. */
  | {
      readonly kind: "extend";
      readonly object: Expression;
      readonly entries: readonly (readonly [string, Expression])[];
    };

export interface Argument {
  readonly value: Expression;
  readonly origin: Origin;
}

export type Base =
  | { readonly kind: "scope"; readonly scope: Scope }
  /** `@key`, `@index`, `@first`, `@last`, or the key's block parameter, of the loop that made the scope. */
  | { readonly kind: "loop"; readonly scope: Scope; readonly variable: LoopVariable }
  /**
   * An `@` variable that the caller passes in `context`; `inLoop` is true inside a loop, which has no variable of the
   * name.
   */
  | { readonly kind: "data"; readonly inLoop: boolean };

/** What `{{#if}}`, `{{#unless}}` and the equality blocks test. */
export type Test =
  /** Neither falsy nor an empty list; with `zeroIsTrue` (`includeZero=true`), 0 counts as present. */
  | { readonly kind: "present"; readonly value: Expression; readonly zeroIsTrue: boolean }
  /** `{{#ifEquals left right}}`: the same value (`===`). */
  | {
      readonly kind: "equal";
      readonly left: Expression;
      readonly right: Expression;
      /** Where the two are written. */
      readonly origins: readonly [left: Origin, right: Origin];
    };

export type Node =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "output"; readonly value: Expression; readonly origin: Origin }
  | {
      readonly kind: "if";
      readonly test: Test;
      readonly then: readonly Node[];
      readonly otherwise: readonly Node[];
      readonly origin: Origin;
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
  /**
   * `{{#name}}…{{/name}}` of Mustache: a loop over a list, a test if the value is `true` (the context stays `context`),
   * or else the value as context. `otherwise` is for false, null, undefined and the empty list.
   */
  | {
      readonly kind: "section";
      readonly value: Expression;
      readonly context: Expression;
      readonly scope: Scope;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
      readonly origin: Origin;
    }
  /** A partial's text with its own context. A partial without one is merged in directly. */
  | {
      readonly kind: "let";
      readonly value: Expression;
      readonly scope: Scope;
      readonly body: readonly Node[];
      /** Where the use of the partial names the context. */
      readonly origin: Origin;
    }
  /** A partial alone on an indented line: every line of its text gets the indent. */
  | { readonly kind: "indent"; readonly indent: string; readonly body: readonly Node[] }
  /** A use of a recursive partial. */
  | {
      readonly kind: "include";
      readonly partial: PartialFunction;
      readonly context: Expression;
      /** The partials that this place is inside, from the nearest function on, and the included one. */
      readonly chain: readonly string[];
      readonly origin: Origin;
    }
  | { readonly kind: "role"; readonly role: Role; readonly origin: Origin }
  /** `isArgument`: the partial that it is in was given an argument of this name. */
  | { readonly kind: "history"; readonly origin: Origin; readonly isArgument: boolean }
  | {
      readonly kind: "media";
      readonly url: Expression;
      readonly contentType: Expression | undefined;
      readonly origin: Origin;
    }
  /** `{{section "name"}}` of dotprompt: a place that the caller may fill with text. */
  | { readonly kind: "slot"; readonly name: string; readonly origin: Origin };

/** The text of a partial that includes itself, with its context as parameter. */
export interface PartialFunction {
  readonly name: string;
  readonly scope: Scope;
  /** Filled once the partial is lowered: it refers to itself. */
  body: readonly Node[];
}

export interface Template {
  readonly nodes: readonly Node[];
  readonly input: Scope;
  /** The functions that `include` nodes call, in order of first use. */
  readonly partials: readonly PartialFunction[];
  /** Whether it has `@` variables that the caller passes in `context`. */
  readonly usesContext: boolean;
}

/** Calls `visit` for every node, parents first. The bodies of partial functions are not entered. */
export function visitNodes(nodes: readonly Node[], visit: (node: Node) => void): void {
  for (const node of nodes) {
    visit(node);
    if (node.kind === "if") visitNodes(node.then, visit);
    if ("body" in node) visitNodes(node.body, visit);
    if ("otherwise" in node) visitNodes(node.otherwise, visit);
  }
}

/** Calls `visit` for every node of a template, those of its partial functions included. */
export function visitTemplate(template: Template, visit: (node: Node) => void): void {
  visitNodes(template.nodes, visit);
  for (const partial of template.partials) visitNodes(partial.body, visit);
}

/** Whether a template makes messages: it names a role, places the history, or holds media. */
export function isChatTemplate(template: Template): boolean {
  let isChat = false;
  visitTemplate(template, ({ kind }) => {
    if (kind === "role" || kind === "history" || kind === "media") isChat = true;
  });
  return isChat;
}

/** Whether nodes hold what begins, splits or places messages. The bodies of partial functions are not entered. */
export function containsMarker(nodes: readonly Node[]): boolean {
  let found = false;
  visitNodes(nodes, ({ kind }) => {
    if (kind === "role" || kind === "history" || kind === "media" || kind === "slot") found = true;
  });
  return found;
}
