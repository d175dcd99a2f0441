// The ways in which using a prompt can fail, each telling everything that is wrong at once.

import type { Issue } from "./issue.js";
import { nearest } from "./nearest.js";

/** An input that does not fit the prompt: every missing and every invalid variable. */
export class PromptInputError extends TypeError {
  override readonly name = "PromptInputError";
  declare readonly uri: string;
  declare readonly issues: readonly Issue[];

  constructor(uri: string, issues: readonly Issue[]) {
    super(misfit("the input", uri, issues));
    this.uri = uri;
    this.issues = issues;
  }
}

/** A model's answer that is not what the prompt's `output.schema` says: everything that is wrong with it. */
export class PromptOutputError extends TypeError {
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

function misfit(what: string, uri: string, issues: readonly Issue[]): string {
  const lines = issues.map(({ path, expected, actual, given }) => {
    const meant = given ? `; "${given}" was given: did you mean "${path}"?` : "";
    return `\n  - ${path || what}: expected ${expected}, got ${actual}${meant}`;
  });
  return `${what} does not fit ${uri}:${lines.join("")}`;
}

/** There is no such prompt, version or alias in the package. */
export class PromptNotFoundError extends RangeError {
  override readonly name = "PromptNotFoundError";
  /** What was asked for: `cost_analyst_prompt@staging`. */
  readonly requested: string;
  /** Names that do exist, nearest first where one is near. */
  readonly known: readonly string[];

  constructor(requested: string, what: string, asked: string, known: readonly string[]) {
    const near = nearest(asked, known);
    const others = known.length === 0 ? "there are none" : `there are ${summary(known)}`;
    super(`no ${what} "${asked}" (${requested}): ${near === undefined ? others : `did you mean "${near}"? ${others}`}`);
    this.requested = requested;
    this.known = near === undefined ? known : [near, ...known.filter((name) => name !== near)];
  }
}

function summary(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(", ");
  return names.length <= 12 ? shown : `${shown} and ${names.length - 12} more`;
}
