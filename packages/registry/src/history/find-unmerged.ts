// Finds the versions that were never merged: neither their commits nor their contents are in the history of the commit that
// is checked out, or of a release branch. After a squash or a rebase only the content is there, in a commit of its own.
// A tag without a line in prompts.lock could be at any commit of a branch that was merged, also at one whose text the branch took back
// before: it counts if the heads themselves were at that commit, or had its content.

import { filesOf, versionTag } from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import type { CommitPaths } from "../git/reader.js";
import type { LockEntry } from "../lock/lock-file.js";
import type { OpenRepository } from "../repository/repository.js";
import { contentOfDigest } from "../versions/digest.js";
import type { VersionRecord } from "../versions/version-record.js";
import { type Heads, readHeads } from "./heads.js";
import { listFileChanges } from "./walk-changes.js";

/** What an earlier run found out about a history. */
export interface MergedRecord {
  /** The commits whose history it was. */
  readonly heads: readonly string[];
  /** The versions in it, by `greet@v1 <commit> <digest>`. */
  readonly merged: readonly string[];
  /** Those that are not in it. */
  readonly unmerged: readonly string[];
}

/** Which versions were merged. */
export interface Merges {
  /** Versions that are in no history that counts, as prompts.lock writes them. */
  readonly unmerged: ReadonlySet<string>;
  /** Versions for which this clone lacks the commits that would show it. */
  readonly unknown: ReadonlySet<string>;
  /** Patterns of release branches for which this clone has no branch. */
  readonly absentBranches: readonly string[];
  /** For the next run; `undefined` if there is no history. */
  readonly record: MergedRecord | undefined;
}

export type UnmergedVersion = Pick<VersionRecord, keyof LockEntry | "content" | "line">;

/** @param known What an earlier run found out. It is used if the history still contains the heads of that run. */
export async function findUnmerged(
  repository: OpenRepository,
  versions: readonly UnmergedVersion[],
  known: MergedRecord | undefined,
): Promise<Merges> {
  const heads = await readHeads(repository);
  const { commits, absentBranches } = heads;
  if (commits.length === 0)
    return { unmerged: new Set(), unknown: new Set(versions.map(versionTag)), absentBranches, record: undefined };
  const isSame = known !== undefined && known.heads.join() === commits.join();
  const merged = new Set(
    known?.merged.flatMap((key) => {
      if (!key.endsWith(ONLY_TAG)) return [key];
      // What counts without a line counts with one. But that a head was at a commit says nothing about later heads.
      return [key.slice(0, -ONLY_TAG.length), ...(isSame ? [key] : [])];
    }),
  );
  const unmerged = new Set(isSame ? known.unmerged : []);
  const isOpen = (version: UnmergedVersion) => !merged.has(keyOf(version)) && !unmerged.has(keyOf(version));
  let open = versions.filter(isOpen);
  const unknown = new Set<string>();
  if (open.length > 0 || !isSame) {
    const earlier = isSame ? [] : (known?.heads ?? []);
    const { reader } = repository;
    // Every head is in its own history.
    const isHead = ({ commit }: UnmergedVersion) => commits.includes(commit);
    for (const version of open) if (isHead(version)) merged.add(keyOf(version));
    open = open.filter((version) => !isHead(version));
    const hasTagsOnly = open.some(({ line }) => line === undefined);
    const steps = hasTagsOnly ? await reader.listFirstParents(commits) : undefined;
    // What the heads were themselves is in their history: usually, that is everything.
    const findOutside = async (wanted: readonly string[]): Promise<ReadonlySet<string>> => {
      const others = [...new Set(wanted)].filter((commit) => steps?.has(commit) !== true);
      return others.length === 0 ? new Set() : reader.findOutside(others, commits);
    };
    let outside = await findOutside([...open.map(commitOf), ...earlier]);
    if (earlier.some((head) => outside.has(head))) {
      // Another branch was checked out, or the history was rewritten.
      merged.clear();
      open = [...versions];
      outside = await findOutside(open.map(commitOf));
    }
    const isOutside = ({ commit }: UnmergedVersion) => outside.has(commit);
    const locked = open.filter(({ line }) => line !== undefined);
    const tagged = open.filter(({ line }) => line === undefined);
    const ownSteps = tagged.length === 0 ? undefined : (steps ?? (await reader.listFirstParents(commits)));
    const isAside = ({ commit }: UnmergedVersion) => ownSteps?.has(commit) !== true;
    const contents = [
      await findContents(repository, heads, locked.filter(isOutside)),
      await findContents(repository, heads, tagged.filter(isAside), ownSteps),
    ];
    const isComplete = contents.every((part) => part.isComplete);
    const isCertain = isComplete && !repository.reader.shallow && absentBranches.length === 0;
    for (const version of open) {
      const key = keyOf(version);
      const isLacking = version.line === undefined ? isAside(version) : isOutside(version);
      if (!isLacking || contents.some(({ found }) => found.has(key))) merged.add(key);
      else if (isCertain && !contents.some((part) => part.unknown.has(key))) unmerged.add(key);
      else unknown.add(versionTag(version));
    }
  }
  const own = new Set(versions.flatMap((version) => [keyOf(version), lineKey(version)]));
  const keep = (keys: ReadonlySet<string>) => [...keys].filter((key) => own.has(key));
  return {
    unmerged: new Set(versions.filter((version) => unmerged.has(keyOf(version))).map(versionTag)),
    unknown,
    absentBranches,
    record: { heads: commits, merged: keep(merged), unmerged: keep(unmerged) },
  };
}

