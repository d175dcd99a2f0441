// What the values of a template's expressions are, by the schema, and what cannot be right about how they are reached.

import { nearest } from "@cuecard/runtime";
import {
  type Around,
  insteadOfListMember,
  insteadOfLoneName,
  insteadOfLoopName,
  insteadOfLoopObject,
  insteadOfOptionalChain,
} from "../hints/foreign-names.js";
import {
  CONTAINER,
  isAnything,
  type Kinds,
  kindOfValue,
  LIST,
  NOTHING,
  nameKinds,
  OBJECT,
  TEXT,
  UNDEFINED,
} from "../language/kinds.js";
import type { Expression, Origin, Scope } from "../template/ir.js";
import type { HelperLookup } from "../template/lowering.js";
import { checkCall } from "./check-call.js";
import type { LoopVariableCheck } from "./check-loop-variables.js";
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
import { typeShape } from "./type-shape.js";
import { type Binding, originOf, ValueNames } from "./value-names.js";

type Path = Extract<Expression, { kind: "path" }>;
type Lookup = Extract<Expression, { kind: "lookup" }>;
type Call = Extract<Expression, { kind: "call" }>;
type Extend = Extract<Expression, { kind: "extend" }>;

/** What a test has shown of a value: that it is not null, not `undefined`, or neither. */
export interface ShownValue {
  readonly value: Expression;
  readonly isNot: Kinds;
}

export class ValueCheck {
  /** Variables that are used. */
  readonly used: Set<string> = new Set();
  /** Whether the input is also used as a whole: then each variable is. */
  usesInput = false;
  readonly names: ValueNames = new ValueNames((scope) => this.binding(scope));
  readonly #findings: TemplateFindings;
  readonly #loopVariables: LoopVariableCheck;
  readonly #helpers: HelperLookup;
  readonly #input: Shape;
  readonly #bindings = new Map<number, Binding>();
  /** What the helpers give that are called, by their names. */
  readonly #results = new Map<string, Shape>();
  /** What a test around this place has shown values not to be (null, `undefined`), by their keys. */
  readonly #guards = new Map<string, Kinds>();

