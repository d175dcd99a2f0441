// How a template uses its input: which variables, as what (text, condition, list, object), and whether it can do without.

import type { HelperParameter } from "./helper-signature.js";
import type { Expression, Node, Origin, PartialFunction, Scope, Template, Test } from "./ir.js";
import { EVERY_KIND, type Kinds, kindOfValue, kindsOf, NOTHING, STRING, UNDEFINED } from "./kinds.js";
import type { HelperLookup } from "./lowering.js";

/** The uses of one value, all places together. */
export interface Usage {
  /** Its text is inserted. */
  text: boolean;
  /** It is asked whether it is there. */
  tested: boolean;
  /** It is used somewhere that is not behind a test of it. */
  unguarded: boolean;
  /** It is walked by `{{#each}}`: the uses of its items. */
  items: Usage | undefined;
  /** The walk asks for keys, as one does of an object. */
  keyed: boolean;
  /** It begins a section `{{#name}}`: the uses of its items, if it is a list, or else of itself. */
  section: Usage | undefined;
  /** It is handed on whole, or looked into by a computed key: its members cannot all be known. */
  whole: boolean;
  /** The kinds that it must be of: a helper takes no other. */
  wanted: Kinds;
  /** The kinds of what it is compared with. */
  compared: Kinds;
  /** It is the context of a partial that includes itself. */
  readonly partials: Set<PartialFunction>;
  readonly members: Map<string, Usage>;
  /** The first place of use. */
  origin: Origin | undefined;
}

export interface TemplateUsage {
  /** Of the input itself; its members are the variables, in order of first use. */
  readonly input: Usage;
  /** Of the contexts of partials that include themselves. */
  readonly partials: ReadonlyMap<PartialFunction, Usage>;
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
  return { input, partials };
}

/** Whether anything at all is known of a value. */
export function isUsed(usage: Usage): boolean {
  const { text, items, section, whole, wanted, compared, partials, members } = usage;
  const hasForm = text || whole || items !== undefined || section !== undefined || members.size > 0;
  return hasForm || partials.size > 0 || wanted !== EVERY_KIND || compared !== 0;
}

function newUsage(): Usage {
  return {
    text: false,
    tested: false,
    unguarded: false,
    items: undefined,
    keyed: false,
    section: undefined,
    whole: false,
    wanted: EVERY_KIND,
    compared: 0,
    partials: new Set(),
    members: new Map(),
    origin: undefined,
  };
}

/** The values that a test around this place has shown to be there. */
type Guards = ReadonlySet<Usage>;

const NO_GUARDS: Guards = new Set();

type Path = Extract<Expression, { kind: "path" }>;

class Inference {
  readonly #helpers: HelperLookup;
  readonly #scopes = new Map<number, Usage | undefined>();
  readonly #loops = new Map<number, Usage>();
  /** The values that the context of a partial is reached through, and itself, by its scope. */
  readonly #contexts = new Map<number, readonly Usage[]>();