/** Ends the keys of versions that have no line in prompts.lock: for them, less counts. */
const ONLY_TAG = " tag";

function keyOf(version: UnmergedVersion): string {
  return version.line === undefined ? lineKey(version) + ONLY_TAG : lineKey(version);
}

function lineKey(version: UnmergedVersion): string {
  return `${versionTag(version)} ${version.commit} ${version.digest}`;
}

function commitOf({ commit }: UnmergedVersion): string {
  return commit;
}

interface Contents {
  /** Keys of versions whose content is in the history. */
  readonly found: ReadonlySet<string>;
  /** Keys of versions for which this clone lacks objects. */
  readonly unknown: ReadonlySet<string>;
  /** Whether the whole history was searched. */
  readonly isComplete: boolean;
}

/**
 * Looks for the contents of versions in the commits that changed one of their files. The history is searched once per prompt.
 *
 * @param among The commits that count. Default: all.
 */
async function findContents(
  repository: OpenRepository,
  heads: Heads,
  versions: readonly UnmergedVersion[],
  among?: ReadonlySet<string>,
): Promise<Contents> {
  const found = new Set<string>();
  const unknown = new Set<string>();
  if (versions.length === 0) return { found, unknown, isComplete: true };
  const { contents, promptsDir, reader, facts } = repository;
  const changes = await reader.listChanges?.(heads.commits, `${reader.prefix}${promptsDir}`);
  const counted = among === undefined ? changes : changes?.filter(({ commit }) => among.has(commit));
  // A walk leaves out a merge that has the text of the merged branch, which may be what counts.
  const walked = among === undefined ? walkEach(repository, heads) : () => among;
  const commitsOf: ListCommits = counted === undefined ? walked : groupByPath(counted);
  const byName = new Map<string, UnmergedVersion[]>();
  for (const version of versions) byName.set(version.name, [...(byName.get(version.name) ?? []), version]);
  await mapLimited([...byName], reader.concurrency, async ([name, own]) => {
    const paths = new Set<string>();
    const wanted = new Set(own);
    for (const version of own) {
      const read = version.content ?? (await contents.read(version));
      const content = "kind" in read ? (read.kind === "content" ? read.content : undefined) : read;
      if (content === undefined) unknown.add(keyOf(version));
      else for (const { path } of filesOf(content)) paths.add(`${reader.prefix}${path}`);
    }
    for await (const commit of commitsOf(paths)) {
      const read = await contents.read({ name, commit });
      if (read.kind === "commit-missing" || read.kind === "object-missing")
        for (const version of wanted) unknown.add(keyOf(version));
      if (read.kind !== "content") continue;
      for (const version of wanted) {
        if (contentOfDigest(read.content, version.digest, promptsDir) === undefined) continue;
        found.add(keyOf(version));
        wanted.delete(version);
      }
      if (wanted.size === 0) return;
    }
  });
  // Where a partial clone lacks folders, walking ends early and reports nothing.
  return { found, unknown, isComplete: changes !== undefined || !facts.partial };
}

/** The commits of the history that changed one of some files, newest first. */
type ListCommits = (paths: ReadonlySet<string>) => AsyncIterable<string> | Iterable<string>;

function walkEach({ reader }: OpenRepository, { commits }: Heads): ListCommits {
  return async function* walk(paths) {
    for (const head of commits)
      for await (const { commit } of listFileChanges(reader, head, [...paths])) yield commit.oid;
  };
}

function groupByPath(changes: readonly CommitPaths[]): ListCommits {
  const byPath = new Map<string, number[]>();
  for (const [index, change] of changes.entries())
    for (const path of change.paths) {
      const known = byPath.get(path);
      if (known === undefined) byPath.set(path, [index]);
      else known.push(index);
    }
  return (paths) => {
    const indexes = new Set([...paths].flatMap((path) => byPath.get(path) ?? []));
    return [...indexes].sort((a, b) => a - b).flatMap((index) => changes[index]?.commit ?? []);
  };
}
