// One prompt: its versions and its working file, compiled, and where its aliases point.

import {
  type AliasEntry,
  type Diagnostic,
  diagnose,
  hasCode,
  hasErrors,
  latestScoresByVersion,
  type Score,
  type VersionSnapshot,
  type WorkingPrompt,
} from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import type { Draft } from "./check/check-renames.js";
import type { ContentStore } from "./content-store.js";
import { type FollowedFile, followingFindings } from "./following-findings.js";
import type { CompiledPrompt, CompiledVersion, PromptSource } from "./model.js";
import { releaseFindings } from "./release-findings.js";
import { resolveAliases } from "./resolve-aliases.js";

/** Everything that a snapshot has of one prompt. */
export interface PromptSources {
  readonly name: string;
  readonly versions: readonly VersionSnapshot[];
  readonly working: WorkingPrompt | undefined;
  readonly aliases: readonly AliasEntry[];
  readonly scores: readonly Score[];
  /** The named schemas of the working tree. */
  readonly schemaNames: readonly string[];
}

export interface VersionSelection {
  /** Which versions the package holds: every one, or those that aliases point at and each prompt's latest. */
  readonly versions: "all" | "aliased";
  /** Whether every prompt's working file is built, and not only those that an alias points at. */
  readonly working: boolean;
}

export interface PromptResult {
  readonly prompt: CompiledPrompt;
  /** The working file, if it compiled. */
  readonly draft: Draft | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The working file's values for the facts that only a release has. */
const UNRELEASED = { version: "working", commit: "", notes: "", retired: undefined, scores: [] } as const;

export function compilePrompt(
  sources: PromptSources,
  contents: ContentStore,
  selection: VersionSelection,
): PromptResult {
  const { name, aliases, working } = sources;
  const released = compileReleases(sources, contents, selection);
  const draft = working && compileWorking(working, sources, contents, selection);
  const versions = [...released.versions, ...(draft?.versions ?? [])];
  const file = draft?.followed;
  return {
    prompt: {
      name,
      ...(draft?.source && { source: draft.source }),
      versions,
      aliases: resolveAliases(aliases, versions),
    },
    draft: draft?.draft,
    diagnostics: [
      ...released.diagnostics,
      ...(draft?.diagnostics ?? []),
      ...(file === undefined ? [] : followingFindings(file, aliases, released.versions)),
    ],
  };
}

interface CompiledReleases {
  readonly versions: readonly CompiledVersion[];
  readonly diagnostics: readonly Diagnostic[];
}

function compileReleases(
  { name, versions: releases, scores }: PromptSources,
  contents: ContentStore,
  selection: VersionSelection,
): CompiledReleases {
  const versions: CompiledVersion[] = [];
  const diagnostics: Diagnostic[] = [];
  const latestScores = latestScoresByVersion(scores);
  for (const release of releases) {
    if (selection.versions === "aliased" && !release.targeted) continue;
    const result = contents.compile(name, release.digest, release.content);
    diagnostics.push(...releaseFindings(release, result));
    if (result.value === undefined) continue;
    const { version, commit, digest, notes, retired, unmerged } = release;
    const facts = { name, version, commit, digest, notes, retired, unmerged, scores: latestScores.get(version) ?? [] };
    versions.push({ ...facts, content: result.value });
  }
  return { versions, diagnostics };
}

interface CompiledWorking extends CompiledReleases {
  readonly draft: Draft | undefined;
  readonly source: PromptSource | undefined;
  /** The file, if it compiled: what the next release makes of it. */
  readonly followed: FollowedFile | undefined;
}

/** The working file is always checked, and built if a setting or an alias asks for it. */
function compileWorking(
  working: WorkingPrompt,
  { name, versions: releases, aliases, schemaNames }: PromptSources,
  contents: ContentStore,
  selection: VersionSelection,
): CompiledWorking {
  const { digest, content } = working;
  const { value, diagnostics: findings } = contents.compile(name, digest, content);
  const diagnostics = findings.flatMap((finding): Diagnostic[] =>
    suggestName(finding, schemaNames).map((one) => ({ ...one, subject: { name } })),
  );
  const isAsked = selection.working || aliases.some(({ target }) => target.kind === "working");
  if (releases.length === 0 && !isAsked)
    diagnostics.push(diagnose("prompt/unreleased", { name }, { file: content.prompt.path }, { name }));
  const isBuilt = value !== undefined && isAsked && !hasErrors(findings);
  return {
    draft: value && { ...working, renamedFrom: value.renamedFrom },
    followed: value && { name, path: content.prompt.path, digest, content: value },
    source: value && { path: content.prompt.path, places: value.places },
    versions: isBuilt ? [{ ...UNRELEASED, name, digest, content: value }] : [],
    diagnostics,
  };
}

/** A content does not know the files that it does not use. One that cannot be read is reported by itself. */
function suggestName(finding: Diagnostic, schemaNames: readonly string[]): Diagnostic[] {
  if (!hasCode(finding, "schema/unknown-name")) return [finding];
  const { name } = finding.args;
  if (schemaNames.includes(name)) return [];
  return [diagnose(finding.code, { ...finding.args, nearest: nearest(name, schemaNames) }, finding)];
}
