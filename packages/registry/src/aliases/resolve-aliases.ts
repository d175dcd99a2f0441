// Checks whether the target of each pointer in aliases.json exists and can be used.

import {
  type AliasEntry,
  compareText,
  type Diagnostic,
  diagnose,
  PROMPT_EXTENSION,
  parseVersionTag,
  resolveTarget,
  type StoredTarget,
  versionsOf,
  versionTag,
} from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import { ALIASES_FILE, type Pointer, type PromptPointers } from "../alias-file/parse-aliases.js";
import { nearestVersion } from "../references/nearest-version.js";

/** What pointers are checked against. */
export interface AliasContext {
  readonly promptsDir: string;
  /** Names of the prompts in the working tree. */
  readonly working: ReadonlySet<string>;
  /** Names of the files that the settings ignore. */
  readonly ignored: ReadonlySet<string>;
  /** The usable versions of each prompt, ascending. */
  readonly versions: ReadonlyMap<string, readonly number[]>;
  /** The version that following aliases of each prompt lead to. */
  readonly latest: ReadonlyMap<string, number>;
  /** Tags of versions with an error, which has been reported. */
  readonly unusable: ReadonlySet<string>;
  /** Tags of versions that a frozen lock does not contain. */
  readonly unlocked: ReadonlySet<string>;
  /** Names of prompts that have unusable or unlocked versions. */
  readonly brokenNames: ReadonlySet<string>;
  /** Why tags may be missing from this clone; `undefined` if they probably are not. */
  readonly tagsMissing: "shallow" | "none" | undefined;
}

export interface ResolvedAliases {
  /** Sorted by name, then alias. */
  readonly entries: readonly AliasEntry[];
  /** Aliases of known prompts that do not resolve, for display. */
  readonly broken: readonly UnresolvedAlias[];
  readonly diagnostics: readonly Diagnostic[];
}

/** An alias whose target does not exist or cannot be used. */
export type UnresolvedAlias = Omit<AliasEntry, "target"> & { readonly target: StoredTarget };

/** Pointers that are about to be written. An empty list only checks that the prompt exists. */
export interface ProposedPointers {
  readonly name: string;
  readonly pointers: readonly { readonly alias: string; readonly target: StoredTarget }[];
}

/**
 * Checks pointers that are about to be written. The findings have no range, because the pointers are not in the file
 * yet.
 */
export function validatePlannedAliases(proposed: readonly ProposedPointers[], context: AliasContext): Diagnostic[] {
  const nowhere = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const prompts = proposed.map(({ name, pointers }): PromptPointers => {
    const located = pointers.map(({ alias, target }): Pointer => {
      const versions = versionsOf(target).map((version) => ({ version, range: nowhere }));
      return { alias, target, range: nowhere, versions };
    });
    return { name, range: nowhere, pointers: located };
  });
  return resolveAliases(prompts, context, false).diagnostics.map(({ range, ...diagnostic }) => diagnostic);
}

/**
 * Keeps the pointers that resolve and reports the others.
 *
 * @param isWritten Whether the pointers are in the file.
 */
export function resolveAliases(
  prompts: readonly PromptPointers[],
  context: AliasContext,
  isWritten = true,
): ResolvedAliases {
  const entries: AliasEntry[] = [];
  const broken: UnresolvedAlias[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { name, range, pointers } of prompts) {
    if (!isKnown(name, context)) {
      const known = new Set([...context.working, ...context.versions.keys(), ...context.brokenNames]);
      const place = { file: ALIASES_FILE, range };
      const args = { name, nearest: nearest(name, known), isWritten };
      diagnostics.push(diagnose("alias/unknown-prompt", args, place, { name }));
      continue;
    }
    for (const pointer of pointers) {
      const problems = checkPointer(name, pointer, context);
      diagnostics.push(...problems);
      const { alias, range } = pointer;
      const target = problems.length === 0 ? resolveTarget(pointer.target, context.latest.get(name)) : undefined;
      if (target === undefined) broken.push({ name, alias, target: pointer.target, range });
      else entries.push({ name, alias, target, range });
    }
  }
  entries.sort((a, b) => compareText(a.name, b.name) || compareText(a.alias, b.alias));
  return { entries, broken, diagnostics };
}

function isKnown(name: string, context: AliasContext): boolean {
  const { working, ignored, versions, brokenNames } = context;
  return working.has(name) || ignored.has(name) || versions.has(name) || brokenNames.has(name);
}

function checkPointer(name: string, pointer: Pointer, context: AliasContext): Diagnostic[] {
  const { alias } = pointer;
  if (pointer.target.kind === "working" && !context.working.has(name)) {
    const path = `${context.promptsDir}/${name}${PROMPT_EXTENSION}`;
    const place = { file: ALIASES_FILE, range: pointer.range };
    return [
      diagnose("alias/working-missing", { name, alias, path, isIgnored: context.ignored.has(name) }, place, {
        name,
        alias,
      }),
    ];
  }
  if (pointer.target.kind === "latest") return checkFollowing(name, pointer, context);
  const known = context.versions.get(name) ?? [];
  const problems: Diagnostic[] = [];
  for (const { version, range } of pointer.versions) {
    if (known.includes(version)) continue;
    const place = { file: ALIASES_FILE, range };
    const tag = versionTag({ name, version });
    const subject = { name, version, alias };
    if (context.unlocked.has(tag)) {
      problems.push(diagnose("lock/missing-line", { tag, pointer: `${name}@${alias}` }, place, subject));
    } else if (context.unusable.has(tag))
      problems.push(diagnose("alias/unusable-version", { name, version }, place, subject));
    else {
      const { tagsMissing } = context;
      const args = { name, version, known, nearest: nearestVersion(version, known), tagsMissing };
      problems.push(diagnose("alias/unknown-version", args, place, subject));
    }
  }
  return problems;
}

/** An alias that follows releases needs a version to follow. Before the first release, it waits. */
function checkFollowing(name: string, { alias, range }: Pointer, context: AliasContext): Diagnostic[] {
  const { latest, versions, unlocked, brokenNames, tagsMissing } = context;
  if (latest.has(name)) return [];
  const place = { file: ALIASES_FILE, range };
  const subject = { name, alias };
  const tag = [...unlocked].find((one) => parseVersionTag(one)?.name === name);
  if (tag !== undefined)
    return [diagnose("lock/missing-line", { tag, pointer: `${name}@${alias}` }, place, { ...subject, ...idOf(tag) })];
  if (!versions.has(name) && !brokenNames.has(name))
    return [diagnose("alias/nothing-released", { name, alias, tagsMissing }, place, subject)];
  return [diagnose("alias/nothing-to-follow", { name, alias, isReleased: true }, place, subject)];
}

function idOf(tag: string): { readonly version?: number } {
  const version = parseVersionTag(tag)?.version;
  return version === undefined ? {} : { version };
}
