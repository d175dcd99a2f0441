// Reads prompts.lock and aliases.json as they were where a branch parted from its base: what a pull request started from.

import {
  ALIASES_FILE,
  type AliasTarget,
  type Diagnostic,
  diagnose,
  LOCK_FILE,
  latestVersions,
  resolveTarget,
} from "@cuecard/model";
import { parseAliases } from "../alias-file/parse-aliases.js";
import { readCommit } from "../git/commit-object.js";
import { RepositoryUnreadable } from "../git/reader.js";
import { ObjectMissing, TreeReader } from "../git/tree-reader.js";
import { type LockLine, parseLock } from "../lock/lock-file.js";
import type { OpenRepository, Repository } from "../repository/repository.js";

export interface Base {
  /** Full id of the commit where the histories parted. */
  readonly commit: string;
  /** The lines of prompts.lock, as the versions are written there. Lines that cannot be read are left out. */
  readonly lines: ReadonlyMap<string, LockLine>;
  /** Those that lead somewhere. An alias that follows releases leads to the newest version in prompts.lock. */
  readonly pointers: readonly BasePointer[];
  /** Tags of versions whose lines cannot be read. */
  readonly broken: ReadonlySet<string>;
  /** What is wrong with both files in this commit. Lines and pointers with mistakes are left out. */
  readonly problems: readonly Diagnostic[];
}

export interface BasePointer {
  readonly name: string;
  readonly alias: string;
  readonly target: AliasTarget;
}

/**
 * @param ref A branch, tag or commit.
 * @returns The base, or why it cannot be read.
 */
export async function readBase(repository: Repository, ref: string): Promise<Base | Diagnostic> {
  try {
    return await readIn(await repository.open(), ref);
  } catch (error) {
    if (error instanceof RepositoryUnreadable) return error.diagnostic;
    if (error instanceof ObjectMissing) return unknownCommit(ref);
    throw error;
  }
}

async function readIn(repository: OpenRepository, ref: string): Promise<Base | Diagnostic> {
  const commit = await findBaseCommit(repository, ref, "HEAD");
  return typeof commit === "string" ? readRecords(repository, commit) : commit;
}

/** @param side What the commit was named for. */
export function unknownCommit(ref: string, side: "base" | "head" = "base"): Diagnostic {
  return diagnose("base/unknown", { base: ref, side }, { file: "." });
}

/**
 * @param ref A branch, tag or commit.
 * @param head The same.
 * @returns The full id of the commit where the histories of both parted, or why it is unknown.
 */
export async function findBaseCommit(
  repository: OpenRepository,
  ref: string,
  head: string,
): Promise<string | Diagnostic> {
  const { reader } = repository;
  const tip = await repository.resolveCommit(ref);
  if (tip === undefined) return unknownCommit(ref);
  const own = await repository.resolveCommit(head);
  const commit = own === undefined ? undefined : await reader.findMergeBase(own, tip);
  return commit ?? diagnose("base/no-common-commit", { base: ref, shallow: reader.shallow }, { file: "." });
}

/**
 * Reads prompts.lock and aliases.json of a commit.
 *
 * @throws ObjectMissing if this clone lacks the commit or a part of it.
 */
export async function readRecords(repository: OpenRepository, commit: string): Promise<Base> {
  const { reader } = repository;
  const tree = (await readCommit(reader, commit))?.tree;
  if (tree === undefined) throw new ObjectMissing();
  const trees = new TreeReader(reader);
  /** @param missing The text in place of a file that the commit does not have. */
  const readText = async (file: string, missing: string): Promise<string> => {
    const entry = await trees.find(tree, `${reader.prefix}${file}`);
    if (entry === undefined) return missing;
    const text = await reader.readLargeText(entry.oid);
    if (text === undefined) throw new ObjectMissing();
    return text;
  };
  const lock = parseLock(await readText(LOCK_FILE, ""), { resolvesConflicts: true });
  const latest = latestVersions(lock.lines.values());
  const aliases = parseAliases(await readText(ALIASES_FILE, "{}"));
  const pointers = aliases.prompts.flatMap(({ name, pointers: own }) =>
    own.flatMap(({ alias, target: stored }) => {
      const target = resolveTarget(stored, latest.get(name));
      return target === undefined ? [] : [{ name, alias, target }];
    }),
  );
  const problems = [...lock.diagnostics, ...aliases.diagnostics].map(({ code, args, file, range, subject }) =>
    diagnose(code, args, { file, range, revision: { commit } }, subject),
  );
  return { commit, lines: lock.lines, pointers, broken: lock.broken, problems };
}
