// What all places of one template share while it is lowered: findings, new scopes, and the available partials and
// helpers.

import { type Arguments, type Code, type Diagnostic, diagnose } from "@cuecard/model";
import type { HelperSignature } from "../language/helper-signature.js";
import type { Span } from "../language/syntax.js";
import type { PartialSource } from "../parse/parse-partial.js";
import type { SourceText } from "../text/source-text.js";
import { Suggestions } from "../text/suggestions.js";
import type { Closure } from "./environment.js";
import type { Expression, Node, PartialFunction, Scope } from "./ir.js";

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

/** A part of a template that is rendered as a whole, or not at all. */
export interface Region {
  readonly source: SourceText;
  /** What is rendered, as offsets; `undefined` if it is empty. */
  readonly body: Span | undefined;
  /** If it is a branch of a block; otherwise it is a file, or a text that a partial was given. */
  readonly branch?: RegionBranch;
}

export interface RegionBranch {
  /** The name of the block in its tag, as offsets. */
  readonly tag: Span;
  /** `block`: what follows the block's tag. `else`: what is rendered otherwise. */
  readonly side: "block" | "else";
  /** Whether it is written, and not only what happens without an `{{else}}`. */
  readonly isWritten: boolean;
  /** What the block depends on; `undefined` for those that compare values. */
  readonly value: Expression | undefined;
}

/** Nodes that a region begins with, such as one that counts. */
export type Probe = (region: Region) => readonly Node[];

export class Lowering {
  readonly diagnostics: Diagnostic[] = [];
  readonly suggestions: Suggestions = new Suggestions();
  readonly partials: PartialLookup;
  readonly helpers: HelperLookup;
  /** Called for each region, each time that it is lowered. */
  readonly probe: Probe | undefined;
  /** By name, in order of first use. */
  readonly recursive: Map<string, RecursivePartial> = new Map();
  /** Whether any value is one that the caller passes in `context`. */
  usesContext = false;
  readonly #reported = new Set<string>();
  #scopes = 0;
  #nodes = 0;
  #levels = 0;
  #isTooLarge = false;

  constructor(partials: PartialLookup, helpers: HelperLookup, probe?: Probe) {
    this.partials = partials;
    this.helpers = helpers;
    this.probe = probe;
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
