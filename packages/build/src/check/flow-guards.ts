// Narrowing: what the tests around a place of the template have shown about values. A value is remembered by a key, so
// that `{{#if user.name}}` narrows each `user.name` inside of it, also through `{{#with user}}` and partials.

import type { Kinds } from "../language/kinds.js";
import { UNDEFINED } from "../language/kinds.js";
import type { Expression, Scope } from "../template/ir.js";
import type { StaticType } from "./static-type.js";
import type { Binding } from "./value-names.js";

type Call = Extract<Expression, { kind: "call" }>;

/** What a test has shown: that the value is not null, not `undefined`, or neither. */
export interface Guard {
  readonly value: Expression;
  readonly isNot: Kinds;
}

export class FlowGuards {
  readonly #binding: (scope: Scope) => Binding;
  /** Kinds that are ruled out, by the keys of values. */
  readonly #ruledOut = new Map<string, Kinds>();

  constructor(binding: (scope: Scope) => Binding) {
    this.#binding = binding;
  }

  /** Runs `visit` where the guards hold. */
  within(guards: readonly Guard[], visit: () => void): void {
    const before: (readonly [string, Kinds])[] = [];
    for (const { value, isNot } of guards)
      for (const key of this.#reachedThrough(value)) {
        const known = this.#ruledOutOf(key);
        if ((isNot & ~known) === 0) continue;
        this.#ruledOut.set(key, known | isNot);
        before.push([key, known]);
      }
    visit();
    for (const [key, known] of before.reverse()) this.#ruledOut.set(key, known);
  }

  /** The type of a call's result here. */
  narrowCall(call: Call, type: StaticType): StaticType {
    const key = this.keyOf(call);
    return key !== undefined && type.isOptional ? type.without(this.#ruledOutOf(key)) : type;
  }

  /** The type here of the first members of a path that starts from a binding. */
  narrowPath(type: StaticType, binding: Binding | undefined, members: readonly string[], count: number): StaticType {
    if (!type.isOptional || binding === undefined || this.#ruledOut.size === 0) return type;
    return type.without(this.#ruledOutOf(joinKey(binding.key, members, count)));
  }

  /**
   * Whether a test has shown that a value is present.
   *
   * @param path From the value to the part that is asked about: `.name`.
   */
  isPresent(expression: Expression, path: string, nothing: Kinds): boolean {
    const key = this.keyOf(expression);
    const ruledOut = key === undefined ? 0 : this.#ruledOutOf(key + path.replaceAll(".", "\n"));
    return ruledOut === nothing || (path !== "" && (ruledOut & UNDEFINED) !== 0);
  }

  /** The key of a value; `undefined` for a value that cannot be named again. */
  keyOf(expression: Expression): string | undefined {
    if (expression.kind === "extend" && expression.entries.length === 0) return this.keyOf(expression.object);
    if (expression.kind === "literal") return JSON.stringify(expression.value) ?? "undefined";
    if (expression.kind === "call") return this.#keyOfCall(expression);
    if (expression.kind !== "path" || expression.base.kind !== "scope") return undefined;
    const { members } = expression;
    return joinKey(this.#binding(expression.base.scope).key, members, members.length);
  }

  /** Helpers are pure: the same call has the same result. */
  #keyOfCall({ helper, positional, named }: Call): string | undefined {
    const keys = [
      ...positional.map(({ value }) => this.keyOf(value)),
      ...named.map(([name, { value }]) => prefixed(`${name}=`, this.keyOf(value))),
    ];
    return keys.includes(undefined) ? undefined : `(${[helper, ...keys].join("\t")})`;
  }

  #ruledOutOf(key: string): Kinds {
    return this.#ruledOut.get(key) ?? 0;
  }

  /** The keys of a value and of all values that it is reached through: if it is present, so are they. */
  #reachedThrough(expression: Expression): string[] {
    switch (expression.kind) {
      case "literal":
        return [];
      case "path": {
        const { base, members } = expression;
        if (base.kind !== "scope") return [];
        const { key } = this.#binding(base.scope);
        return [key, ...members.map((_, index) => joinKey(key, members, index + 1))];
      }
      case "json":
      case "untrusted":
        return this.#reachedThrough(expression.value);
      case "call":
        return [
          ...expression.positional.flatMap(({ value }) => this.#reachedThrough(value)),
          ...[this.keyOf(expression)].filter((key) => key !== undefined),
        ];
      case "lookup":
      case "extend":
        return this.#reachedThrough(expression.object);
    }
  }
}

function prefixed(prefix: string, key: string | undefined): string | undefined {
  return key === undefined ? undefined : prefix + key;
}

function joinKey(key: string, members: readonly string[], count: number): string {
  let joined = key;
  for (let index = 0; index < count; index++) joined += `\n${members[index]}`;
  return joined;
}
