// What the emitters of one render function share: what it uses, and what its variables are called.

import type { Expression, PartialFunction, Scope, Template } from "../template/ir.js";
import { itemName, LocalNames, partialFunctionName, valueName } from "./local-names.js";
import { findScopeUses, type ScopeUses } from "./scope-use.js";

/** The parameters of a loop's body. */
export interface LoopNames {
  readonly item: string;
  readonly index: string;
  readonly key: string;
  readonly isLast: string;
}

type LoopVariable = Exclude<keyof LoopNames, "item">;

/** The order in which the runtime passes them. */
const LOOP_VARIABLES: readonly LoopVariable[] = ["index", "key", "isLast"];

export class RenderScope {
  /** Names that are read as members of objects. */
  readonly members: Set<string> = new Set();
  /** What is used of @cuecard/runtime. */
  readonly imports: Set<string> = new Set();
  /** Texts that are constants outside of the function. */
  readonly texts: string[] = [];
  /** The project's helpers that are called. */
  readonly helpers: Set<string> = new Set();
  /** Whether the template's line ends at the edges of messages are removed. */
  readonly trims: boolean;
  readonly uses: ScopeUses;
  readonly input: Scope;
  readonly partials: ReadonlyMap<number, string>;
  usesInput = false;
  usesOptions = false;
  usesOriginal = false;
  usesData = false;
  readonly #names = new LocalNames();
  readonly #values = new Map<number, string>();
  readonly #loops = new Map<number, LoopNames>();
  readonly #loopVariables = new Map<number, Set<LoopVariable>>();

  constructor(template: Template, trims = false) {
    this.trims = trims;
    this.uses = findScopeUses(template);
    this.input = template.input;
    this.partials = new Map(
      template.partials.map((partial) => [partial.scope.id, this.#names.take(partialFunctionName(partial))]),
    );
  }

  /** Imports a name of @cuecard/runtime. */
  use(name: string): string {
    this.imports.add(name);
    return name;
  }

  /** A placeholder for a text's constant: see `RenderFunction.texts`. */
  text(text: string): string {
    const known = this.texts.indexOf(text);
    return `\0${known === -1 ? this.texts.push(text) - 1 : known}\0`;
  }

  options(): string {
    this.usesOptions = true;
    return "options";
  }

  /** The variable of the input's own members. */
  inputMembers(): string {
    this.usesInput = true;
    return "input";
  }

  /** The variable of a context. It contains only the members if nothing else is read. */
  context(scope: Scope): string {
    if (scope.id !== this.input.id) return this.#values.get(scope.id) ?? unknownScope(scope);
    if (!this.uses.readsWhole(scope)) return this.inputMembers();
    this.usesOriginal = true;
    return "original";
  }

  loopVariable(scope: Scope, variable: LoopVariable): string {
    this.#loopVariables.get(scope.id)?.add(variable);
    return (this.#loops.get(scope.id) ?? unknownScope(scope))[variable];
  }

  /** Emits a loop's body, and returns it with its parameters: `(source, index)`. */
  inLoop(scope: Scope, list: Expression, emit: () => string): { readonly parameters: string; readonly code: string } {
    const [item, index, key, isLast] = [itemName(list), "index", "key", "isLast"].map((name) => this.#names.take(name));
    if (item === undefined || index === undefined || key === undefined || isLast === undefined)
      return unknownScope(scope);
    const used = new Set<LoopVariable>();
    const names = { item, index, key, isLast };
    this.#values.set(scope.id, item);
    this.#loops.set(scope.id, names);
    this.#loopVariables.set(scope.id, used);
    const code = emit();
    this.#names.release(Object.values(names));
    const count = LOOP_VARIABLES.findLastIndex((variable) => used.has(variable)) + 1;
    const parameters = [item, ...LOOP_VARIABLES.slice(0, count).map((variable) => names[variable])];
    return { parameters: `(${parameters.join(", ")})`, code };
  }

  /** Emits a block that has a context of its own, and returns it with its parameter: `(user)`. */
  inBlock(scope: Scope, value: Expression, emit: () => string): { readonly parameters: string; readonly code: string } {
    return this.#inContext(scope, valueName(value), emit);
  }

  inPartial({ scope }: PartialFunction, emit: () => string): { readonly parameters: string; readonly code: string } {
    return this.#inContext(scope, "context", emit);
  }

  #inContext(scope: Scope, wanted: string, emit: () => string): { readonly parameters: string; readonly code: string } {
    const name = this.#names.take(wanted);
    this.#values.set(scope.id, name);
    const code = emit();
    this.#names.release([name]);
    return { parameters: `(${name})`, code };
  }
}

function unknownScope({ id }: Scope): never {
  throw new Error(`scope ${id} is used outside of its block`);
}
