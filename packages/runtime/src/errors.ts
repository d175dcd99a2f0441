// The ways in which using a prompt can fail. Each error reports everything that is wrong at once.

import { type Issue, NO_PROPERTY, shorten } from "./issue.js";
import { nearest } from "./nearest.js";

/** The input does not match the prompt's input schema. `issues` lists every missing and every invalid variable, up to 100. */
export class PromptInputError extends TypeError {
  override readonly name = "PromptInputError";
  declare readonly uri: string;
  declare readonly issues: readonly Issue[];

  /** @param options `cause`: what the input threw when it was read. */
  constructor(uri: string, issues: readonly Issue[], options?: ErrorOptions) {
    super(misfit("the input", uri, issues), options);
    this.uri = uri;
    this.issues = issues;
  }
}

/** A model's answer does not match the prompt's `output.schema`. `issues` lists everything that is wrong with it, up to 100. */
export class PromptOutputError extends TypeError {
  override readonly name = "PromptOutputError";
  declare readonly uri: string;
  declare readonly issues: readonly OutputIssue[];

  /** @param options `cause`: what the answer threw when it was read. */
  constructor(uri: string, issues: readonly OutputIssue[], options?: ErrorOptions) {
    super(misfit("the answer", uri, issues), options);
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
    .map((issue) => `\n  - ${shorten(issue.path) || what}: ${describeIssue(issue)}`)
    .join("")}`;

/** What is wrong, without the place. */
export const describeIssue = ({ path, expected, actual, given }: Issue): string =>
  (expected === NO_PROPERTY
    ? `unexpected property (${actual.replace(/ \((.*)\)$/s, ", $1")})`
    : `expected ${expected}, got ${actual}`) +
  (given ? `; "${shorten(given)}" was given: did you mean "${shorten(path)}"?` : "");

/**
 * A function that loads prompts was called with something that names no prompt: a wrong type, a malformed URI, or no key where an
 * alias is weighted. Calls that compile only throw it for a value that was cast.
 */
export class PromptArgumentError extends TypeError {
  override readonly name = "PromptArgumentError";
}

/** The package does not contain the prompt, version or alias. */
export class PromptNotFoundError extends RangeError {
  override readonly name = "PromptNotFoundError";
  /** What was asked for: `cost_analyst_prompt@staging`. */
  readonly requested: string;
  /** Names that do exist. If one is similar, it comes first. */
  readonly known: readonly string[];

  constructor(requested: string, what: string, asked: string, known: readonly string[]) {
    const near = nearest(asked, known);
    const others = known.length === 0 ? "none exist" : `available: ${listNames(known)}`;
    const hint = near === undefined ? others : `did you mean "${near}"? ${others}`;
    super(`no ${what} "${shorten(asked)}" (${shorten(requested)}): ${hint}`);
    this.requested = requested;
    this.known = near === undefined ? known : [near, ...known.filter((name) => name !== near)];
  }
}

/** The names of a sentence: twelve of them, and how many more. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(", ");
  return names.length <= 12 ? shown : `${shown} and ${names.length - 12} more`;
}
