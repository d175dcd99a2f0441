// Retires versions: finds the aliases and code that still use them, and marks their lines in prompts.lock.

import {
  ALIASES_FILE,
  type AliasEntry,
  type Applied,
  type Diagnostic,
  diagnose,
  hasErrors,
  isFollowing,
  latestVersions,
  type Planned,
  parseVersionNumber,
  type Snapshot,
  sortDiagnostics,
  type VersionId,
  versionTag,
} from "@cuecard/model";
import { LOCK_FILE, type ReadResult, saveRetirement } from "@cuecard/registry";
import { NO_TEXTS, type Project } from "../read/project.js";
import { resolveArms, resolveReference } from "../read/resolve-reference.js";
import { mayLoad } from "../usages/resolve-usages.js";
import { searchCodeFor } from "../usages/search-code.js";
import type { ResolvedUsage } from "../usages/usage.js";

export type RetireOptions = Retirement & {
  /** The versions: `greet@v2`, or `prompts:/greet/2`. */
  readonly references: readonly string[];
};

export type Retirement =
  /** Why the versions should no longer be used. */
  | { readonly reason: string }
  /** The retirement is undone. */
  | { readonly undo: true };

export type RetirePlan = Retirement & {
  /** The versions that change. */
  readonly versions: readonly RetiredVersion[];
  /** The versions that are already in the requested state. */
  readonly unchanged: readonly VersionId[];
  /** Prompts whose `latest` changes. */
  readonly latest: readonly MovedLatest[];
};

export interface RetiredVersion extends VersionId {
  readonly tag: string;
  readonly digest: string;
  /** The reason it is retired now, if it is. */
  readonly before: string | undefined;
}

export interface MovedLatest {
  readonly name: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** The aliases that follow releases, and move with it; sorted. */
  readonly followers: readonly string[];
}

export interface RetireResult {
  readonly retired: readonly VersionId[];
}

export async function planRetire(project: Project, options: RetireOptions): Promise<Planned<RetirePlan>> {
  const refused = (diagnostics: readonly Diagnostic[]) => ({
    plan: undefined,
    diagnostics: sortDiagnostics(diagnostics),
  });
  // Untyped callers can leave out both fields. That must not undo a retirement by accident.
  const retirement = readRetirement(options);
  if (retirement === undefined) return refused([diagnose("retire/no-reason", {}, { file: LOCK_FILE })]);
  const reason = reasonOf(retirement);
  const { snapshot, diagnostics } = await readForRetiring(project);
  if (snapshot === undefined || hasErrors(diagnostics)) return refused(diagnostics);

  const asked = new Map<string, RetiredVersion>();
  const unknown: Diagnostic[] = [];
  for (const reference of options.references) {
    const found = findVersion(snapshot, reference);
    if ("code" in found) unknown.push(found);
    else asked.set(found.tag, found);
  }
  if (unknown.length > 0) return refused(unknown);
  const isChanged = ({ before }: RetiredVersion) => before !== reason;
  const versions = [...asked.values()].filter(isChanged);
  const unchanged = [...asked.values()].filter((version) => !isChanged(version));
  const latest = findMovedLatest(snapshot, versions, reason);
  const newlyRetired = reason === undefined ? [] : versions.filter(({ before }) => before === undefined);
  const { usages, diagnostics: unsearched } =
    newlyRetired.length === 0 ? { usages: [], diagnostics: [] } : await searchCodeFor(snapshot, project, true);
  if (hasErrors(unsearched)) return refused(unsearched);
  const found = newlyRetired.flatMap((version) => [
    ...findPointers(snapshot, version, latest),
    ...findUses(usages, version, latest, snapshot),
  ]);
  if (hasErrors(found)) return refused(found);
  return {
    plan: { ...retirement, versions, unchanged, latest },
    diagnostics: sortDiagnostics([...found, ...unsearched]),
  };
}

function readRetirement(options: RetireOptions): Retirement | undefined {
  if ("undo" in options) return options.undo ? { undo: true } : undefined;
  const { reason } = options;
  return typeof reason === "string" && reason.trim() !== "" ? { reason } : undefined;
}

/** `undefined` if the retirement is undone. */
function reasonOf(retirement: Retirement): string | undefined {
  return "undo" in retirement ? undefined : retirement.reason;
}

/** Marks the current lines of prompts.lock. It fails if an alias was pointed at a version after the plan was made. */
export async function applyRetire(project: Project, plan: RetirePlan): Promise<Applied<RetireResult>> {
  const { snapshot, diagnostics, lock } = await readForRetiring(project);
  if (snapshot === undefined || hasErrors(diagnostics)) return { result: undefined, diagnostics };
  const reason = reasonOf(plan);
  const latest = findMovedLatest(snapshot, plan.versions, reason);
  const pointers =
    reason === undefined ? [] : plan.versions.flatMap((version) => findPointers(snapshot, version, latest));
  const changed = plan.versions.filter(({ name, version, digest }) =>
    snapshot.versions.every((now) => now.name !== name || now.version !== version || now.digest !== digest),
  );
  const problems = [
    ...pointers,
    ...changed.map((version) => {
      const { tag } = version;
      const args = { ref: tag, problem: `${tag} changed after the plan was made`, instead: undefined };
      return diagnose("retire/unknown-version", args, { file: LOCK_FILE }, version);
    }),
  ];
  if (problems.length > 0) return { result: undefined, diagnostics: sortDiagnostics(problems) };
  const failure = await saveRetirement(project.dir, lock, plan.versions, reason);
  if (failure !== undefined) return { result: undefined, diagnostics: [failure] };
  return { result: { retired: plan.versions.map(({ name, version }) => ({ name, version })) }, diagnostics: [] };
}

