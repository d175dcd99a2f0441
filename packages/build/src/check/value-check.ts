// The static types of a template's expressions, by the input's schema and the helpers' signatures, and whether values can
// be used as they are. The other interpreter of templates, ../infer/infer-usage.ts, works without a schema: it infers one.

import { suggestForDeclared } from "../hints/schema-habits.js";
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
import { FlowGuards, type Guard } from "./flow-guards.js";
import { helperType } from "./helper-type.js";
import { textOf } from "./path-segments.js";
import {
  A_BOOLEAN,
  A_KEY,
  A_NUMBER,
  A_STRING,
  ABSENT,
  ExtendedType,
  KindType,
  type StaticType,
  UNKNOWN,
  union,
} from "./static-type.js";
import type { TemplateFindings } from "./template-findings.js";
import { type Binding, originOf, ValueNames } from "./value-names.js";
import { ValueReports } from "./value-reports.js";

type Path = Extract<Expression, { kind: "path" }>;
type Lookup = Extract<Expression, { kind: "lookup" }>;
type Call = Extract<Expression, { kind: "call" }>;
type Extend = Extract<Expression, { kind: "extend" }>;

export class ValueCheck {
  /** Variables that are used. */
  readonly used: Set<string> = new Set();
  /** Whether the input is also used as a whole: then each variable is. */
  usesInput = false;
  readonly names: ValueNames = new ValueNames((scope) => this.binding(scope));
  readonly #findings: TemplateFindings;
  readonly #loopVariables: LoopVariableCheck;
  readonly #helpers: HelperLookup;
  readonly #bindings = new Map<number, Binding>();
  /** Result types of the helpers that are called, by name. */
  readonly #results = new Map<string, StaticType>();
  readonly #guards = new FlowGuards((scope) => this.binding(scope));
  readonly #reports: ValueReports;

  constructor(input: StaticType, helpers: HelperLookup, findings: TemplateFindings, loopVariables: LoopVariableCheck) {
    this.#loopVariables = loopVariables;
    this.#helpers = helpers;
    this.#findings = findings;
    this.#reports = new ValueReports(findings, this.names, input.memberNames);
  }

  /** Runs `visit` where a test has shown something about some values. */
  withGuards(guards: readonly Guard[], visit: () => void): void {
    this.#guards.within(guards, visit);
  }

  bind(scope: Scope, binding: Binding): void {
    this.#bindings.set(scope.id, binding);
  }

  binding(scope: Scope): Binding {
    const binding = this.#bindings.get(scope.id);
    if (binding === undefined) throw new Error(`scope ${scope.id} is used before it is bound`);
    return binding;
  }

  /**
   * The type of an expression's value. Members that cannot exist are reported, and objects on the way to it that may be missing.
   *
   * @param at Where the expression is written, if it has no origin of its own.
   * @param asked Whether a test only asks if the value is present: then everything on the way to it may be missing.
   */
  type(expression: Expression, at: Origin, asked = false): StaticType {
    switch (expression.kind) {
      case "literal":
        return new KindType(kindOfValue(expression.value), [expression.value]);
      case "path":
        return this.#path(expression, at, asked);
      case "lookup":
        return this.#lookup(expression, asked);
      case "json":
        this.#json(expression.value, expression.origin, asked);
        if (expression.indent !== undefined) this.type(expression.indent, expression.origin);
        return A_STRING;
      case "untrusted":
        this.#untrusted(expression.value, expression.origin, asked);
        return A_STRING;
      case "call":
        return this.#call(expression, asked);
      case "extend":
        return this.#extend(expression, at);
    }
  }

  /** Checks a value that is inserted as text. */
  text(expression: Expression, at: Origin, asked = false): void {
    const type = this.type(expression, at, asked);
    this.markWholeUse(expression);
    const { kinds } = type;
    if ((kinds & (TEXT | LIST | OBJECT)) === 0) return;
    if ((kinds & TEXT) === 0) {
      const place = originOf(expression) ?? at;
      const args = { value: this.names.of(expression, at), written: this.names.written(expression) };
      if ((kinds & LIST) !== 0) this.#findings.report("template/list-as-text", args, place);
      else {
        const member = type.memberNames[0];
        const instead = suggestForDeclared(args.written, type.memberNames);
        this.#findings.report("template/object-as-text", { ...args, member, instead }, place);
      }
    } else if (!asked) this.requirePresent(expression, type, at);
  }

  /** Reports a value that may be missing where it is required. */
  requirePresent(expression: Expression, type: StaticType, at: Origin): void {
    if (type.isOptional) this.#requirePart(expression, "", at);
  }

  /** Whether a value may be of one of these kinds. Null and `undefined` are reported elsewhere. */
  isAssignableTo(type: StaticType, kinds: Kinds): boolean {
    return (type.kinds & kinds) !== 0 || (type.kinds & ~NOTHING) === 0;
  }

