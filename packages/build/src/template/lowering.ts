// What all places of one template share while it is lowered: findings, new scopes, and the available partials and
// helpers.

import { type Arguments, type Code, type Diagnostic, diagnose } from "@cuecard/model";
import type { HelperSignature } from "../language/helper-signature.js";
import type { Span } from "../language/syntax.js";
import type { PartialSource } from "../parse/parse-partial.js";
import type { SourceText } from "../text/source-text.js";
import { Suggestions } from "../text/suggestions.js";
import type { Closure } from "./environment.js";
import type { PartialFunction, Scope } from "./ir.js";

export interface PartialLookup {
  find(name: string): PartialSource | undefined;
  /** The paths that were tried, for the message. */
  candidates(name: string): readonly string[];
  /** Every partial that this prompt can name. */
  readonly names: readonly string[];
}

export type HelperLookup = ReadonlyMap<string, HelperSignature>;

/** How many nodes a template may have with every partial merged in. */
export const MAX_NODES = 50_000;

/** How deep its blocks and partials may be nested: whatever visits them calls itself for each level. */
export const MAX_LEVELS = 300;

/** A partial that includes itself, and what its text depends on apart from its context. */
export interface RecursivePartial {
  readonly partial: PartialFunction;
  readonly inline: ReadonlyMap<string, Closure>;
  readonly block: Closure | undefined;
}

export class Lowering {
  readonly diagnostics: Diagnostic[] = [];
  readonly suggestions: Suggestions = new Suggestions();
  readonly partials: PartialLookup;
  readonly helpers: HelperLookup;
  /** By name, in order of first use. */
  readonly recursive: Map<string, RecursivePartial> = new Map();
  readonly #reported = new Set<string>();
  #scopes = 0;
  #nodes = 0;
  #levels = 0;
  #isTooLarge = false;

  constructor(partials: PartialLookup, helpers: HelperLookup) {
    this.partials = partials;
    this.helpers = helpers;
  }

  scope(): Scope {
    return { id: this.#scopes++ };
  }

  /** Counts one more node. Returns what exceeds its limit, the first time. */
  countNode(): "nodes" | "levels" | "reported" | undefined {
    if (this.#isTooLarge) return "reported";
    this.#nodes++;
    this.#isTooLarge = this.#nodes > MAX_NODES || this.#levels > MAX_LEVELS;
    if (!this.#isTooLarge) return undefined;
    return this.#nodes > MAX_NODES ? "nodes" : "levels";
  }

  /** Runs a step for what is one level deeper. */
  inside<T>(step: () => T): T {
    this.#levels++;
    const result = step();
    this.#levels--;
    return result;
  }

  /** A partial is lowered once for each of its uses; a mistake in it is reported once. */
  report<C extends Code>(code: C, args: Arguments<C>, source: SourceText, [start, end]: Span): void {
    const key = `${code} ${source.file} ${start} ${end}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.diagnostics.push(diagnose(code, args, source.place(start, end)));
  }
}
