// What messages call a value: by what the template says, or by where the value comes from.

import type { Expression, Origin, Scope } from "../template/ir.js";
import { textOf } from "./path-segments.js";
import type { StaticType } from "./static-type.js";

/** What a scope refers to. */
export interface Binding {
  readonly type: StaticType;
  /** Names the value: tests of it and of its members are remembered by it. The input's is empty. */
  readonly key: string;
  /** `"maybe"` in a section, which keeps the context for `true`. */
  readonly isInput: boolean | "maybe";
  /** The value, or what it is an item of. */
  readonly of: Expression | undefined;
  readonly isItem: boolean;
  /** Where it is written. */
  readonly origin: Origin | undefined;
}

export class ValueNames {
  readonly #binding: (scope: Scope) => Binding;

  constructor(binding: (scope: Scope) => Binding) {
    this.#binding = binding;
  }

  /** How a message calls a value. */
  of(expression: Expression, at: Origin): string {
    switch (expression.kind) {
      case "literal":
        return JSON.stringify(expression.value) ?? "undefined";
      case "path":
        return `"${textOf(expression.origin ?? at)}"`;
      case "lookup":
      case "json":
      case "untrusted":
      case "call":
        return `the result of "${expression.kind === "call" ? expression.helper : expression.kind}"`;
      case "extend":
        return "the context";
    }
  }

  /** How the template writes a value, to be written again. */
  written(expression: Expression): string | undefined {
    return expression.kind === "path" && expression.origin !== undefined ? textOf(expression.origin) : undefined;
  }

  /**
   * The helper whose result a value is, or is in.
   *
   * @param passed The bindings on the way to it: the context of a partial that includes itself may be made of itself.
   */
  helper(expression: Expression, passed: ReadonlySet<Binding> = new Set()): string | undefined {
    switch (expression.kind) {
      case "call":
        return expression.helper;
      case "lookup":
      case "extend":
        return this.helper(expression.object, passed);
      case "path":
        return expression.base.kind === "scope"
          ? this.helperBehind(this.#binding(expression.base.scope), passed)
          : undefined;
      default:
        return undefined;
    }
  }

  helperBehind(binding: Binding | undefined, passed: ReadonlySet<Binding> = new Set()): string | undefined {
    return binding?.of === undefined || binding.isInput === true || passed.has(binding)
      ? undefined
      : this.helper(binding.of, new Set([...passed, binding]));
  }

  ofBinding({ of, isItem, origin, isInput }: Binding): string {
    if (of === undefined || origin === undefined) return isInput === true ? "the input" : "the context";
    const value = of.kind === "extend" && of.entries.length === 0 ? of.object : of;
    const isScope = value.kind === "path" && value.members.length === 0 && value.base.kind === "scope";
    const name = isScope ? this.ofBinding(this.#binding(value.base.scope)) : this.of(value, origin);
    return isItem ? `an item of ${name}` : name;
  }
}

export function originOf(expression: Expression): Origin | undefined {
  return expression.kind === "literal" || expression.kind === "extend" ? undefined : expression.origin;
}
