// What identifies the parts of a compilation, so that they are not compiled again.

import type { KeptReading } from "@cuecard/registry";

export interface CompilationKeys {
  readonly whole: string;
  /** By the name of the prompt, sorted. */
  readonly prompts: ReadonlyMap<string, string>;
  /** Of the settings and helpers that every prompt depends on. */
  readonly settings: string;
  /** Of what files that prompts share depend on, besides prompts. */
  readonly shared: string;
  readonly base: KeysBase | undefined;
}

/** The reading that the keys of prompts are of, so that they need not be made again for the same reading. */
export interface KeysBase {
  /** In JSON, its state. */
  readonly reading: KeptReading | string;
  /** The prompts that are not as in the reading. */
  readonly except: readonly string[];
}

/** The keys that an earlier compilation made. */
export interface KnownKeys extends Pick<CompilationKeys, "settings" | "base"> {
  readonly of: (name: string) => string | undefined;
}
