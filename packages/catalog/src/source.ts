// What a catalog shows: prompts as they compiled, with what git knows of their versions.

import type { CompiledVersion } from "@cuecard/build";
import type { SourceFile } from "@cuecard/model";

export interface CatalogSource {
  /** The project's name, as every page shows it. */
  readonly title: string;
  /** The package that services import. */
  readonly packageName: string;
  /** Whether `cuecard dev` serves the site: then its pages load again when they change, and have what edits the project. */
  readonly isLive: boolean;
  /** Sorted by name. Each is asked for once, so that they can be made one by one. */
  readonly prompts: Iterable<CatalogPrompt>;
  /** What is wrong in the repository. Prompts and versions that do not compile are only here. */
  readonly findings: readonly CatalogFinding[];
}

export interface CatalogFinding {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  /** How to fix it; empty if there is nothing to say. */
  readonly hint: string;
  /** `prompts/greet.md:3:1`; empty if it is about no file. */
  readonly place: string;
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
}

export interface CatalogAlias {
  readonly alias: string;
  /** Whether it moves with each release. */
  readonly follows: boolean;
  /** One for a plain alias; several, by ascending version, for a weighted one. Shares are from 0 to 1. */
  readonly arms: readonly { readonly version: number | "working"; readonly share: number }[];
}

export interface CatalogVersion {
  readonly compiled: CompiledVersion;
  /** The prompt's file, then partials and named schemas by path. */
  readonly files: readonly SourceFile[];
  /** Who released it, and when (ISO 8601); left out for the working file, and if this clone lacks the commit. */
  readonly released?: { readonly date: string; readonly by: string };
  readonly examples: readonly CatalogExample[];
  /** Of the first example that renders or, without one, of the template. */
  readonly tokens: number;
  /** The text that every rendering begins with, which providers can cache; left out for versions that nothing points at. */
  readonly prefix?: string;
  /** What differs from the version before; left out for the first one. */
  readonly changes?: readonly CatalogChange[];
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

export interface CatalogMove {
  readonly alias: string;
  /** `v2`, `v1 90% / v2 10%`; `undefined` where the alias did not exist. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** ISO 8601. */
  readonly date: string;
  readonly by: string;
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
