// The ways in which using a prompt can fail. Each error reports everything that is wrong at once.

import { type Issue, NO_PROPERTY } from "./issue.js";
import { nearest } from "./nearest.js";

/** The input does not match the prompt's input schema. `issues` lists every missing and every invalid variable. */
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

/** A model's answer does not match the prompt's `output.schema`. `issues` lists everything that is wrong with it. */
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

const misfit = (what: string, uri: string, issues: readonly Issue[]): string =>
  `${what} is not valid for ${uri}:${issues
    .map(({ path, expected, actual, given }) =>
      [
        `\n  - ${path || what}: `,
        expected === NO_PROPERTY
          ? `unexpected property (${actual.replace(/ \((.*)\)$/s, ", $1")})`
          : `expected ${expected}, got ${actual}`,
        given && `; "${given}" was given: did you mean "${path}"?`,
      ].join(""),
    )
    .join("")}`;

/** The package does not contain the prompt, version or alias. */
export class PromptNotFoundError extends RangeError {
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
