// The compiler: a snapshot in, the files of a typed package and diagnostics out. Pure, synchronous, deterministic.
import type { Diagnostic, Snapshot } from "@cuecard/model";

export interface CompileOptions {
  /** Which versions the package holds: every one, or those that aliases point at and each prompt's latest. */
  readonly versions: "all" | "aliased";
  /** Whether every prompt's working file is built, and not only those that an alias points at. */
  readonly working: boolean;
  /** Compiled versions of earlier builds, by key; the compiler adds what it compiles. */
  readonly cache?: Map<string, string>;
}

export interface CompileResult {
  /** Text by path within the package's dist folder; empty when there are errors. */
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

export declare function compile(snapshot: Snapshot, options: CompileOptions): CompileResult;

/** The names of the partials that a file's template uses, in any form that can be seen without running it. */
export declare function partialReferences(text: string): readonly string[];
