// One entry of the catalogue: what is known about a code before it is reported.

export type Severity = "error" | "warning" | "info";

/**
 * The step of a command in which a finding is made: reading the settings, reading the repository (tags, prompts.lock,
 * aliases.json, files), compiling prompts and helpers, planning what was asked for, writing.
 */
export type Stage = "settings" | "read" | "compile" | "plan" | "write";

/** `A` are the arguments that its words are made from. */
export interface Finding<A = Record<never, never>> {
  readonly severity: Severity;
  readonly stage: Stage;
  /** For the reference page: when it is reported and why it matters. */
  readonly about: string;
  /** What is the case, in one sentence without a full stop at the end. */
  readonly message: string | ((args: A) => string);
  /** The way out. */
  readonly hint?: string | ((args: A) => string | undefined);
}
