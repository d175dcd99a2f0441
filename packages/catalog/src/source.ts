// What a catalog shows: prompts as they compiled, with what git knows of their versions.

import type { CompiledVersion } from "@cuecard/build";
import type { SourceFile } from "@cuecard/model";

/** What is not about one prompt. */
export interface CatalogFacts {
  /** The project's name, as every page shows it. */
  readonly title: string;
  /** The package that services import. */
  readonly packageName: string;
  /** Whether `cuecard dev` serves the site: then its pages load again when they change, and have what edits the project. */
  readonly isLive: boolean;
  /** Those whose promotions are shown, the one that matters most first: only the most common ones of a project that has many. */
  readonly environments: readonly string[];
  /** The prompts folder, relative to the project's folder. */
  readonly promptsDir: string;
  /** What is wrong in the repository. Prompts and versions that do not compile are only here. */
  readonly findings: readonly CatalogFinding[];
}

export interface CatalogSource extends CatalogFacts {
  /** Sorted by name. Each is asked for once, so that they can be made one by one. */
  readonly prompts: AsyncIterable<CatalogPrompt> | Iterable<CatalogPrompt>;
}

export interface CatalogFinding {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  /** How to fix it; empty if there is nothing to say. */
  readonly hint: string;
  /** `prompts/greet.md:3:1`; empty if it is about no file. */
  readonly place: string;
  /** Where it can be fixed, if that is in a file of the working tree; the line is 1-based. */
  readonly source?: { readonly file: string; readonly line?: number };
}

export interface CatalogPrompt {
  readonly name: string;
  /** The newest version that is not retired. */
  readonly latest: number | undefined;
  /** Environments by name, sorted. */
  readonly aliases: readonly CatalogAlias[];
  /** Ascending; the working file last. Only those that compile. */
  readonly versions: readonly CatalogVersion[];
  /** How its aliases moved; newest first. */
  readonly moves: readonly CatalogMove[];
  /** Where code loads it; sorted by file and line. */
  readonly usages: readonly CatalogUsage[];
  /** What moving one environment to what another one has would change, for all pairs that differ. */
  readonly promotions: readonly CatalogPromotion[];
}

export interface CatalogAlias {
  readonly alias: string;
  /** Whether it moves with each release. */
  readonly follows: boolean;
  /** One for a plain alias; several, by ascending version, for a weighted one. Shares are from 0 to 1. */
  readonly arms: readonly { readonly version: number | "working"; readonly share: number }[];
}

/** A page shows one version, and names the others: what is asked of a version may be found out when it is asked. */
export interface CatalogVersion {
  readonly compiled: CompiledVersion;
  /** The prompt's file, then partials and named schemas by path. */
  readonly files: readonly SourceFile[];
  /** Who released it, and when (ISO 8601); left out for the working file, and if this clone lacks the commit. */
  readonly released?: { readonly date: string; readonly by: string };
  readonly examples: readonly CatalogExample[];
  /** Of the first example that renders or, without one, of the template. */
  readonly tokens: number;
  /** The text that every rendering begins with, which providers can cache; `undefined` for versions that nothing points at. */
  readonly prefix: string | undefined;
  /** What differs from the version before; `undefined` for the first one. */
  readonly changes: readonly CatalogChange[] | undefined;
}

export interface CatalogChange {
  readonly message: string;
  /** Whether it can break code that works. */
  readonly breaking: boolean;
}

export interface CatalogExample {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly result:
    | { readonly messages: readonly { readonly role: string; readonly text: string }[] }
    /** Why it was not rendered. */
    | { readonly refused: string };
}

/** The facts of a review of one alias that moves. */
export interface CatalogPromotion {
  /** The environment whose versions the other one would get, or `latest`. */
  readonly from: string;
  /** The environment that would move. */
  readonly to: string;
  /** Where it is, and where it would be: `v2`, `v1 90% / v2 10%`. */
  readonly before: string;
  readonly after: string;
  /** Why callers break; empty if they do not. */
  readonly breaks: readonly {
    /** `v1 → v2` */
    readonly change: string;
    readonly problem: string;
  }[];
  /** One for each version that callers would get, with the version that they have now and that is closest to it. */
  readonly comparisons: readonly CatalogComparison[];
  /** Set if callers would have to pass a key, or would no longer need one. */
  readonly key: "needed" | "ignored" | undefined;
  /** Whether it leads towards the environment that matters more. Only then are examples rendered. */
  readonly isUsual: boolean;
  /** Where code loads the environment that would move. */
  readonly usages: readonly CatalogUsage[];
}

export interface CatalogComparison {
  /** `v3`, or `working`. */
  readonly before: string;
  readonly after: string;
  /** What differs besides texts. */
  readonly changes: readonly CatalogChange[];
  /** Whether template and partials are the same. */
  readonly sameText: boolean;
  /** Left out if they were not rendered. */
  readonly examples?: readonly CatalogExampleChange[];
}

/** An example as both versions render it. */
export interface CatalogExampleChange {
  readonly name: string;
  /** `undefined` if this side does not have it. */
  readonly before: CatalogExampleSide | undefined;
  readonly after: CatalogExampleSide | undefined;
  /** As texts, which are empty on a side that lacks the message. There are none if a side is refused or missing. */
  readonly messages: readonly {
    readonly role: string;
    readonly change: "same" | "changed" | "added" | "removed";
    readonly before: string;
    readonly after: string;
  }[];
}

export type CatalogExampleSide = { readonly tokens: number } | { readonly refused: string };

export interface CatalogMove {
  readonly alias: string;
  /** `v2`, `v1 90% / v2 10%`; `undefined` where the alias did not exist. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Of each version that it points at from then on, from 0 to 1; empty if it was removed. */
  readonly shares: readonly number[];
  /** ISO 8601. */
  readonly date: string;
  readonly by: string;
  /** Its id. */
  readonly commit: string;
  /** The first line of the commit's message. */
  readonly subject: string;
}

export interface CatalogUsage {
  /** Relative to the project's folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** An alias, `latest`, `working` or `v3`; `undefined` if only the running program knows it. */
  readonly ref: string | undefined;
}
