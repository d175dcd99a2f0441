// How a template uses its input: which variables, as what (text, condition, list, object), and whether it can do without.

import type { Expression, Node, Origin, Scope, Template } from "./ir.js";

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
  /** It is handed on whole, or looked into by a computed key: its members cannot all be known. */
  whole: boolean;
  readonly members: Map<string, Usage>;
  /** The first place of use. */
  origin: Origin | undefined;
}

/** The uses of the input itself; its members are the variables, in order of first use. */
export function inferUsage(template: Template): Usage {
  const input = newUsage();
  const inference = new Inference();
  inference.bind(template.input, input);
  inference.nodes(template.nodes, new Set());
  return input;
}

function newUsage(): Usage {
  return {
    text: false,
    tested: false,
    unguarded: false,
    items: undefined,
    keyed: false,
    whole: false,
    members: new Map(),
    origin: undefined,
  };
}

/** The values that a test around this place has shown to be there. */
type Guards = ReadonlySet<Usage>;

class Inference {
  readonly #scopes = new Map<number, Usage | undefined>();
  readonly #loops = new Map<number, Usage>();

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
        return;
      case "output": {
        const usage = this.#use(node.value, guards);
        if (usage !== undefined) usage.text = true;
        return;
      }
      case "if": {
        const usage = this.#resolve(node.condition);
        if (usage !== undefined) usage.tested = true;
        this.nodes(node.then, guarded(guards, usage));
        this.nodes(node.otherwise, guards);
        return;
      }
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
        const usage = this.#resolve(node.value);
        if (usage !== undefined) usage.tested = true;
        this.bind(node.scope, usage);
        this.nodes(node.body, guarded(guards, usage));
        this.nodes(node.otherwise, guards);
        return;
      }
      case "let":
        this.bind(node.scope, this.#resolve(node.value));
        this.nodes(node.body, guards);
        return;
      case "indent":
        this.nodes(node.body, guards);
    }
  }

  /**
   * Resolves a value that is about to be used, and notes what nothing protects: the value itself and, along its path, every
   * object behind the last one that a test around this place has shown to be there.
   */
  #use(expression: Expression, guards: Guards): Usage | undefined {
    if (expression.kind !== "path") {
      const usage = this.#resolve(expression);
      if (usage !== undefined && !guards.has(usage)) usage.unguarded = true;
      return usage;
    }
    const chain = this.#follow(expression);
    const shown = chain.findLastIndex((usage) => guards.has(usage));
    for (const usage of chain.slice(shown + 1)) usage.unguarded = true;
    return chain.at(-1) ?? this.#resolve(expression);
  }

  /** The usage records along a path, its start left out. */
  #follow({ base, members, origin }: Extract<Expression, { kind: "path" }>): Usage[] {
    if (base.kind !== "scope") return [];
    const chain: Usage[] = [];
    let usage = this.#scopes.get(base.scope.id);
    for (const name of members) {
      if (usage === undefined) break;
      usage = member(usage, name, origin);
      chain.push(usage);
    }
    return chain;
  }

  /** The usage record of the value that an expression names; `undefined` where that cannot be known. */
  #resolve(expression: Expression): Usage | undefined {
    switch (expression.kind) {
      case "literal":
        return undefined;
      case "lookup": {
        const object = this.#resolve(expression.object);
        const key = this.#resolve(expression.key);
        if (key !== undefined) {
          key.text = true;
          key.unguarded = true;
        }
        if (object === undefined) return undefined;
        object.unguarded = true;
        if (expression.key.kind === "literal") return member(object, String(expression.key.value), expression.origin);
        object.whole = true;
        return undefined;
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
      case "path": {
        const { base, members } = expression;
        if (base.kind === "loop") {
          const list = this.#loops.get(base.scope.id);
          if (list !== undefined && base.variable === "key") list.keyed = true;
        }
        if (base.kind !== "scope") return undefined;
        return members.length === 0 ? this.#scopes.get(base.scope.id) : this.#follow(expression).at(-1);
      }
    }
  }
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

function guarded(guards: Guards, usage: Usage | undefined): Guards {
  return usage === undefined ? guards : new Set(guards).add(usage);
}
