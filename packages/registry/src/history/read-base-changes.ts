// What a branch changes in prompts.lock and aliases.json since it parted from its base.

import { type AliasEntry, type Diagnostic, type VersionId, versionTag } from "@cuecard/model";
import { readCommit } from "../git/commit-object.js";
import { type LockEntry, parseLock } from "../lock/lock-file.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { tagsOfVersions } from "../versions/tags-of-versions.js";
import { compareBase } from "./compare-base.js";
import { type BasePointer, readBase } from "./read-base.js";

/** A version whose line is new in prompts.lock. */
export interface AddedLine extends LockEntry {
  /** The first line of the commit's message; empty if this clone lacks the commit. */
  readonly subject: string;
}

export interface BaseChanges {
  /** Full id of the commit where the histories parted; `undefined` if it cannot be read. */
  readonly commit: string | undefined;
  /** In the order of prompts.lock. */
  readonly added: readonly AddedLine[];
  /** The versions of the base. */
  readonly before: readonly VersionId[];
  /** The pointers of the base. */
  readonly pointers: readonly BasePointer[];
  /** What was removed or changed, and why the base cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * @param base A branch, tag or commit.
 * @param now The text of prompts.lock, and the pointers of aliases.json that resolve.
 */
export async function readBaseChanges(
  repository: Repository,
  base: string,
  now: { readonly lock: string; readonly aliases: readonly AliasEntry[] },
): Promise<BaseChanges> {
  const read = await readBase(repository, base);
  if ("code" in read) return { commit: undefined, added: [], before: [], pointers: [], diagnostics: [read] };
  const opened = await repository.open();
  const { lines, broken } = parseLock(now.lock, { resolvesConflicts: true });
  const diagnostics = compareBase(read, {
    lines,
    broken,
    aliases: now.aliases,
    tagged: await listTagged(opened, lines),
  });
  const fresh = [...lines].filter(([tag]) => !read.lines.has(tag)).map(([, { range, ...entry }]) => entry);
  const added = await Promise.all(
    fresh.map(async (entry) => ({ ...entry, subject: await readSubject(opened, entry) })),
  );
  return {
    commit: read.commit,
    added,
    pointers: read.pointers,
    before: [...read.lines.values()].map(({ name, version }) => ({ name, version })),
    diagnostics,
  };
}

/** Hosts and CI clone without tags: then it means nothing that one does not exist. */
async function listTagged(
  repository: OpenRepository,
  lines: ReadonlyMap<string, LockEntry>,
): Promise<ReadonlySet<string> | undefined> {
  const tagged = new Set((await tagsOfVersions(repository, lines.values())).keys());
  const isComplete = !repository.reader.shallow && [...lines.values()].some((line) => tagged.has(versionTag(line)));
  return isComplete ? tagged : undefined;
}

async function readSubject({ reader }: OpenRepository, { commit }: LockEntry): Promise<string> {
  return (await readCommit(reader, commit))?.message.split("\n")[0] ?? "";
}
