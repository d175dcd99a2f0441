// The ways in which using a prompt can fail. Each error reports everything that is wrong at once.

import { type Issue, NO_PROPERTY } from "./issue.js";
import { nearest } from "./nearest.js";

/**
 * What `instanceof` does for these errors. A process may have two copies of this package, one as an ES module and one for
 * `require`: each class recognizes the errors of both. A subclass recognizes its own.
 */
function isInstance(type: unknown, own: unknown, name: string, value: unknown): boolean {
  if (type !== own) return Function.prototype[Symbol.hasInstance].call(type, value);
  return value instanceof Error && value.name === name;
}

/** The input does not match the prompt's input schema. `issues` lists every missing and every invalid variable. */
export class PromptInputError extends TypeError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: this is the class that was asked, which may be a subclass
    return isInstance(this, PromptInputError, "PromptInputError", value);
  }

  override readonly name = "PromptInputError";
  declare readonly uri: string;
  declare readonly issues: readonly Issue[];

  constructor(uri: string, issues: readonly Issue[]) {
    super(misfit("the input", uri, issues));
    this.uri = uri;
    this.issues = issues;
  }
}

/** A model's answer does not match the prompt's `output.schema`. `issues` lists everything that is wrong with it. */
export class PromptOutputError extends TypeError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: this is the class that was asked, which may be a subclass
    return isInstance(this, PromptOutputError, "PromptOutputError", value);
  }

  override readonly name = "PromptOutputError";
  declare readonly uri: string;
  declare readonly issues: readonly OutputIssue[];

  constructor(uri: string, issues: readonly OutputIssue[]) {
    super(misfit("the answer", uri, issues));
    this.uri = uri;
    this.issues = issues;
  }
}

/** One thing that is wrong with a model's answer. */
export interface OutputIssue extends Issue {
  /** Where the answer's text stops being JSON; lines and columns count from 1. */
  readonly position?: { readonly line: number; readonly column: number };
}

const misfit = (what: string, uri: string, issues: readonly Issue[]): string =>
  `${what} is not valid for ${uri}:${issues
    .map(({ path, expected, actual, given }) => {
      const problem =
        expected === NO_PROPERTY
          ? `unexpected property (${actual.replace(/ \((.*)\)$/s, ", $1")})`
          : `expected ${expected}, got ${actual}`;
      return `\n  - ${path || what}: ${problem}${given ? `; "${given}" was given: did you mean "${path}"?` : ""}`;
    })
    .join("")}`;

/** The package does not contain the prompt, version or alias. */
export class PromptNotFoundError extends RangeError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: this is the class that was asked, which may be a subclass
    return isInstance(this, PromptNotFoundError, "PromptNotFoundError", value);
  }

  override readonly name = "PromptNotFoundError";
  /** What was asked for: `cost_analyst_prompt@staging`. */
  readonly requested: string;
  /** Names that do exist. If one is similar, it comes first. */
  readonly known: readonly string[];

  constructor(requested: string, what: string, asked: string, known: readonly string[]) {
    const near = nearest(asked, known);
    const others = known.length === 0 ? "none exist" : `available: ${summary(known)}`;
    const hint = near === undefined ? others : `did you mean "${near}"? ${others}`;
    super(`no ${what} "${asked}" (${requested}): ${hint}`);
    this.requested = requested;
    this.known = near === undefined ? known : [near, ...known.filter((name) => name !== near)];
  }
}

function summary(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(", ");
  return names.length <= 12 ? shown : `${shown} and ${names.length - 12} more`;
}
