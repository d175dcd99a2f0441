// What a compilation of a project is asked for, and what it gives.

import type {
  ChangesOptions,
  CompiledPrompt,
  CompileOptions,
  CompileResult,
  PromptPieces,
  PromptRecord,
} from "@cuecard/build";
import type { Diagnostic, Snapshot } from "@cuecard/model";
import type { Counts, ReadResult, Replacement } from "@cuecard/registry";
import type { RecordKind } from "../cache/build-cache.js";
import type { CompilationKeys } from "../cache/compilation-keys.js";
import type { PackageRecord } from "../cache/package-record.js";
import type { HelpersResult } from "../helpers/read-helpers.js";

export interface PackageScope {
  /** Which versions the package contains. */
  readonly versions: CompileOptions["versions"];
  /** Whether it contains the working file of every prompt. */
  readonly working: boolean;
  /** Pointers that count instead of those of aliases.json. Default: none. */
  readonly replacements?: readonly Replacement[] | undefined;
}

export interface ChangesScope extends PackageScope {
  /** The command whose record of the last compilation is used. */
  readonly record: RecordKind;
  /**
   * Whether the same input, identified by the key, was compiled before. If so, only the findings of that compilation are
   * returned.
   */
  readonly isDone: (key: string) => boolean;
  /** Called before prompts are compiled; a second time if a part of the cache turns out to be damaged. */
  readonly start: (keys: CompilationKeys) => ChangesTarget;
  /**
   * What an earlier command recorded, for one that needs nothing of prompts that have not changed since: they are then not read, and
   * the snapshot contains only the others. Default: everything is read.
   */
  readonly earlier?: (() => PackageRecord | undefined) | undefined;
}

/** What is known of prompts that have not changed, and where the package's files go; see `compileChanges` of the compiler. */
export interface ChangesTarget {
  readonly known: (name: string) => PromptRecord | undefined;
  readonly take?: (pieces: PromptPieces) => void;
  readonly see?: (prompt: CompiledPrompt) => void;
  readonly earlier?: ChangesOptions["earlier"];
}

/** @typeParam R What the compiler returned. */
export interface CompiledProject<R = CompileResult> {
  /** Findings of reading and compiling; sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** What was compiled; `undefined` if the project could not be read. */
  readonly snapshot: Snapshot | undefined;
  /** How much there is in the project, if the snapshot contains only what has changed. */
  readonly counts?: Counts | undefined;
  readonly brokenAliases: ReadResult["brokenAliases"];
  readonly unlocked: ReadResult["unlocked"];
  readonly unknownMerges: ReadResult["unknownMerges"];
  readonly proposedFindings: ReadResult["proposedFindings"];
  readonly replaced: ReadResult["replaced"];
  readonly lock: ReadResult["lock"];
  readonly keepLocked?: ReadResult["keepLocked"];
  readonly helpers: HelpersResult;
  /** Hashes of what was compiled; `undefined` when reading failed. */
  readonly keys: CompilationKeys | undefined;
  /** `undefined` if there was nothing to compile, or it was done before. */
  readonly result: R | undefined;
}
