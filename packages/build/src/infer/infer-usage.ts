// How a template uses its input: which variables, as what (text, condition, list, object), and whether each may be
// missing. Runs when a prompt declares no schema; ../check/value-check.ts is the interpreter for templates with one.

import type { HelperParameter } from "../language/helper-signature.js";
import { kindOfValue, kindsOf, NOTHING, STRING, UNDEFINED } from "../language/kinds.js";
import type { Expression, Node, Origin, PartialFunction, Scope, Template, Test } from "../template/ir.js";
import type { HelperLookup } from "../template/lowering.js";
import { Combination, member, newUsage, type Usage } from "./usage.js";

export interface TemplateUsage {
  /** Of the input itself; its members are the variables, in order of first use. */
  readonly input: Usage;
  /** Of the contexts of partials that include themselves. */
  readonly partials: ReadonlyMap<PartialFunction, Usage>;
  /** Whether these are not all values: there are too many. */
  readonly isTooLarge: boolean;
}

export function inferUsage(template: Template, helpers: HelperLookup): TemplateUsage {
  const input = newUsage();
  const inference = new Inference(helpers);
  inference.bind(template.input, input);
  inference.nodes(template.nodes, NO_GUARDS);
  const partials = new Map<PartialFunction, Usage>();
  for (const partial of template.partials) {
    const context = newUsage();
    partials.set(partial, context);
    inference.bind(partial.scope, context);
    inference.nodes(partial.body, NO_GUARDS);
  }
  return { input, partials, isTooLarge: inference.isTooLarge };
}

/** The values that the tests around a place have shown to be present. */
type Guards = ReadonlySet<Usage>;

const NO_GUARDS: Guards = new Set();

type Path = Extract<Expression, { kind: "path" }>;
type Extend = Extract<Expression, { kind: "extend" }>;

class Inference {
  readonly #helpers: HelperLookup;
  readonly #combination = new Combination();
  readonly #scopes = new Map<number, Usage | undefined>();
  readonly #loops = new Map<number, Usage>();
  /** By scope: the context of a partial, and the values that it is reached through. */
  readonly #contexts = new Map<number, readonly Usage[]>();
  /** Overlays of the contexts that hash arguments extend, by scope. */
  readonly #overlays = new Map<number, Extend>();

  constructor(helpers: HelperLookup) {
    this.#helpers = helpers;
  }

  get isTooLarge(): boolean {
    return this.#combination.isTooLarge;
  }

  bind(scope: Scope, usage: Usage | undefined): void {
    this.#scopes.set(scope.id, usage);
  }

  nodes(nodes: readonly Node[], guards: Guards): void {
    for (const node of nodes) this.#node(node, guards);
  }

