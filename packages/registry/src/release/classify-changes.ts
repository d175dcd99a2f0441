// Decides which prompts a commit really changed. A prompt's content may differ from its latest version only because
// others released that version from commits that this one does not have: the older content must not become a newer
// version.

import { compareText, type Diagnostic, diagnose, PROMPT_EXTENSION } from "@cuecard/model";
import type { VersionRecord } from "../versions/version-record.js";
import type { BehindPrompt, ReleaseCandidate } from "./release-plan.js";

/** How a commit's history relates to the commit of a prompt's latest version. */
export type Lineage =
  /** It is that commit, or descends from it. */
  | { readonly kind: "descends" }
  /** One of its commits has the latest version's content without that version's commit: a squash or a cherry-pick. */
  | { readonly kind: "cherry-picked"; readonly cherryPickedAt: string }
  /**
   * It does not have the latest version. `isUnchanged`: whether the prompt has the same content as where the two
   * histories parted; `undefined` if they share no commit.
   */
  | { readonly kind: "forked"; readonly isUnchanged: boolean | undefined }
  /** This clone lacks the commits that would show it. */
  | { readonly kind: "unknown" };

export type ChangeKind =
  /** The next version. */
  | "next"
  /** Others changed the prompt, and this commit's history did not. */
  | "outdated"
  /** As "unknown", but a version has this content: it is older than the latest version, or was restored after it. */
  | "maybe-outdated"
  /** Both changed it. */
  | "diverged"
  /** This clone lacks the commits that would show it. */
  | "unknown";

/**
 * @param lineage `undefined` for a prompt without versions.
 * @param isVersion Whether a version of the prompt has the same content.
 */
export function classifyChange(lineage: Lineage | undefined, isVersion: boolean): ChangeKind {
  switch (lineage?.kind) {
    case undefined:
    case "descends":
    case "cherry-picked":
      return "next";
    case "forked":
      return (lineage.isUnchanged ?? isVersion) ? "outdated" : "diverged";
    case "unknown":
      return isVersion ? "maybe-outdated" : "unknown";
  }
}

export interface ChangeFacts {
  readonly promptsDir: string;
  /** Whether the user named the prompts: those that both sides changed are released then. */
  readonly named: boolean;
  /** Prompts of an earlier plan: they are released even if others have released them since. */
  readonly alreadyPlanned: ReadonlySet<string>;
  readonly shallow: boolean;
  /** All usable versions of the prompts, sorted. */
  readonly versions: readonly VersionRecord[];
  /** By name; without an entry for prompts that have no version. */
  readonly lineages: ReadonlyMap<string, Lineage>;
}

export interface ClassifiedChanges {
  /** What is to be released. */
  readonly changed: readonly ReleaseCandidate[];
  /** By name: the commit that has the latest version's content, if it was cherry-picked. Notes begin after it. */
  readonly sinceCommits: ReadonlyMap<string, string>;
  /** What is skipped. */
  readonly behind: readonly BehindPrompt[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @param candidates Prompts whose content differs from their latest version. */
export function classifyChanges(candidates: readonly ReleaseCandidate[], facts: ChangeFacts): ClassifiedChanges {
  const { named, alreadyPlanned, shallow } = facts;
  const changed: ReleaseCandidate[] = [];
  const sinceCommits = new Map<string, string>();
  const behind: BehindPrompt[] = [];
  const diagnostics: Diagnostic[] = [];
  const latestVersion = new Map(facts.versions.map(({ name, version }) => [name, version])); // the last one counts
  const contents = new Set(facts.versions.map(({ name, digest }) => `${name} ${digest}`));
  for (const candidate of candidates) {
    const { name, digest } = candidate;
    const lineage = facts.lineages.get(name);
    const kind = classifyChange(lineage, contents.has(`${name} ${digest}`));
    const place = { file: `${facts.promptsDir}/${name}${PROMPT_EXTENSION}` };
    const latest = { name, version: latestVersion.get(name) ?? 0 };
    const isOutdated = kind === "outdated" || kind === "maybe-outdated";
    const isSkipped = kind === "diverged" && !named && !alreadyPlanned.has(name);
    if (isOutdated && named) diagnostics.push(diagnose("release/behind", latest, place, latest));
    if (isSkipped) diagnostics.push(diagnose("release/diverged", latest, place, latest));
    if (kind === "unknown")
      diagnostics.push(diagnose("release/unknown-history", { ...latest, shallow }, place, latest));
    if (kind === "maybe-outdated" && !named)
      diagnostics.push(diagnose("release/unknown-age", { ...latest, shallow }, place, latest));
    if (isOutdated || isSkipped)
      behind.push({ ...latest, changed: isSkipped, ...(kind === "maybe-outdated" ? { unknown: true as const } : {}) });
    else changed.push(candidate);
    if (lineage?.kind === "cherry-picked") sinceCommits.set(name, lineage.cherryPickedAt);
  }
  behind.sort((a, b) => compareText(a.name, b.name));
  return { changed, sinceCommits, behind, diagnostics };
}
