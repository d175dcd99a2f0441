// What one build remembers for the next: verified digests, findings, and written files.

import type { Diagnostic } from "@cuecard/model";

/** What was found out about versions and texts. A command that finds nothing changed does not need it. */
export interface ReadingFacts {
  /** `<name>@v<N> <commit>` → digest. */
  readonly digests: Readonly<Record<string, string>>;
}

/** A compilation that does not have to be repeated. */
export interface Stamp {
  /** Hash of all input of the compiler. */
  readonly key: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The contents of the generated package. */
export interface OutputRecord {
  readonly dir: string;
  readonly key: string;
  /** The build that wrote it: a random text. */
  readonly build: string;
  readonly files: readonly WrittenFile[];
}

export type WrittenFile = readonly [path: string, size: number, mtimeMs: number];

export const NO_FACTS: ReadingFacts = { digests: {} };