  #node(node: Node, guards: Guards): void {
    switch (node.kind) {
      case "text":
      case "role":
      case "history":
      case "slot":
        return;
      case "output": {
        const usage = this.#require(node.value, guards);
        if (usage !== undefined) usage.text = true;
        return;
      }
      case "if":
        this.#if(node, guards);
        return;
      case "each": {
        const list = this.#require(node.list, guards);
        if (list !== undefined) {
          list.items ??= newUsage();
          this.#loops.set(node.scope.id, list);
        }
        this.bind(node.scope, list?.items);
        this.nodes(node.body, guards);
        this.nodes(node.otherwise, guards);
        return;
      }
      case "with": {
        if (!this.#bindOverlay(node.scope, node.value)) this.bind(node.scope, this.#probe(node.value, guards));
        this.nodes(node.body, this.#guarded(guards, [node.value]));
        this.nodes(node.otherwise, guards);
        return;
      }
      case "section":
        this.#section(node, guards);
        return;
      case "let":
        if (!this.#bindOverlay(node.scope, node.value)) this.bind(node.scope, this.#resolve(node.value));
        if (node.value.kind === "path") this.#contexts.set(node.scope.id, this.#follow(node.value));
        this.nodes(node.body, guards);
        return;
      case "indent":
        this.nodes(node.body, guards);
        return;
      case "include":
        this.#require(node.context, guards)?.partials.add(node.partial);
        return;
      case "media": {
        const url = this.#require(node.url, guards);
        if (url !== undefined) url.wanted &= STRING;
        const type = node.contentType && this.#require(node.contentType, guards);
        if (type !== undefined) type.wanted &= STRING;
      }
    }
  }

  #if({ test, then, otherwise }: Extract<Node, { kind: "if" }>, guards: Guards): void {
    if (test.kind === "present") {
      this.#probe(test.value, guards);
      this.nodes(then, this.#guarded(guards, [test.value]));
      // A project's helper may test anything about its arguments: in both branches they count as guarded.
      this.nodes(otherwise, test.value.kind === "call" ? this.#guarded(guards, [test.value]) : guards);
      return;
    }
    this.#compare(test.left, test.right, guards);
    this.#compare(test.right, test.left, guards);
    const { inThen, inOtherwise } = guardsOf(test);
    this.nodes(then, this.#guarded(guards, inThen));
    this.nodes(otherwise, this.#guarded(guards, inOtherwise));
  }

  #compare(value: Expression, other: Expression, guards: Guards): void {
    const usage = this.#probe(value, guards);
    if (usage !== undefined && other.kind === "literal") usage.compared |= kindOfValue(other.value);
  }

  /**
   * For a list, the body's context is each item; for an object, the object; for `true`, the surrounding context, whose
   * members are then used as well.
   */
  #section({ value, context, scope, body, otherwise }: Extract<Node, { kind: "section" }>, guards: Guards): void {
    const usage = this.#probe(value, guards);
    if (usage !== undefined) usage.section ??= newUsage();
    const inside = usage?.section;
    this.bind(scope, inside);
    this.nodes(body, this.#guarded(guards, [value]));
    if (inside !== undefined) {
      const [object, overlaid] =
        context.kind === "extend"
          ? [context.object, new Set(context.entries.map(([name]) => name))]
          : [context, new Set<string>()];
      if (context.kind === "extend") this.#declareOverlay(context);
      for (const [name, used] of inside.members) {
        const same = overlaid.has(name) ? undefined : this.#memberOf(object, name, used.origin).at(-1);
        if (same === undefined) continue;
        this.#combination.absorb(same, used);
        same.tested = true;
      }
    }
    this.nodes(otherwise, guards);
  }

  /** The usage of a value that is required here. Every unguarded value on the way to it is recorded as required. */
  #require(expression: Expression, guards: Guards): Usage | undefined {
    switch (expression.kind) {
      case "literal":
        return undefined;
      case "path": {
        const chain = this.#follow(expression);
        const shown = chain.findLastIndex((usage) => guards.has(usage));
        for (const usage of chain.slice(shown + 1)) usage.unguarded = true;
        const value = chain.at(-1) ?? this.#resolve(expression);
        if (chain.length === 0 && value !== undefined && !guards.has(value)) value.unguarded = true;
        return value;
      }
      case "lookup": {
        const value = this.#lookup(expression, (part) => this.#require(part, guards));
        if (value !== undefined && !guards.has(value)) value.unguarded = true;
        return value;
      }
      case "json":
        this.#require(expression.value, guards);
        if (expression.indent !== undefined) this.#require(expression.indent, guards);
        return undefined;
      case "untrusted":
        this.#insertUntrusted(this.#require(expression.value, guards));
        return undefined;
      case "call":
        this.#call(expression, guards, false);
        return undefined;
      case "extend":
        return this.#resolve(expression);
    }
  }

  /** The usage of a value that a test asks about: it may be missing. */
  #probe(expression: Expression, guards: Guards): Usage | undefined {
    switch (expression.kind) {
      case "literal":
        return undefined;
      case "path": {
        const chain = this.#follow(expression);
        const value = chain.at(-1) ?? this.#resolve(expression);
        for (const usage of chain) usage.tested = true;
        if (value !== undefined) value.tested = true;
        return value;
      }
      case "lookup": {
        const value = this.#lookup(expression, (part) => this.#probe(part, guards));
        if (value !== undefined) value.tested = true;
        return value;
      }
      case "json":
        this.#probe(expression.value, guards);
        return undefined;
      case "untrusted":
        this.#insertUntrusted(this.#probe(expression.value, guards));
        return undefined;
      case "call":
        this.#call(expression, guards, true);
        return undefined;
      case "extend":
        return this.#resolve(expression);
    }
  }

  #insertUntrusted(usage: Usage | undefined): void {
    if (usage === undefined) return;
    usage.text = true;
    usage.untrusted = true;
  }

  #lookup(
    { object, key, origin }: Extract<Expression, { kind: "lookup" }>,
    visit: (part: Expression) => Usage | undefined,
  ): Usage | undefined {
    const container = visit(object);
    if (key.kind === "literal") return container && member(container, String(key.value), origin);
    const named = visit(key);
    if (named !== undefined) named.text = true;
    if (container !== undefined) container.whole = true;
    return undefined;
  }