  constructor(input: Shape, helpers: HelperLookup, findings: TemplateFindings, loopVariables: LoopVariableCheck) {
    this.#input = input;
    this.#loopVariables = loopVariables;
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

  /** Runs `visit` where a test has shown something of some values. */
  guarded(shown: readonly ShownValue[], visit: () => void): void {
    const before: (readonly [string, Kinds])[] = [];
    // What null and `undefined` lead to is null and `undefined` again.
    for (const { value, isNot } of shown)
      for (const key of this.#shownKeys(value)) {
        const known = this.#shownOf(key);
        if ((isNot & ~known) === 0) continue;
        this.#guards.set(key, known | isNot);
        before.push([key, known]);
      }
    visit();
    for (const [key, known] of before.reverse()) this.#guards.set(key, known);
  }

  #shownOf(key: string): Kinds {
    return this.#guards.get(key) ?? 0;
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
      const value = this.names.of(expression, at);
      const member = shape.memberNames[0];
      this.#findings.report(
        code,
        { value, written: this.names.written(expression), member },
        originOf(expression) ?? at,
      );
    } else if (!asked) this.there(expression, shape, at);
  }

  /** A value that has to be there. */
  there(expression: Expression, shape: Shape, at: Origin): void {
    if (shape.isOptional) this.#reportOptional(expression, "", at);
  }

  /** @param path From the value to what may be missing in it: `.name`. */
  #reportOptional(expression: Expression, path: string, at: Origin): void {
    if (expression.kind !== "path" && expression.kind !== "call") return;
    const key = this.#key(expression);
    const shown = key === undefined ? 0 : this.#shownOf(key + path.replaceAll(".", "\n"));
    if (shown === NOTHING || (path !== "" && (shown & UNDEFINED) !== 0)) return;
    const name = this.names.of(expression, at);
    const written = this.names.written(expression);
    const inside = written === undefined ? `"${path}" of ${name}` : `"${written}${path}"`;
    const args = {
      value: path === "" ? name : inside,
      written: written === undefined || path.includes("[") ? undefined : written + path,
      helper: this.names.helper(expression),
    };
    this.#findings.report("template/optional-value", args, originOf(expression) ?? at);
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

  #path(path: Path, at: Origin, asked: boolean): Shape {
    const { base, members } = path;
    if (base.kind === "data") {
      this.#loopVariables.data(path, asked);
      return UNKNOWN;
    }
    const binding = base.kind === "scope" ? this.binding(base.scope) : undefined;
    let shape = binding?.shape ?? loopShape(base.kind === "loop" ? base.variable : "key");
    const [variable] = members;
    if (variable !== undefined && binding !== undefined && binding.isInput !== false) this.used.add(variable);
    let isMissed = false;
    for (const [index, name] of members.entries()) {
      if (isAnything(shape.kinds)) this.#reportForeign(path, index, binding, at);
      if (shape.isOptional) {
        if (!isMissed && this.#shown(shape, binding, members, index).isOptional) {
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
    shape = this.#shown(shape, binding, members, members.length);
    // Of what is reported once, nothing more is said.
    return isMissed && asked ? union([shape, NOT_THERE]) : shape;
  }

  /** The shape of a path's first members, without what a test has ruled out. */
  #shown(shape: Shape, binding: Binding | undefined, members: readonly string[], count: number): Shape {
    if (!shape.isOptional || binding === undefined || this.#guards.size === 0) return shape;
    return shape.without(this.#shownOf(joinKey(binding.key, members, count)));
  }

  /** What a path looks into may be missing: the scope itself, or one of its members. */
  #reportMissing(path: Path, index: number, binding: Binding | undefined, at: Origin): void {
    if (index > 0) {
      const written = textUpTo(path, index - 1, at);
      const args = { value: `"${written}"`, written, helper: this.names.helperBehind(binding) };
      this.#findings.report("template/optional-value", args, memberOrigin(path, index - 1, at));
    } else if (binding !== undefined) {
      const isWritten = !binding.isItem && binding.origin !== undefined;
      const args = {
        value: this.names.ofBinding(binding),
        written: isWritten && binding.of ? this.names.written(binding.of) : "this",
        helper: this.names.helperBehind(binding),
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
      index > 0 ? `"${textUpTo(path, index - 1, at)}"` : binding === undefined ? '"@"' : this.names.ofBinding(binding);
    const isVariable = index === 0 && binding !== undefined && this.#input.memberNames.includes(member);
    const variable = isVariable ? member : undefined;
    const helper = this.names.helperBehind(binding);
    if ((shape.kinds & OBJECT) !== 0)
      this.#findings.report(
        "template/unknown-member",
        { value, member, nearest: near, variable, helper, instead },
        origin,
      );
    else {
      const list = (shape.kinds & LIST) === 0 ? undefined : index > 0 ? textUpTo(path, index - 1, at) : "this";
      const args = { value, kind: nameKinds(shape.kinds), member, list, variable, helper, instead };
      this.#findings.report("template/no-members", args, origin);
    }
  }

  /** A name that may be there, as nothing is known of where it is looked for, and that is certainly meant otherwise. */
  #reportForeign(path: Path, index: number, binding: Binding | undefined, at: Origin): void {
    const instead = this.#insteadOfForeign(path, index, binding, at);
    if (instead === undefined) return;
    const name = path.members[index] ?? "";
    this.#findings.report("template/foreign-name", { name, instead }, memberOrigin(path, index, at));
  }

  /** What a name that is not there means elsewhere. */
  #insteadOf(path: Path, index: number, binding: Binding | undefined, shape: Shape, at: Origin): string | undefined {
    const { members } = path;
    const member = members[index] ?? "";
    const foreign = this.#insteadOfForeign(path, index, binding, at);
    if (foreign !== undefined) return foreign;
    if ((shape.kinds & ~NOTHING) === LIST && index > 0 && !shape.item().memberNames.includes(member)) {
      const list = textUpTo(path, index - 1, at);
      const rest = textOf(path.origin ?? at).slice(textUpTo(path, index, at).length);
      return insteadOfListMember(list, member, rest);
    }
    if (index > 0) return undefined;
    if (binding?.isItem === true) return insteadOfLoopName(members, this.#listOf(binding));
    // `${{ secrets.TOKEN }}` of GitHub's workflows.
    const { before } = around(path.origin ?? at);
    return binding?.isInput === true && members.length > 1 && before.trimEnd().endsWith("${{")
      ? "declare it there, or write $\\{{ where braces are text"
      : undefined;
  }

  /** What only another language means by a name. */
  #insteadOfForeign(path: Path, index: number, binding: Binding | undefined, at: Origin): string | undefined {
    const { members } = path;
    const origin = path.origin ?? at;
    const chain = insteadOfOptionalChain(members, index, textOf(origin));
    if (chain !== undefined || index > 0 || binding === undefined) return chain;
    if (members.length === 1) return insteadOfLoneName(members[0] ?? "", around(origin));
    return binding.isItem ? insteadOfLoopObject(members, this.#listOf(binding)) : undefined;
  }

  #listOf({ of }: Binding): string | undefined {
    return of && this.names.written(of);
  }

  #lookup({ object, key, origin }: Lookup, asked: boolean): Shape {
    const shape = this.shape(object, origin, asked);
    if (!asked) this.there(object, shape, origin);
    if (key.kind === "literal") {
      const name = String(key.value);
      if (this.#isInput(object)) this.used.add(name);
      const member = shape.present.member(name);
      if (member !== undefined) return member;
      const helper = this.names.helper(object);
      const args = { value: this.names.of(object, origin), member: name, variable: undefined, helper };
      if ((shape.kinds & OBJECT) !== 0) {
        const near = nearest(name, shape.memberNames);
        this.#findings.report("template/unknown-member", { ...args, nearest: near }, origin);
      } else {
        const rest = { kind: nameKinds(shape.kinds), list: undefined };
        this.#findings.report("template/no-members", { ...args, ...rest }, originOf(object) ?? origin);
      }
      return UNKNOWN;
    }
    this.text(key, origin, asked);
    this.handOn(object);
    if (this.isOneOf(shape, CONTAINER)) return (shape.kinds & (LIST | OBJECT)) === 0 ? A_STRING : shape.item().present;
    const args = {
      value: this.names.of(object, origin),
      kind: nameKinds(shape.kinds),
      member: textOf(originOf(key) ?? origin),
    };
    this.#findings.report(
      "template/no-members",
      { ...args, list: undefined, variable: undefined, helper: this.names.helper(object) },
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
      return { shape, there: (path) => this.#reportOptional(argument.value, path, argument.origin) };
    });
    const result = this.#results.get(call.helper) ?? typeShape(signature.returns);
    this.#results.set(call.helper, result);
    const key = this.#key(call);
    return key !== undefined && result.isOptional ? result.without(this.#shownOf(key)) : result;
  }

  #extend({ object, entries }: Extend, at: Origin): Shape {
    const shape = this.shape(object, at, true);
    const members = new Map(entries.map(([name, value]) => [name, this.shape(value, at, true)]));
    // What becomes of texts and lists that are laid over is nobody's intention.
    return new OverlaidShape((shape.kinds & ~NOTHING) === OBJECT ? shape.present : UNKNOWN, members);
  }

  #key(expression: Expression): string | undefined {
    if (expression.kind === "extend" && expression.entries.length === 0) return this.#key(expression.object);
    if (expression.kind === "literal") return JSON.stringify(expression.value) ?? "undefined";
    if (expression.kind === "call") return this.#keyOfCall(expression);
    if (expression.kind !== "path" || expression.base.kind !== "scope") return undefined;
    const { members } = expression;
    return joinKey(this.binding(expression.base.scope).key, members, members.length);
  }

  /** The same call gives the same again. */
  #keyOfCall({ helper, positional, named }: Call): string | undefined {
    const keys = [
      ...positional.map(({ value }) => this.#key(value)),
      ...named.map(([name, { value }]) => prefixed(`${name}=`, this.#key(value))),
    ];
    return keys.includes(undefined) ? undefined : `(${[helper, ...keys].join("\t")})`;
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
        return [
          ...expression.positional.flatMap(({ value }) => this.#shownKeys(value)),
          ...[this.#key(expression)].filter((key) => key !== undefined),
        ];
      case "extend":
        return this.#shownKeys(expression.object);
    }
  }
}

function around({ source: { text }, start, end }: Origin): Around {
  return { before: text.slice(Math.max(0, start - 10), start), behind: text.slice(end, end + 2) };
}

function loopShape(variable: "key" | "index" | "first" | "last"): Shape {
  if (variable === "key") return A_KEY;
  return variable === "index" ? A_NUMBER : A_BOOLEAN;
}

function prefixed(prefix: string, key: string | undefined): string | undefined {
  return key === undefined ? undefined : prefix + key;
}

function joinKey(key: string, members: readonly string[], count: number): string {
  let joined = key;
  for (let index = 0; index < count; index++) joined += `\n${members[index]}`;
  return joined;
}
