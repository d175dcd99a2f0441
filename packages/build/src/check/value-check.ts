// What the values of a template's expressions are, by the schema, and what cannot be right about how they are reached.

import { nearest } from "@cuecard/runtime";
import type { Expression, Origin, Scope } from "../template/ir.js";
import {
  CONTAINER,
  type Kinds,
  kindOfValue,
  kindsOf,
  LIST,
  NOTHING,
  nameKinds,
  OBJECT,
  TEXT,
  UNDEFINED,
} from "../template/kinds.js";
import type { HelperLookup } from "../template/lowering.js";
import { checkCall } from "./check-call.js";
import { insteadOfListMember, insteadOfLoneName, insteadOfLoopName } from "./foreign-names.js";
import { memberOrigin, textOf, textUpTo } from "./path-segments.js";
import {
  A_BOOLEAN,
  A_KEY,
  A_NUMBER,
  A_STRING,
  KindShape,
  NOT_THERE,
  OverlaidShape,
  type Shape,
  UNKNOWN,
  union,
} from "./shape.js";
import type { TemplateFindings } from "./template-findings.js";

type Path = Extract<Expression, { kind: "path" }>;
type Lookup = Extract<Expression, { kind: "lookup" }>;
type Call = Extract<Expression, { kind: "call" }>;
type Extend = Extract<Expression, { kind: "extend" }>;

/** What a scope stands for. */
export interface Binding {
  readonly shape: Shape;
  /** Names the value: tests of it and of its members are remembered by it. The input's is empty. */
  readonly key: string;
  /** `"perhaps"` in a section: for `true` the context stays. */
  readonly isInput: boolean | "perhaps";
  /** The value, or what it is an item of. */
  readonly of: Expression | undefined;
  readonly isItem: boolean;
  /** Where it is written. */
  readonly origin: Origin | undefined;
}

export class ValueCheck {
  /** Variables that are used. */
  readonly used: Set<string> = new Set();
  /** Whether the input is also used as a whole: then each variable is. */
  usesInput = false;
  readonly #findings: TemplateFindings;
  readonly #helpers: HelperLookup;
  readonly #input: Shape;
  readonly #bindings = new Map<number, Binding>();
  /** Keys of the values that a test around this place has shown to be there. */
  readonly #guards = new Set<string>();

  constructor(input: Shape, helpers: HelperLookup, findings: TemplateFindings) {
    this.#input = input;
    this.#helpers = helpers;
    this.#findings = findings;
  }

  bind(scope: Scope, binding: Binding): void {
    this.#bindings.set(scope.id, binding);
  }

  binding(scope: Scope): Binding {
    const binding = this.#bindings.get(scope.id);
    if (binding === undefined) throw new Error(`scope ${scope.id} is used before it is bound`);
    return binding;
  }