  constructor(helpers: HelperLookup) {
    this.#helpers = helpers;
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
        const usage = this.#use(node.value, guards);
        if (usage !== undefined) usage.text = true;
        return;
      }
      case "if":
        this.#if(node, guards);
        return;
      case "each": {
        const list = this.#use(node.list, guards);
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
        this.bind(node.scope, this.#ask(node.value, guards));
        this.nodes(node.body, this.#guarded(guards, [node.value]));
        this.nodes(node.otherwise, guards);
        return;
      }
      case "section":
        this.#section(node, guards);
        return;
      case "let":
        this.bind(node.scope, this.#resolve(node.value));
        if (node.value.kind === "path") this.#contexts.set(node.scope.id, this.#follow(node.value));
        this.nodes(node.body, guards);
        return;
      case "indent":
        this.nodes(node.body, guards);
        return;
      case "include":
        this.#use(node.context, guards)?.partials.add(node.partial);
        return;
      case "media": {
        const url = this.#use(node.url, guards);
        if (url !== undefined) url.wanted &= STRING;
        const type = node.contentType && this.#use(node.contentType, guards);
        if (type !== undefined) type.wanted &= STRING;
      }
    }
  }

  #if({ test, then, otherwise }: Extract<Node, { kind: "if" }>, guards: Guards): void {
    if (test.kind === "present") {
      this.#ask(test.value, guards);
      this.nodes(then, this.#guarded(guards, [test.value]));
      // What a project's helper asks of its arguments nobody knows: in neither branch they count as unguarded.
      this.nodes(otherwise, test.value.kind === "call" ? this.#guarded(guards, [test.value]) : guards);
      return;
    }
    this.#compare(test.left, test.right, guards);
    this.#compare(test.right, test.left, guards);
    const { inThen, inOtherwise } = shownBy(test);
    this.nodes(then, this.#guarded(guards, inThen));
    this.nodes(otherwise, this.#guarded(guards, inOtherwise));
  }

  #compare(value: Expression, other: Expression, guards: Guards): void {
    const usage = this.#ask(value, guards);
    if (usage !== undefined && other.kind === "literal") usage.compared |= kindOfValue(other.value);
  }

  /**
   * For a list, the body's context is each item; for an object the object; for `true` the context around it stays, whose
   * members are then used, too.
   */
  #section({ value, context, scope, body, otherwise }: Extract<Node, { kind: "section" }>, guards: Guards): void {
    const usage = this.#ask(value, guards);
    if (usage !== undefined) usage.section ??= newUsage();
    const inside = usage?.section;
    this.bind(scope, inside);
    this.nodes(body, this.#guarded(guards, [value]));
    if (inside !== undefined) {
      const [object, laidOver] =
        context.kind === "extend"
          ? [context.object, new Set(context.entries.map(([name]) => name))]
          : [context, new Set<string>()];
      const around = this.#resolve(object);
      if (around !== undefined)
        for (const [name, used] of inside.members)
          if (!laidOver.has(name)) {
            const same = member(around, name, used.origin);
            absorb(same, used);
            same.tested = true;
          }
    }
    this.nodes(otherwise, guards);
  }

  /** The usage record of a value that is needed here; whatever nothing protects on the way to it is noted. */
  #use(expression: Expression, guards: Guards): Usage | undefined {
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
        const value = this.#lookup(expression, (part) => this.#use(part, guards));
        if (value !== undefined && !guards.has(value)) value.unguarded = true;
        return value;
      }
      case "json":
        this.#use(expression.value, guards);
        if (expression.indent !== undefined) this.#use(expression.indent, guards);
        return undefined;
      case "call":
        this.#call(expression, guards, false);
        return undefined;
      case "extend":
        return this.#resolve(expression);
    }
  }

