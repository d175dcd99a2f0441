// The two ways in which using a prompt can fail, each telling everything that is wrong at once.

import { nearest } from "./nearest.js";

/** One thing that is wrong with an input. */
export interface InputIssue {
  /** Where: `query`, `user.name`, `items[2]`; empty for the input as a whole. */
  readonly path: string;
  /** What should be there: `a string`. */
  readonly expected: string;
  /** What is there: `nothing`, `a number (42)`. */
  readonly actual: string;
  /** A name that the caller did give and probably meant for this one. */
  readonly given?: string;
}

/** An input that does not fit the prompt: every missing and every invalid variable. */
export class PromptInputError extends TypeError {
  override readonly name = "PromptInputError";
  readonly uri: string;
  readonly issues: readonly InputIssue[];

  constructor(uri: string, issues: readonly InputIssue[]) {
    super(`the input does not fit ${uri}:\n${issues.map((issue) => `  - ${describeIssue(issue)}`).join("\n")}`);
    this.uri = uri;
    this.issues = issues;
  }
}

function describeIssue({ path, expected, actual, given }: InputIssue): string {
  const meant = given === undefined ? "" : `; "${given}" was given: did you mean "${path}"?`;
  return `${path === "" ? "the input" : path}: expected ${expected}, got ${actual}${meant}`;
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
