// Reads a prompt's history: its releases and alias moves in git, with the current state of each version.

import {
  type AliasEntry,
  type Diagnostic,
  latestScoresByVersion,
  promptNameProblem,
  type Score,
  type StoredTarget,
  sortDiagnostics,
  type VersionSnapshot,
  versionTag,
} from "@cuecard/model";
import { type AliasMove, parseRef, type Release, type Removal, readHistory, type Signature } from "@cuecard/registry";
import { compileContents } from "../compile/compile.js";
import { formerNames } from "../compile/former-names.js";
import { readLineage } from "../compile/read-lineage.js";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { unknownPrompt } from "../read/resolve-reference.js";

/** A version's release in git, with its current state; `name` may be a former name of the prompt. */
export interface HistoryVersion extends Release {
  /** The aliases that point there now, with their share of the callers (1: all). */
  readonly aliases: readonly { readonly alias: string; readonly share: number }[];
  /** The newest for each metric and data set. */
  readonly scores: readonly VersionScore[];
  /** Why it cannot be used: for example, its commit is missing or its tag was moved. */
  readonly problem: string | undefined;
}

export interface HistoryMove {
  readonly name: string;
  readonly alias: string;
  /** `undefined` if the alias was created. */
  readonly from: StoredTarget | undefined;
  /** `undefined` if it was deleted. */
  readonly to: StoredTarget | undefined;
  readonly commit: string;
  readonly date: string;
  readonly author: Signature;
  /** The first line of the commit's message. */
  readonly subject: string;
}

export interface History {
  readonly name: string;
  /** Names that it had before, newest first. */
  readonly formerNames: readonly string[];
  /** The prompt that this one was renamed to; `undefined` if there is none. */
  readonly renamedTo: string | undefined;
  /** Newest first. */
  readonly versions: readonly HistoryVersion[];
  /** Committed moves, newest first. */
  readonly moves: readonly HistoryMove[];
  /** Who deleted the prompt's file, and when; `undefined` if it exists. */
  readonly removed: Removal | undefined;
  /** Whether older moves are missing, because this clone lacks older commits. */
  readonly truncated: boolean;
}

/** The last score of a version. */
export type VersionScore = Pick<Score, "metric" | "value" | "dataset" | "date" | "by">;

/** Reads only the prompt, the names that it had before, and the one that it has now. What is not found is explained by the whole project. */
export async function historyOf(project: Project, name: string): Promise<Outcome<History>> {
  const lineage = promptNameProblem(name) === undefined ? await readLineage(project, name) : undefined;
  const outcome = lineage === undefined ? undefined : await historyIn(lineage, name);
  return outcome?.kind === "found" ? outcome : historyIn(project, name);
}

async function historyIn(project: Project, name: string): Promise<Outcome<History>> {
  const { snapshot, result, diagnostics } = await compileContents(project, { versions: "aliased", working: true });
  if (snapshot === undefined) return { kind: "broken", diagnostics };
  const unknown = { kind: "unknown" as const, ...unknownPrompt(snapshot, name), diagnostics };
  const parsed = parseRef(name);
  if (parsed?.ref !== undefined)
    return {
      ...unknown,
      problem: "history takes a prompt, not a version",
      hint: `run \`cuecard history ${parsed.name}\``,
    };
  const names = [name, ...formerNames(name, result?.prompts ?? [])];
  const isWorking = snapshot.working.some((prompt) => prompt.name === name);
  const { releases, moves, removed, truncated, ...read } = await readHistory(project.repository, names, isWorking);
  if (read.diagnostics.length > 0) return { kind: "broken", diagnostics: [...diagnostics, ...read.diagnostics] };
  if (!isWorking && releases.length === 0 && moves.length === 0 && removed === undefined) return unknown;
  const usable = new Map(snapshot.versions.map((version) => [versionTag(version), version]));
  const scores = new Map(
    names.map((one) => [one, latestScoresByVersion(snapshot.scores.filter((score) => score.name === one))]),
  );
  return {
    kind: "found",
    value: {
      name,
      formerNames: names.slice(1),
      renamedTo: result?.prompts.find((prompt) => prompt.versions.at(-1)?.content.renamedFrom.includes(name))?.name,
      versions: releases.map((release) => ({
        ...describe(release, usable.get(versionTag(release)), diagnostics),
        aliases: aliasesOf(release, snapshot.aliases),
        scores: (scores.get(release.name)?.get(release.version) ?? []).map(describeScore),
      })),
      moves: moves.map(describeMove),
      removed,
      truncated,
    },
    diagnostics: sortDiagnostics(diagnostics),
  };
}

function describe(
  release: Release,
  usable: VersionSnapshot | undefined,
  diagnostics: readonly Diagnostic[],
): Omit<HistoryVersion, "aliases" | "scores"> {
  if (usable === undefined) return { ...release, problem: problemOf(release, diagnostics) };
  const { commit, digest, notes, retired } = usable;
  return { ...release, commit, digest, notes, retired, problem: undefined };
}

/** Why the snapshot does not have a version. */
function problemOf({ name, version }: Release, diagnostics: readonly Diagnostic[]): string {
  const about = diagnostics.filter(({ subject }) => subject?.name === name && subject.version === version);
  return (
    (about.find(({ subject }) => subject?.alias === undefined) ?? about[0])?.message ??
    "it is missing from prompts.lock"
  );
}

function aliasesOf({ name, version }: Release, entries: readonly AliasEntry[]): HistoryVersion["aliases"] {
  return entries.flatMap(({ name: owner, alias, target }) => {
    if (owner !== name) return [];
    if (target.kind === "version") return target.version === version ? [{ alias, share: 1 }] : [];
    if (target.kind === "working") return [];
    const total = target.arms.reduce((sum, { weight }) => sum + weight, 0);
    return target.arms.filter((arm) => arm.version === version).map(({ weight }) => ({ alias, share: weight / total }));
  });
}

function describeScore({ metric, value, dataset, date, by }: Score): VersionScore {
  return { metric, value, dataset, date, by };
}

function describeMove({ commit, ...move }: AliasMove): HistoryMove {
  const { oid, author, message } = commit;
  return { ...move, commit: oid, date: author.date, author, subject: message.split("\n", 1)[0] ?? "" };
}
