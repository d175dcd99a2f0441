// The two states that a review compares, each in the same form: the commit where the branch began, and the branch or working tree.

import {
  ALIASES_FILE,
  type AliasTarget,
  type Diagnostic,
  isFollowing,
  latestVersions,
  resolveTarget,
  type WorkingPrompt,
} from "@cuecard/model";
import {
  type CommitState,
  type LockEntry,
  parseAliases,
  parseLock,
  readProjectFile,
  readReviewStates,
} from "@cuecard/registry";
import { NO_TEXTS, type Project } from "../read/project.js";
import type { ReviewedCommit } from "./report.js";

export interface Side {
  readonly of: ReviewedCommit;
  readonly prompts: ReadonlyMap<string, WorkingPrompt>;
  /** The names of all prompts that have a file, even one that cannot be read. */
  readonly names: ReadonlySet<string>;
  /** By `name@alias`. */
  readonly pointers: ReadonlyMap<string, Pointer>;
  /** The lines of prompts.lock by tag. */
  readonly lines: ReadonlyMap<string, LockEntry>;
  /** Tags of versions whose lines cannot be read. */
  readonly broken: ReadonlySet<string>;
}

export interface Pointer {
  readonly name: string;
  readonly alias: string;
  readonly target: AliasTarget;
}

export interface Sides {
  readonly base: Side;
  readonly head: Side;
  /** Whether the head is what is checked out. */
  readonly isCheckedOut: boolean;
  /** Findings of reading the project, and about prompts of the reviewed commit. */
  readonly diagnostics: readonly Diagnostic[];
}

export const WORKING = "working";

/**
 * @param bases The first that exists is the base.
 * @param head A branch, tag or commit; `working` for the working tree.
 * @returns The sides, or why they cannot be read.
 */
export async function readSides(
  project: Project,
  bases: readonly string[],
  head: string,
): Promise<Sides | readonly Diagnostic[]> {
  const reading = await project.snapshot({ texts: NO_TEXTS });
  const { snapshot, lock, diagnostics } = reading;
  if (snapshot === undefined) return diagnostics;
  const wanted = head === WORKING ? undefined : head;
  const states = await readReviewStates(project.repository, { bases, head: wanted });
  if ("code" in states) return [states];
  const base = sideOfCommit(states.base, states.baseRef);
  const { isCheckedOut } = states;
  if (states.head !== undefined) {
    // The files of the working tree are not under review.
    const others = diagnostics.filter(({ revision, stage }) => revision !== undefined || stage === "settings");
    const own = [...states.head.problems, ...states.head.diagnostics];
    return { base, head: sideOfCommit(states.head, head), isCheckedOut, diagnostics: [...others, ...own] };
  }
  const { lines, broken, diagnostics: problems } = parseLock(lock.before, { resolvesConflicts: true });
  const latest = latestVersions(lines.values());
  const pointers = [...snapshot.aliases, ...reading.brokenAliases].flatMap(({ name, alias, target }) => {
    // Like the base: a tag that is only in this clone does not move an alias.
    const now = isFollowing(target) ? resolveTarget({ kind: "latest" }, latest.get(name)) : target;
    return now === undefined || now.kind === "latest" ? [] : [{ name, alias, target: now }];
  });
  return {
    base,
    head: {
      of: {
        ...{ ref: WORKING, commit: states.headCommit },
        incomplete: filesOf([...problems, ...(await findMistakes(project, diagnostics))]),
      },
      broken,
      prompts: byName(snapshot.working),
      names: new Set(snapshot.workingNames),
      pointers: byPointer(pointers),
      lines,
    },
    isCheckedOut,
    diagnostics,
  };
}

function sideOfCommit({ commit, prompts, names, pointers, lines, broken, problems }: CommitState, ref: string): Side {
  const of = { ref, commit, incomplete: filesOf(problems) };
  return { of, prompts: byName(prompts), names: new Set(names), pointers: byPointer(pointers), lines, broken };
}

/** What is wrong with aliases.json itself, and not with what it leads to. */
async function findMistakes({ dir }: Project, diagnostics: readonly Diagnostic[]): Promise<readonly Diagnostic[]> {
  if (!diagnostics.some(({ file, revision }) => file === ALIASES_FILE && revision === undefined)) return [];
  const aliases = await readProjectFile(dir, ALIASES_FILE);
  return aliases === undefined ? [] : parseAliases(aliases.text).diagnostics;
}

function filesOf(diagnostics: readonly Diagnostic[]): string[] {
  const files = diagnostics.filter(({ severity }) => severity === "error").map(({ file }) => file);
  return [...new Set(files)].sort();
}

function byName(prompts: readonly WorkingPrompt[]): ReadonlyMap<string, WorkingPrompt> {
  return new Map(prompts.map((prompt) => [prompt.name, prompt]));
}

function byPointer(pointers: readonly Pointer[]): ReadonlyMap<string, Pointer> {
  return new Map(pointers.map((pointer) => [`${pointer.name}@${pointer.alias}`, pointer]));
}
