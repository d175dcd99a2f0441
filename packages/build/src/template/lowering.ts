// What the steps of lowering share: findings, fresh scopes, the partials and helpers that a template can name.

import { type Arguments, type Code, type Diagnostic, diagnose } from "@cuecard/model";
import type { HelperSignature } from "../language/helper-signature.js";
import { offsets, type Span } from "../language/syntax.js";
import type { PartialSource } from "../parse/parse-partial.js";
import type { Closure, Environment } from "./environment.js";
import type { PartialFunction, Scope } from "./ir.js";

export interface PartialLookup {
  find(name: string): PartialSource | undefined;
  /** The paths that were tried, for the message. */
  candidates(name: string): readonly string[];
  /** Every partial that this prompt can name. */
  readonly names: readonly string[];
}

export type HelperLookup = ReadonlyMap<string, HelperSignature>;

/** How many nodes a template may come to with every partial merged in. */
const MAX_NODES = 50_000;

/** A partial that includes itself, with what its text depends on beside its context. */
export interface RecursivePartial {
  readonly partial: PartialFunction;
  readonly inline: ReadonlyMap<string, Closure>;
  readonly block: Closure | undefined;
}

export class Lowering {
  readonly diagnostics: Diagnostic[] = [];
  readonly partials: PartialLookup;
  readonly helpers: HelperLookup;
  /** By name, in order of first use. */
  readonly recursive: Map<string, RecursivePartial> = new Map();
  readonly #reported = new Set<string>();
  #scopes = 0;
  #nodes = 0;

  constructor(partials: PartialLookup, helpers: HelperLookup) {
    this.partials = partials;
    this.helpers = helpers;
  }

  scope(): Scope {
    return { id: this.#scopes++ };
  }

  /** Counts a node; says whether there may be one more, and reports once when there may not. */
  admits(environment: Environment, at: hbs.AST.Node): boolean {
    if (++this.#nodes <= MAX_NODES) return true;
    const args = { what: "parts with its partials merged in", limit: MAX_NODES };
    if (this.#nodes === MAX_NODES + 1) this.report("template/too-large", args, environment, at);
    return false;
  }

  report<C extends Code>(code: C, args: Arguments<C>, environment: Environment, at: hbs.AST.Node | Span): void {
    const { source } = environment;
    const [start, end] = Array.isArray(at) ? at : offsets(at, source);
    // A partial is lowered for each of its uses.
    const key = `${code} ${source.file} ${start} ${end}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.diagnostics.push(diagnose(code, args, source.place(start, end)));
  }

  unsupported(what: string, instead: string | undefined, environment: Environment, at: hbs.AST.Node | Span): void {
    this.report("template/unsupported", { what, instead }, environment, at);
  }

  wrongArguments(helper: string, problem: string, environment: Environment, at: hbs.AST.Node): void {
    this.report("template/wrong-arguments", { helper, problem }, environment, at);
  }
}