  /** Records that a value is used as a whole: if it is the input, every variable is used. */
  markWholeUse(expression: Expression): void {
    if (expression.kind === "extend") this.markWholeUse(expression.object);
    else if (this.#isInput(expression)) this.usesInput = true;
  }

  /** @param path From the value to the part of it that is required: `.name`. */
  #requirePart(expression: Expression, path: string, at: Origin): void {
    if (expression.kind !== "path" && expression.kind !== "call") return;
    if (!this.#guards.isPresent(expression, path, NOTHING)) this.#reports.optionalValue(expression, path, at);
  }

  /** The key by which guards remember a value; a new one for a value that cannot be named again. */
  keyOf(expression: Expression, scope: Scope): string {
    return this.#guards.keyOf(expression) ?? `#${scope.id}`;
  }

  #isInput(expression: Expression): boolean {
    return (
      expression.kind === "path" &&
      expression.members.length === 0 &&
      expression.base.kind === "scope" &&
      this.binding(expression.base.scope).isInput !== false
    );
  }

  #path(path: Path, at: Origin, asked: boolean): StaticType {
    const { base, members } = path;
    if (base.kind === "data") {
      this.#loopVariables.data(path, asked);
      return UNKNOWN;
    }
    const binding = base.kind === "scope" ? this.binding(base.scope) : undefined;
    let type = binding?.type ?? loopType(base.kind === "loop" ? base.variable : "key");
    const [variable] = members;
    if (variable !== undefined && binding !== undefined && binding.isInput !== false) this.used.add(variable);
    let isMissed = false;
    for (const [index, name] of members.entries()) {
      const place = { path, index, binding, at };
      if (isAnything(type.kinds)) this.#reports.otherLanguageName(place);
      if (type.isOptional) {
        if (!isMissed && this.#guards.narrowPath(type, binding, members, index).isOptional) {
          if (!asked) this.#reports.optionalObject(place);
          isMissed = true;
        }
        type = type.present;
      }
      const member = type.member(name);
      if (member === undefined) {
        this.#reports.noMember(place, type);
        return UNKNOWN;
      }
      type = member;
    }
    type = this.#guards.narrowPath(type, binding, members, members.length);
    // A missing object has been reported: the value itself may be missing as well.
    return isMissed && asked ? union([type, ABSENT]) : type;
  }

  #lookup({ object, key, origin }: Lookup, asked: boolean): StaticType {
    const type = this.type(object, origin, asked);
    if (!asked) this.requirePresent(object, type, origin);
    if (key.kind === "literal") {
      const name = String(key.value);
      if (this.#isInput(object)) this.used.add(name);
      const member = type.present.member(name);
      if (member !== undefined) return member;
      const helper = this.names.helper(object);
      const args = { value: this.names.of(object, origin), member: name, variable: undefined, helper };
      if ((type.kinds & OBJECT) !== 0) {
        const near = this.#findings.suggestions.nearest(name, type.memberNames);
        this.#findings.report("template/unknown-member", { ...args, nearest: near }, origin);
      } else {
        const rest = { kind: nameKinds(type.kinds), list: undefined };
        this.#findings.report("template/no-members", { ...args, ...rest }, originOf(object) ?? origin);
      }
      return UNKNOWN;
    }
    this.text(key, origin, asked);
    this.markWholeUse(object);
    if (this.isAssignableTo(type, CONTAINER))
      return (type.kinds & (LIST | OBJECT)) === 0 ? A_STRING : type.item().present;
    const args = {
      value: this.names.of(object, origin),
      kind: nameKinds(type.kinds),
      member: textOf(originOf(key) ?? origin),
    };
    this.#findings.report(
      "template/no-members",
      { ...args, list: undefined, variable: undefined, helper: this.names.helper(object) },
      originOf(object) ?? origin,
    );
    return UNKNOWN;
  }

  /** JSON has a text for null and none for `undefined`. */
  #json(value: Expression, origin: Origin, asked: boolean): void {
    const type = this.type(value, origin, asked);
    this.markWholeUse(value);
    if (!asked && (type.kinds & UNDEFINED) !== 0) this.requirePresent(value, type, origin);
  }

  /** Every value has a text between delimiters, but for one that is missing. */
  #untrusted(value: Expression, origin: Origin, asked: boolean): void {
    const type = this.type(value, origin, asked);
    this.markWholeUse(value);
    if (!asked) this.requirePresent(value, type, origin);
  }

  #call(call: Call, asked: boolean): StaticType {
    const types = new Map(
      [...call.positional, ...call.named.map(([, argument]) => argument)].map((argument) => {
        this.markWholeUse(argument.value);
        return [argument, this.type(argument.value, argument.origin, asked)];
      }),
    );
    const signature = this.#helpers.get(call.helper);
    if (signature === undefined) throw new Error(`the helper "${call.helper}" has no signature`);
    checkCall(call, signature, this.#findings, (argument) => {
      const type = types.get(argument) ?? UNKNOWN;
      return { type, requirePresent: (path) => this.#requirePart(argument.value, path, argument.origin) };
    });
    const result = this.#results.get(call.helper) ?? helperType(signature.returns);
    this.#results.set(call.helper, result);
    return this.#guards.narrowCall(call, result);
  }

  #extend({ object, entries }: Extend, at: Origin): StaticType {
    const type = this.type(object, at, true);
    const members = new Map(entries.map(([name, value]) => [name, this.type(value, at, true)]));
    // Extending a string or a list is legal in Handlebars and never intended: its members are not known.
    return new ExtendedType((type.kinds & ~NOTHING) === OBJECT ? type.present : UNKNOWN, members);
  }
}

function loopType(variable: "key" | "index" | "first" | "last"): StaticType {
  if (variable === "key") return A_KEY;
  return variable === "index" ? A_NUMBER : A_BOOLEAN;
}