  /** A helper's parameters determine the kinds of its arguments. An optional parameter makes its argument optional. */
  #call(call: Extract<Expression, { kind: "call" }>, guards: Guards, asked: boolean): void {
    const signature = this.#helpers.get(call.helper);
    if (signature === undefined) throw new Error(`the helper "${call.helper}" has no signature`);
    const take = (value: Expression, parameter: Omit<HelperParameter, "name"> | undefined) => {
      const { type, optional } = parameter ?? { type: "any", optional: false };
      const wanted = kindsOf(type);
      const isOptional = optional || (type !== "any" && (wanted & UNDEFINED) !== 0) || (asked && type === "any");
      const usage = isOptional ? this.#probe(value, guards) : this.#require(value, guards);
      if (usage !== undefined) usage.wanted &= wanted;
    };
    const rest = signature.rest === undefined ? undefined : { ...signature.rest, optional: false };
    for (const [index, { value }] of call.positional.entries()) take(value, signature.positional[index] ?? rest);
    for (const [name, { value }] of call.named)
      take(
        value,
        signature.named.find((parameter) => parameter.name === name),
      );
  }

  /** Binds a context that hash arguments extend. False if the value is not such a context. */
  #bindOverlay(scope: Scope, value: Expression): boolean {
    const overlay = this.#overlayOf(value);
    if (overlay === undefined) return false;
    this.bind(scope, undefined);
    this.#overlays.set(scope.id, overlay);
    this.#declareOverlay(overlay);
    return true;
  }

  /** Hash arguments name their values: each is a variable, even if the partial does not use it. */
  #declareOverlay({ entries }: Extend): void {
    for (const [, entry] of entries)
      if (entry.kind === "path") this.#provenPresent(entry);
      else this.#require(entry, NO_GUARDS);
  }

  #overlayOf(value: Expression): Extend | undefined {
    if (value.kind === "extend") return value.entries.length > 0 ? value : this.#overlayOf(value.object);
    if (value.kind !== "path" || value.base.kind !== "scope" || value.members.length > 0) return undefined;
    return this.#overlays.get(value.base.scope.id);
  }

  /** The usages on the way to a member, and the member's own; none if they cannot be known. */
  #memberOf(object: Expression, name: string, origin: Origin | undefined): Usage[] {
    if (object.kind === "extend") {
      const [, entry] = object.entries.find(([key]) => key === name) ?? [];
      if (entry === undefined) return this.#memberOf(object.object, name, origin);
      return entry.kind === "path" ? [...this.#provenPresent(entry)] : [];
    }
    return object.kind === "path" ? this.#follow({ ...object, members: [...object.members, name], origin }) : [];
  }

  /** The usages along a path, without its start unless that is a partial's context. */
  #follow({ base, members, origin }: Path): Usage[] {
    if (base.kind !== "scope") return [];
    const overlay = this.#overlays.get(base.scope.id);
    const [first, ...inside] = members;
    const isOverlaid = overlay !== undefined && first !== undefined;
    const chain = isOverlaid ? this.#memberOf(overlay, first, origin) : [...(this.#contexts.get(base.scope.id) ?? [])];
    let usage = isOverlaid ? chain.at(-1) : this.#scopes.get(base.scope.id);
    for (const name of isOverlaid ? inside : members) {
      if (usage === undefined) break;
      usage = member(usage, name, origin);
      chain.push(usage);
    }
    return chain;
  }

  /** The usage of the value that an expression names, without recording a use; `undefined` if it cannot be known. */
  #resolve(expression: Expression): Usage | undefined {
    switch (expression.kind) {
      case "path": {
        const { base, members } = expression;
        if (base.kind === "loop") {
          const list = this.#loops.get(base.scope.id);
          if (list !== undefined && base.variable === "key") list.keyed = true;
        }
        if (base.kind !== "scope") return undefined;
        const overlay = this.#overlays.get(base.scope.id);
        if (overlay !== undefined && members.length === 0) return this.#resolve(overlay);
        return members.length === 0 ? this.#scopes.get(base.scope.id) : this.#follow(expression).at(-1);
      }
      case "extend": {
        const object = this.#resolve(expression.object);
        if (expression.entries.length === 0) return object;
        if (object !== undefined) object.whole = true;
        for (const [, value] of expression.entries) {
          const usage = this.#resolve(value);
          if (usage !== undefined) usage.whole = true;
        }
        return undefined;
      }
      default:
        return this.#require(expression, NO_GUARDS);
    }
  }

  /**
   * The guards, extended by what a test shows: that a value is present, and so is everything it was reached through.
   */
  #guarded(guards: Guards, shown: readonly Expression[]): Guards {
    const usages = shown.flatMap((expression) => this.#provenPresent(expression));
    return usages.length === 0 ? guards : new Set([...guards, ...usages]);
  }

  #provenPresent(expression: Expression): readonly Usage[] {
    switch (expression.kind) {
      case "path": {
        const usage = expression.members.length === 0 ? this.#resolve(expression) : undefined;
        return usage === undefined ? this.#follow(expression) : [usage];
      }
      case "lookup":
        return this.#provenPresent(expression.object);
      case "call":
        return expression.positional.flatMap(({ value }) => this.#provenPresent(value));
      default:
        return [];
    }
  }
}

/** Which of two compared values each branch may take for granted. */
function guardsOf({ left, right }: Extract<Test, { kind: "equal" }>): {
  inThen: readonly Expression[];
  inOtherwise: readonly Expression[];
} {
  const [value, other] = left.kind === "literal" ? [right, left] : [left, right];
  if (other.kind !== "literal") return { inThen: [], inOtherwise: [] };
  const isNothing = (kindOfValue(other.value) & NOTHING) !== 0;
  return isNothing ? { inThen: [], inOtherwise: [value] } : { inThen: [value], inOtherwise: [] };
}