  /** The usage record of a value that is asked for: it need not be there. */
  #ask(expression: Expression, guards: Guards): Usage | undefined {
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
        const value = this.#lookup(expression, (part) => this.#ask(part, guards));
        if (value !== undefined) value.tested = true;
        return value;
      }
      case "json":
        this.#ask(expression.value, guards);
        return undefined;
      case "call":
        this.#call(expression, guards, true);
        return undefined;
      case "extend":
        return this.#resolve(expression);
    }
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

  /** What a helper takes, its arguments are. One that it can do without, so can the template. */
  #call(call: Extract<Expression, { kind: "call" }>, guards: Guards, asked: boolean): void {
    const signature = this.#helpers.get(call.helper);
    if (signature === undefined) throw new Error(`the helper "${call.helper}" has no signature`);
    const take = (value: Expression, parameter: Omit<HelperParameter, "name"> | undefined) => {
      const { type, optional } = parameter ?? { type: "any", optional: false };
      const wanted = kindsOf(type);
      const isOptional = optional || (type !== "any" && (wanted & UNDEFINED) !== 0) || (asked && type === "any");
      const usage = isOptional ? this.#ask(value, guards) : this.#use(value, guards);
      if (usage !== undefined) usage.wanted &= wanted;
    };
    const rest = signature.rest === undefined ? undefined : { type: signature.rest, optional: false };
    for (const [index, { value }] of call.positional.entries()) take(value, signature.positional[index] ?? rest);
    for (const [name, { value }] of call.named)
      take(
        value,
        signature.named.find((parameter) => parameter.name === name),
      );
  }

  /** The usage records along a path, its start left out unless that is a partial's context. */
  #follow({ base, members, origin }: Path): Usage[] {
    if (base.kind !== "scope") return [];
    const chain = [...(this.#contexts.get(base.scope.id) ?? [])];
    let usage = this.#scopes.get(base.scope.id);
    for (const name of members) {
      if (usage === undefined) break;
      usage = member(usage, name, origin);
      chain.push(usage);
    }
    return chain;
  }

  /** The usage record of the value that an expression names, as it stands; `undefined` where that cannot be known. */
  #resolve(expression: Expression): Usage | undefined {
    switch (expression.kind) {
      case "path": {
        const { base, members } = expression;
        if (base.kind === "loop") {
          const list = this.#loops.get(base.scope.id);
          if (list !== undefined && base.variable === "key") list.keyed = true;
        }
        if (base.kind !== "scope") return undefined;
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
        return this.#use(expression, NO_GUARDS);
    }
  }

  /** The guards, and what a test shows: a value, and with it what it was reached through. */
  #guarded(guards: Guards, shown: readonly Expression[]): Guards {
    const usages = shown.flatMap((expression) => this.#shown(expression));
    return usages.length === 0 ? guards : new Set([...guards, ...usages]);
  }

  #shown(expression: Expression): readonly Usage[] {
    switch (expression.kind) {
      case "path": {
        const usage = expression.members.length === 0 ? this.#resolve(expression) : undefined;
        return usage === undefined ? this.#follow(expression) : [usage];
      }
      case "lookup":
        return this.#shown(expression.object);
      case "call":
        return expression.positional.flatMap(({ value }) => this.#shown(value));
      default:
        return [];
    }
  }
}

/** Which of two compared values each branch may take for granted. */
function shownBy({ left, right }: Extract<Test, { kind: "equal" }>): {
  inThen: readonly Expression[];
  inOtherwise: readonly Expression[];
} {
  const [value, other] = left.kind === "literal" ? [right, left] : [left, right];
  if (other.kind !== "literal") return { inThen: [], inOtherwise: [] };
  const isNothing = (kindOfValue(other.value) & NOTHING) !== 0;
  return isNothing ? { inThen: [], inOtherwise: [value] } : { inThen: [value], inOtherwise: [] };
}

function member(object: Usage, name: string, origin: Origin | undefined): Usage {
  let usage = object.members.get(name);
  if (usage === undefined) {
    usage = newUsage();
    usage.origin = origin;
    object.members.set(name, usage);
  }
  return usage;
}

/** The uses of several values as those of one. */
export function allOf(usages: readonly Usage[]): Usage {
  const all = newUsage();
  for (const usage of usages) absorb(all, usage);
  return all;
}

/** Notes the uses of one value for another one, too; not that it has to be there. */
function absorb(usage: Usage, other: Usage): void {
  usage.text ||= other.text;
  usage.tested ||= other.tested;
  usage.keyed ||= other.keyed;
  usage.whole ||= other.whole;
  usage.wanted &= other.wanted;
  usage.compared |= other.compared;
  if (other.items !== undefined) {
    usage.items ??= newUsage();
    absorb(usage.items, other.items);
  }
  if (other.section !== undefined) {
    usage.section ??= newUsage();
    absorb(usage.section, other.section);
  }
  for (const partial of other.partials) usage.partials.add(partial);
  for (const [name, used] of other.members) {
    const same = member(usage, name, used.origin);
    same.unguarded ||= used.unguarded;
    absorb(same, used);
  }
}