/** The project, with the errors that make prompts.lock or the aliases uncertain; all findings if it cannot be read. */
async function readForRetiring(project: Project): Promise<ReadResult> {
  // The marks go into the updated prompts.lock, so the lock is never treated as frozen.
  const read = await project.snapshot({ texts: NO_TEXTS, frozen: false });
  if (read.snapshot === undefined) return read;
  const files = new Set([LOCK_FILE, ALIASES_FILE, "."]);
  const isReason = ({ severity, stage, file }: Diagnostic) =>
    severity === "error" && (stage === "settings" || files.has(file));
  return { ...read, diagnostics: read.diagnostics.filter(isReason) };
}

function findVersion(snapshot: Snapshot, ref: string): RetiredVersion | Diagnostic {
  const refuse = (problem: string, instead: string | undefined) =>
    diagnose("retire/unknown-version", { ref, problem, instead }, { file: LOCK_FILE });
  const several = resolveArms(snapshot, ref);
  if (!("problem" in several) && several.arms.length > 1) {
    const tags = several.arms.map(({ version }) => `${several.name}@v${version}`);
    return refuse(`"${ref}" is not a version number`, `write ${tags.join(" or ")}`);
  }
  const resolved = resolveReference(snapshot, ref);
  if ("problem" in resolved) return refuse(resolved.problem, resolved.hint);
  const { name, version } = resolved;
  if (version === "working" || parseVersionNumber(resolved.ref) === undefined)
    return refuse(
      `"${ref}" is not a version number`,
      version === "working" ? "delete the file to retire the prompt" : `write ${versionTag({ name, version })}`,
    );
  const found = snapshot.versions.find((candidate) => candidate.name === name && candidate.version === version);
  if (found === undefined) throw new Error(`${ref} was resolved to a version that does not exist`);
  return { name, version, tag: versionTag(found), digest: found.digest, before: found.retired };
}

function findMovedLatest(
  snapshot: Snapshot,
  versions: readonly RetiredVersion[],
  reason: string | undefined,
): MovedLatest[] {
  const tags = new Set(versions.map(({ tag }) => tag));
  const before = latestVersions(snapshot.versions);
  const after = latestVersions(
    snapshot.versions.map((version) => (tags.has(versionTag(version)) ? { ...version, retired: reason } : version)),
  );
  return [...new Set(versions.map(({ name }) => name))].flatMap((name) => {
    const [from, to] = [before.get(name), after.get(name)];
    const own = snapshot.aliases.filter((entry) => entry.name === name && isFollowing(entry.target));
    return from === to ? [] : [{ name, from, to, followers: own.map(({ alias }) => alias) }];
  });
}

/** Aliases that follow releases move on to another version if one is left. */
function findPointers(
  snapshot: Snapshot,
  { name, version, tag }: RetiredVersion,
  latest: readonly MovedLatest[],
): Diagnostic[] {
  return snapshot.aliases
    .filter((entry) => entry.name === name && pointsAt(entry, version))
    .filter((entry) => !(isFollowing(entry.target) && hasSuccessor(latest, name)))
    .map(({ alias, range }) => {
      const args = { tag, pointer: `${name}@${alias}` };
      return diagnose("retire/pointed-at", args, { file: ALIASES_FILE, range }, { name, alias, version });
    });
}

function pointsAt({ target }: AliasEntry, version: number): boolean {
  if (target.kind === "split") return target.arms.some((arm) => arm.version === version);
  return target.kind === "version" && target.version === version;
}

function hasSuccessor(latest: readonly MovedLatest[], name: string): boolean {
  return latest.some((moved) => moved.name === name && moved.to !== undefined);
}

/** Code that loads the version. Code that loads `latest`, or an alias that follows it, moves on to another version if one is left. */
function findUses(
  usages: readonly ResolvedUsage[],
  { name, version, tag }: RetiredVersion,
  latest: readonly MovedLatest[],
  snapshot: Snapshot,
): Diagnostic[] {
  const moving = hasSuccessor(latest, name)
    ? ["latest", ...latest.flatMap((moved) => (moved.name === name ? moved.followers : []))]
    : [];
  return usages.flatMap((usage) => {
    const start = { line: usage.line, column: usage.column };
    const place = { file: usage.file, range: { start, end: start } };
    if (usage.dynamic) {
      const isOther = usage.name !== undefined && usage.name !== name;
      if (isOther || !mayLoad(snapshot, usage, name, version) || moving.includes(usage.ref ?? "")) return [];
      return [diagnose("retire/maybe-used", { tag }, place, { name, version })];
    }
    if (usage.name !== name || !usage.versions.includes(version) || moving.includes(usage.ref ?? "")) return [];
    return [diagnose("retire/in-use", { tag, ref: usage.ref ?? "" }, place, { name, version })];
  });
}