  /** Runs `visit` where a test has shown that the values of some expressions are there. */
  guarded(shown: readonly Expression[], visit: () => void): void {
    const added: string[] = [];
    for (const expression of shown)
      for (const key of this.#shownKeys(expression)) {
        if (this.#guards.has(key)) continue;
        this.#guards.add(key);
        added.push(key);
      }
    visit();
    for (const key of added) this.#guards.delete(key);
  }

  /**
   * The shape of an expression's value; members that cannot be are reported, and objects on the way that may be missing.
   * @param at Where the expression is written, if it does not say itself.
   * @param asked It is only asked whether the value is there: then everything on the way to it may be missing.
   */
  shape(expression: Expression, at: Origin, asked = false): Shape {
    switch (expression.kind) {
      case "literal":
        return new KindShape(kindOfValue(expression.value), [expression.value]);
      case "path":
        return this.#path(expression, at, asked);
      case "lookup":
        return this.#lookup(expression, asked);
      case "json":
        this.#json(expression.value, expression.origin, asked);
        if (expression.indent !== undefined) this.shape(expression.indent, expression.origin);
        return A_STRING;
      case "call":
        return this.#call(expression, asked);
      case "extend":
        return this.#extend(expression, at);
    }
  }

  /** A value that is inserted as text. */
  text(expression: Expression, at: Origin, asked = false): void {
    const shape = this.shape(expression, at, asked);
    this.handOn(expression);
    const { kinds } = shape;
    if ((kinds & (TEXT | LIST | OBJECT)) === 0) return;
    if ((kinds & TEXT) === 0) {
      const code = (kinds & LIST) === 0 ? "template/object-as-text" : "template/list-as-text";
      const value = this.nameOf(expression, at);
      const member = shape.memberNames[0];
      this.#findings.report(code, { value, written: this.#written(expression), member }, originOf(expression) ?? at);
    } else if (!asked) this.there(expression, shape, at);
  }

  /** A value that has to be there. */
  there(expression: Expression, shape: Shape, at: Origin): void {
    if (!shape.isOptional || expression.kind !== "path") return;
    const value = this.nameOf(expression, at);
    this.#findings.report(
      "template/optional-value",
      { value, written: this.#written(expression) },
      originOf(expression) ?? at,
    );
  }

  /** A value that has to be of one of these kinds, should it be anything. Says whether it may be. */
  isOneOf(shape: Shape, kinds: Kinds): boolean {
    return (shape.kinds & kinds) !== 0 || (shape.kinds & ~NOTHING) === 0;
  }

  /** A value that is used as a whole: of an input, that is each of its variables. */
  handOn(expression: Expression): void {
    if (expression.kind === "extend") this.handOn(expression.object);
    else if (this.#isInput(expression)) this.usesInput = true;
  }

  #isInput(expression: Expression): boolean {
    return (
      expression.kind === "path" &&
      expression.members.length === 0 &&
      expression.base.kind === "scope" &&
      this.binding(expression.base.scope).isInput !== false
    );
  }

  /** The key of a value that can be named; of any other, a new one. */
  keyOf(expression: Expression, scope: Scope): string {
    return this.#key(expression) ?? `#${scope.id}`;
  }

  /** How a message calls a value. */
  nameOf(expression: Expression, at: Origin): string {
    switch (expression.kind) {
      case "literal":
        return JSON.stringify(expression.value) ?? "undefined";
      case "path":
        return `"${textOf(expression.origin ?? at)}"`;
      case "lookup":
      case "json":
      case "call":
        return `the result of "${expression.kind === "call" ? expression.helper : expression.kind}"`;
      case "extend":
        return "the context";
    }
  }

  #written(expression: Expression): string | undefined {
    return expression.kind === "path" && expression.origin !== undefined ? textOf(expression.origin) : undefined;
  }

  #path(path: Path, at: Origin, asked: boolean): Shape {
    const { base, members } = path;
    if (base.kind === "data") return UNKNOWN;
    const binding = base.kind === "scope" ? this.binding(base.scope) : undefined;
    let shape = binding?.shape ?? loopShape(base.kind === "loop" ? base.variable : "key");
    const [variable] = members;
    if (variable !== undefined && binding !== undefined && binding.isInput !== false) this.used.add(variable);
    let isMissed = false;
    for (const [index, name] of members.entries()) {
      if (shape.isOptional) {
        if (!isMissed && !this.#isShown(binding, members, index)) {
          if (!asked) this.#reportMissing(path, index, binding, at);
          isMissed = true;
        }
        shape = shape.present;
      }
      const member = shape.member(name);
      if (member === undefined) {
        this.#reportNoMember(path, index, binding, shape, at);
        return UNKNOWN;
      }
      shape = member;
    }
    if (shape.isOptional && this.#isShown(binding, members, members.length)) return shape.present;
    // Of what is reported once, nothing more is said.
    return isMissed && asked ? union([shape, NOT_THERE]) : shape;
  }

