// Reads the history of one prompt from git: who released each version and when, how its aliases moved, and whether its
// file was removed. read-snapshot.ts reads the content of versions, and checks whether they can be used.

import {
  compareVersions,
  type Diagnostic,
  PROMPT_EXTENSION,
  parseVersionTag,
  type VersionId,
  versionTag,
} from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import { readCommit, type Signature } from "../git/commit-object.js";
import { readProjectFile } from "../git/project-file.js";
import { type GitReader, RepositoryUnreadable, type TagRef } from "../git/reader.js";
import { LOCK_FILE, parseLock } from "../lock/lock-file.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { resolveTag } from "../versions/resolve-tag.js";
import { tagsOfVersions } from "../versions/tags-of-versions.js";
import { type AliasMove, readAliasMoves } from "./alias-moves.js";
import { listFileChanges } from "./walk-changes.js";

/** Who released a version, and when. */
export interface Release extends VersionId {
  /** `undefined` if the tag does not point at a commit. */
  readonly commit: string | undefined;
  /** The date of the annotated tag or, without one, of the commit. `undefined` if this clone lacks both. */
  readonly date: string | undefined;
  /** The commit's author; `undefined` if this clone lacks the commit. */
  readonly author: Signature | undefined;
  /** The tagger of the annotated tag. */
  readonly tagger: Signature | undefined;
  readonly notes: string;
  /** From prompts.lock. */
  readonly digest: string | undefined;
  readonly retired: string | undefined;
}

export interface Removal {
  readonly commit: string;
  /** Who removed the file, and when. */
  readonly by: Signature;
}

export interface PromptHistory {
  /**
   * All versions that a tag or a line of prompts.lock names, usable or not; in the order of the names, newest first.
   */
  readonly releases: readonly Release[];
  /** The committed moves of the aliases of these names; newest first. */
  readonly moves: readonly AliasMove[];
  /** The commit that removed the prompt's file; `undefined` if the file exists, and if that is unknown. */
  readonly removed: Removal | undefined;
  /** Whether older moves are missing, because this clone lacks older commits. */
  readonly truncated: boolean;
  /** Why the repository cannot be read; the rest is empty then. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * @param names The prompt's name, and the names that it had before.
 * @param hasFile Whether the prompt has a file, so that the commit that removed an earlier one is not looked for.
 */
export async function readHistory(
  repository: Repository,
  names: readonly string[],
  hasFile: boolean,
): Promise<PromptHistory> {
  try {
    return await read(await repository.open(), names, hasFile);
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return { releases: [], moves: [], removed: undefined, truncated: false, diagnostics: [error.diagnostic] };
  }
}

/**
 * Only the releases of {@link readHistory}.
 *
 * @param names The prompt's name, and the names that it had before.
 */
export async function readReleases(
  repository: Repository,
  names: readonly string[],
): Promise<Pick<PromptHistory, "releases" | "diagnostics">> {
  try {
    return { releases: await listReleases(await repository.open(), names), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return { releases: [], diagnostics: [error.diagnostic] };
  }
}

async function read(repository: OpenRepository, names: readonly string[], hasFile: boolean): Promise<PromptHistory> {
  const head = await repository.resolveCommit("HEAD");
  const { moves, truncated } =
    head === undefined
      ? { moves: [], truncated: false }
      : await readAliasMoves(repository.reader, head, new Set(names));
  return {
    releases: await listReleases(repository, names),
    moves,
    removed: head === undefined || hasFile ? undefined : await findRemoval(repository, head, names),
    truncated,
    diagnostics: [],
  };
}

async function listReleases(repository: OpenRepository, names: readonly string[]): Promise<Release[]> {
  const { reader, dir } = repository;
  const lines = parseLock((await readProjectFile(dir, LOCK_FILE))?.text ?? "", { only: new Set(names) }).lines;
  const order = new Map(names.map((name, index) => [name, index]));
  const refs = await tagsOfVersions(repository, lines.values());
  const ids = new Map<string, VersionId>();
  for (const key of [...refs.keys(), ...lines.keys()]) {
    const id = parseVersionTag(key);
    if (id === undefined || !order.has(id.name)) continue;
    const ref = refs.get(key);
    if (lines.has(key) || ref === undefined || !(await isForeign(repository, id, ref))) ids.set(key, id);
  }
  const sorted = [...ids.values()].sort(
    (a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0) || compareVersions(b, a),
  );
  return mapLimited(sorted, reader.concurrency, async ({ name, version }) => {
    const key = versionTag({ name, version });
    const line = lines.get(key);
    const { commit, notes, tagger } = await readTag(reader, refs.get(key), line?.commit);
    const parsed = commit === undefined ? undefined : await readCommit(reader, commit);
    return {
      name,
      version,
      commit,
      date: tagger?.date ?? parsed?.committer.date,
      author: parsed?.author,
      tagger,
      notes: notes === "" ? (line?.notes ?? "") : notes,
      digest: line?.digest,
      retired: line?.retired,
    };
  });
}

/** Whether a tag without a line in prompts.lock belongs to another project. */
async function isForeign({ reader, places }: OpenRepository, { name }: VersionId, ref: TagRef): Promise<boolean> {
  const target = await resolveTag(reader, ref);
  return target.kind === "commit" && (await places.find(name, target.commit)).kind === "elsewhere";
}

/** Reads a version's tag; without a tag, its commit comes from its line. */
async function readTag(
  reader: GitReader,
  ref: TagRef | undefined,
  locked: string | undefined,
): Promise<Pick<Release, "commit" | "notes" | "tagger">> {
  if (ref === undefined) return { commit: locked, notes: "", tagger: undefined };
  const target = await resolveTag(reader, ref);
  if (target.kind !== "commit") return { commit: locked, notes: "", tagger: undefined };
  return { commit: target.commit, notes: target.notes, tagger: target.tagger };
}

async function findRemoval(
  { reader, promptsDir }: OpenRepository,
  head: string,
  names: readonly string[],
): Promise<Removal | undefined> {
  const path = `${reader.prefix}${promptsDir}/${names[0]}${PROMPT_EXTENSION}`;
  for await (const { commit, blobs } of listFileChanges(reader, head, [path], 1))
    return blobs[0] === undefined ? { commit: commit.oid, by: commit.author } : undefined;
  return undefined;
}
