// A snapshot: everything read from a repository for one build, as plain data. The registry makes it, the compiler takes it.

import type { Range } from "./diagnostics/diagnostic.js";
import type { Score } from "./scores.js";

/** A text file as Cuecard reads it: UTF-8, without byte-order mark, line ends as `\n`. */
export interface SourceFile {
  /** Relative to the project's folder, with `/`: `prompts/finance/forecast.md`. */
  readonly path: string;
  readonly text: string;
}

/** A schema in a file of its own, which front matter refers to by its name. */
export interface SchemaFile extends SourceFile {
  /** `Recipe` for `prompts/schemas/Recipe.yaml`. */
  readonly name: string;
}

/** A prompt and every file it reaches: what a digest is taken over. */
export interface PromptContent {
  readonly prompt: SourceFile;
  /** Sorted by path. */
  readonly partials: readonly SourceFile[];
  /** The named schemas that it uses, directly or through others, sorted by path; left out if there are none. */
  readonly schemas?: readonly SchemaFile[];
  /** Set if line ends at the edges of messages are removed: see `trimMessages`. */
  readonly trimMessages?: true;
}

/** A prompt in the working tree. */
export interface WorkingPrompt {
  readonly name: string;
  readonly digest: string;
  readonly content: PromptContent;
}

/** An immutable release of a prompt. */
export interface VersionSnapshot {
  readonly name: string;
  /** 1, 2, 3 … */
  readonly version: number;
  /** Hex object id of the commit that the tag or the lock names. */
  readonly commit: string;
  /** `sha256-…` over the content. */
  readonly digest: string;
  /** The annotated tag's message (the lock keeps it for clones without tags); empty for a lightweight tag. */
  readonly notes: string;
  /** Why the version should no longer be used; `undefined` if it is not retired. */
  readonly retired: string | undefined;
  /** Set if the version is in no history that counts as reviewed: `latest` then never means it. */
  readonly unmerged?: true;
  /** The prompt's file, relative to the project's folder. */
  readonly path: string;
  /** Whether an alias resolves here, or the version is its prompt's latest. */
  readonly targeted: boolean;
  /** `undefined` if the caller did not need the content of this digest. */
  readonly content: PromptContent | undefined;
}

/** What an alias points at. */
export type AliasTarget =
  | {
      readonly kind: "version";
      readonly version: number;
      /** Set if releases move the alias: it leads to the newest version, which prompts.lock has. */
      readonly follows?: "latest";
    }
  | { readonly kind: "working" }
  | { readonly kind: "split"; readonly arms: readonly SplitArm[] };

/** One arm of a weighted alias. Arms are in the order of ascending versions. */
export interface SplitArm {
  readonly version: number;
  /** A positive integer; a share of the sum of all weights. */
  readonly weight: number;
}

/** The file of aliases, in the project's folder. */
export const ALIASES_FILE = "aliases.json";

/** The file of recorded versions, in the project's folder. */
export const LOCK_FILE = "prompts.lock";

/** The file of settings, in the project's folder. */
export const CONFIG_FILE = "cuecard.config.json";

/** One pointer of aliases.json. */
export interface AliasEntry {
  readonly name: string;
  readonly alias: string;
  readonly target: AliasTarget;
  /** The place of the pointer's target in aliases.json. */
  readonly range: Range;
}

export interface Snapshot {
  /** The prompts folder, relative to the project's folder: `prompts`. */
  readonly promptsDir: string;
  /** Prompts of the working tree, sorted by name. */
  readonly working: readonly WorkingPrompt[];
  /** Names of all prompts that have a file in the working tree, also of those that cannot be read; sorted. */
  readonly workingNames: readonly string[];
  /** Every partial of the working tree, sorted by path: also those that no prompt reaches. */
  readonly workingPartials: readonly SourceFile[];
  /** The names of all files in the working tree that can be named schemas, used or not; sorted. */
  readonly schemaNames: readonly string[];
  /** Sorted by name, then version. Only versions that passed every check of tag and lock. */
  readonly versions: readonly VersionSnapshot[];
  /** Sorted by name, then alias. Only pointers that resolve. */
  readonly aliases: readonly AliasEntry[];
  /** What versions scored, by prompt and in the order of its file. Only lines that can be read. */
  readonly scores: readonly Score[];
}