  /** Whether a test has shown that the first members of a path are there. */
  #isShown(binding: Binding | undefined, members: readonly string[], count: number): boolean {
    return binding !== undefined && this.#guards.size > 0 && this.#guards.has(joinKey(binding.key, members, count));
  }

  /** What a path looks into may be missing: the scope itself, or one of its members. */
  #reportMissing(path: Path, index: number, binding: Binding | undefined, at: Origin): void {
    if (index > 0) {
      const written = textUpTo(path, index - 1, at);
      const args = { value: `"${written}"`, written };
      this.#findings.report("template/optional-value", args, memberOrigin(path, index - 1, at));
    } else if (binding !== undefined) {
      const isWritten = !binding.isItem && binding.origin !== undefined;
      const args = {
        value: this.#nameOfBinding(binding),
        written: isWritten && binding.of ? this.#written(binding.of) : "this",
      };
      this.#findings.report(
        "template/optional-value",
        args,
        (isWritten && binding.origin) || memberOrigin(path, 0, at),
      );
    }
  }

  #reportNoMember(path: Path, index: number, binding: Binding | undefined, shape: Shape, at: Origin): void {
    const member = path.members[index] ?? "";
    const origin = memberOrigin(path, index, at);
    const near = nearest(member, shape.memberNames);
    const instead = this.#insteadOf(path, index, binding, shape, at);
    if (index === 0 && binding?.isInput === true) {
      this.#findings.report("template/undeclared-variable", { variable: member, nearest: near, instead }, origin);
      return;
    }
    const value =
      index > 0 ? `"${textUpTo(path, index - 1, at)}"` : binding === undefined ? '"@"' : this.#nameOfBinding(binding);
    const isVariable = index === 0 && binding !== undefined && this.#input.memberNames.includes(member);
    const variable = isVariable ? member : undefined;
    if ((shape.kinds & OBJECT) !== 0)
      this.#findings.report("template/unknown-member", { value, member, nearest: near, variable, instead }, origin);
    else {
      const list = (shape.kinds & LIST) === 0 ? undefined : index > 0 ? textUpTo(path, index - 1, at) : "this";
      const args = { value, kind: nameKinds(shape.kinds), member, list, variable, instead };
      this.#findings.report("template/no-members", args, origin);
    }
  }

  /** What a name that is not there means elsewhere. */
  #insteadOf(path: Path, index: number, binding: Binding | undefined, shape: Shape, at: Origin): string | undefined {
    const { members } = path;
    const member = members[index] ?? "";
    if ((shape.kinds & ~NOTHING) === LIST && index > 0 && !shape.item().memberNames.includes(member)) {
      const list = textUpTo(path, index - 1, at);
      const rest = textOf(path.origin ?? at).slice(textUpTo(path, index, at).length);
      return insteadOfListMember(list, member, rest);
    }
    if (index > 0) return undefined;
    const lone = members.length === 1 ? insteadOfLoneName(member) : undefined;
    return lone ?? (binding?.isItem === true ? insteadOfLoopName(members) : undefined);
  }

  #nameOfBinding({ of, isItem, origin, isInput }: Binding): string {
    if (of === undefined || origin === undefined) return isInput === true ? "the input" : "the context";
    const value = of.kind === "extend" && of.entries.length === 0 ? of.object : of;
    const isScope = value.kind === "path" && value.members.length === 0 && value.base.kind === "scope";
    const name = isScope ? this.#nameOfBinding(this.binding(value.base.scope)) : this.nameOf(value, origin);
    return isItem ? `an item of ${name}` : name;
  }

  #lookup({ object, key, origin }: Lookup, asked: boolean): Shape {
    const shape = this.shape(object, origin, asked);
    if (!asked) this.there(object, shape, origin);
    if (key.kind === "literal") {
      const name = String(key.value);
      if (this.#isInput(object)) this.used.add(name);
      const member = shape.present.member(name);
      if (member !== undefined) return member;
      const args = { value: this.nameOf(object, origin), member: name };
      if ((shape.kinds & OBJECT) !== 0) {
        const near = nearest(name, shape.memberNames);
        this.#findings.report("template/unknown-member", { ...args, nearest: near, variable: undefined }, origin);
      } else {
        const rest = { kind: nameKinds(shape.kinds), list: undefined, variable: undefined };
        this.#findings.report("template/no-members", { ...args, ...rest }, originOf(object) ?? origin);
      }
      return UNKNOWN;
    }
    this.text(key, origin, asked);
    this.handOn(object);
    if (this.isOneOf(shape, CONTAINER)) return (shape.kinds & (LIST | OBJECT)) === 0 ? A_STRING : shape.item().present;
    const args = {
      value: this.nameOf(object, origin),
      kind: nameKinds(shape.kinds),
      member: textOf(originOf(key) ?? origin),
    };
    this.#findings.report(
      "template/no-members",
      { ...args, list: undefined, variable: undefined },
      originOf(object) ?? origin,
    );
    return UNKNOWN;
  }

  /** JSON says `null` for null, and nothing for what is not there. */
  #json(value: Expression, origin: Origin, asked: boolean): void {
    const shape = this.shape(value, origin, asked);
    this.handOn(value);
    if (!asked && (shape.kinds & UNDEFINED) !== 0) this.there(value, shape, origin);
  }

  #call(call: Call, asked: boolean): Shape {
    const shapes = new Map(
      [...call.positional, ...call.named.map(([, argument]) => argument)].map((argument) => {
        this.handOn(argument.value);
        return [argument, this.shape(argument.value, argument.origin, asked)];
      }),
    );
    const signature = this.#helpers.get(call.helper);
    if (signature === undefined) throw new Error(`the helper "${call.helper}" has no signature`);
    checkCall(call, signature, this.#findings, (argument) => {
      const shape = shapes.get(argument) ?? UNKNOWN;
      return { shape, there: () => !asked && this.there(argument.value, shape, argument.origin) };
    });
    return signature.returns === "any" ? UNKNOWN : new KindShape(kindsOf(signature.returns) & ~NOTHING);
  }

  #extend({ object, entries }: Extend, at: Origin): Shape {
    const shape = this.shape(object, at, true);
    const members = new Map(entries.map(([name, value]) => [name, this.shape(value, at, true)]));
    // What becomes of texts and lists that are laid over is nobody's intention.
    return new OverlaidShape((shape.kinds & ~NOTHING) === OBJECT ? shape.present : UNKNOWN, members);
  }

  #key(expression: Expression): string | undefined {
    if (expression.kind === "extend" && expression.entries.length === 0) return this.#key(expression.object);
    if (expression.kind !== "path" || expression.base.kind !== "scope") return undefined;
    const { members } = expression;
    return joinKey(this.binding(expression.base.scope).key, members, members.length);
  }

  /** A value that is there shows that what it was reached through is, too. */
  #shownKeys(expression: Expression): string[] {
    switch (expression.kind) {
      case "literal":
        return [];
      case "path": {
        const { base, members } = expression;
        if (base.kind !== "scope") return [];
        const { key } = this.binding(base.scope);
        return [key, ...members.map((_, index) => joinKey(key, members, index + 1))];
      }
      case "lookup":
        return this.#shownKeys(expression.object);
      case "json":
        return this.#shownKeys(expression.value);
      case "call":
        return expression.positional.flatMap(({ value }) => this.#shownKeys(value));
      case "extend":
        return this.#shownKeys(expression.object);
    }
  }
}

function loopShape(variable: "key" | "index" | "first" | "last"): Shape {
  if (variable === "key") return A_KEY;
  return variable === "index" ? A_NUMBER : A_BOOLEAN;
}

function joinKey(key: string, members: readonly string[], count: number): string {
  let joined = key;
  for (let index = 0; index < count; index++) joined += `\n${members[index]}`;
  return joined;
}

export function originOf(expression: Expression): Origin | undefined {
  return expression.kind === "literal" || expression.kind === "extend" ? undefined : expression.origin;
}
