// The outcome of asking a registry for something: it is found, it is unknown, or it is broken.

import type { Diagnostic } from "@cuecard/model";

export type Outcome<T> = Found<T> | Unknown | Broken;

export interface Found<T> {
  readonly kind: "found";
  readonly value: T;
  /** Findings that did not prevent the result; they may be about other prompts. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The prompt, version or alias does not exist. */
export interface Unknown {
  readonly kind: "unknown";
  readonly problem: string;
  readonly hint: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** It exists but cannot be used, or the project cannot be read; the diagnostics say why. */
export interface Broken {
  readonly kind: "broken";
  readonly diagnostics: readonly Diagnostic[];
}
