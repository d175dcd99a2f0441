// What comes of asking the registry for something: it is there, it is not, or what stands in the repository is broken.

import type { Diagnostic } from "@cuecard/model";

export type Outcome<T> = Found<T> | Unknown | Broken;

export interface Found<T> {
  readonly kind: "found";
  readonly value: T;
  /** What is wrong all the same, elsewhere perhaps. */
  readonly diagnostics: readonly Diagnostic[];
}

/** There is no such prompt, version or alias. */
export interface Unknown {
  readonly kind: "unknown";
  readonly problem: string;
  readonly hint: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** It exists and is not right, or the project cannot be read: the diagnostics say why. */
export interface Broken {
  readonly kind: "broken";
  readonly diagnostics: readonly Diagnostic[];
}
