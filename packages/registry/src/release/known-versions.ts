// Reads the versions of some prompts: from the tags of this clone, from prompts.lock and, for `--push`, from the
// remote.

import { type Diagnostic, parseGitTag, parseVersionTag, type VersionId, versionTag } from "@cuecard/model";
import { NO_TEXT, type ProjectFile, readProjectFile } from "../git/project-file.js";
import type { TagRef } from "../git/reader.js";
import { findUnmerged } from "../history/find-unmerged.js";
import { LOCK_FILE, type LockFile, parseLock } from "../lock/lock-file.js";
import type { OpenRepository } from "../repository/repository.js";
import { readVersions } from "../versions/read-versions.js";
import type { ForeignTag, VersionRecord } from "../versions/version-record.js";

export interface Lock {
  readonly file: ProjectFile;
  readonly lines: LockFile;
}

/** @param repository If it is only about some prompts, the lines of others are not read. */
export async function readLock({ dir, only }: Pick<OpenRepository, "dir" | "only">): Promise<Lock> {
  const file = (await readProjectFile(dir, LOCK_FILE)) ?? NO_TEXT;
  const before = parsed.get(file);
  if (before !== undefined && before.only === only) return before.lock;
  const lock = { file, lines: parseLock(file.text, { only }) };
  parsed.set(file, { only, lock });
  return lock;
}

/** What was last parsed of each text of prompts.lock that is still in use. */
const parsed = new WeakMap<ProjectFile, { readonly only: ReadonlySet<string> | undefined; readonly lock: Lock }>();

export interface KnownVersions {
  /** The versions that passed all checks of tag and lock; sorted. */
  readonly versions: readonly VersionRecord[];
  /** Tags that look like versions of these prompts and belong to another project. */
  readonly foreign: readonly ForeignTag[];
  /** The highest number of each prompt in any of this project's tags or lines, usable or not. */
  readonly highest: ReadonlyMap<string, number>;
  /** Errors of these prompts' tags and lines, and of the lock itself. */
  readonly diagnostics: readonly Diagnostic[];
}

/** @param tags The tags of this clone and of the remote, each name once. */
export async function readKnownVersions(
  repository: OpenRepository,
  tags: readonly TagRef[],
  lock: Lock,
  names: ReadonlySet<string>,
): Promise<KnownVersions> {
  const { tagPrefix } = repository;
  const own = tags.filter((tag) => versionOf(tag, names, tagPrefix) !== undefined);
  const lines = new Map([...lock.lines.lines].filter(([, line]) => names.has(line.name)));
  const broken = new Set([...lock.lines.broken].filter((tag) => names.has(parseVersionTag(tag)?.name ?? "")));
  const {
    versions,
    foreign: others,
    stray,
    diagnostics,
  } = await readVersions(
    repository,
    own,
    { ...lock.lines, lines, broken },
    {
      frozen: false,
      // A line that agrees with its tag is trusted: a shallow clone lacks the content, and `check` verifies it.
      knownDigest({ name, version, commit }) {
        const line = lines.get(versionTag({ name, version }));
        return line?.commit === commit ? line.digest : undefined;
      },
      needsContent: () => false,
      isPointedAt: () => false,
      onProgress: () => {},
      // What prompts.lock has is for `check`. Here, only new lines count.
      async findUnmerged(found) {
        const unlocked = found.filter(({ line }) => line === undefined);
        return unlocked.length === 0 ? new Set() : (await findUnmerged(repository, unlocked, undefined)).unmerged;
      },
    },
  );
  // A tag counts if no other project has the prompt: it may have been deleted, or the project was moved.
  const foreign = others.filter(({ place }) => place.kind === "elsewhere");
  const skipped = new Set([...foreign.map(({ tag }) => tag), ...stray.keys()]);
  const highest = new Map<string, number>();
  const named = [
    ...own.filter(({ name }) => !skipped.has(name)).map((tag) => versionOf(tag, names, tagPrefix)),
    ...[...lines.keys(), ...broken].map(parseVersionTag),
  ];
  for (const id of named) if (id !== undefined) highest.set(id.name, Math.max(id.version, highest.get(id.name) ?? 0));
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return { versions, foreign, highest, diagnostics: [...lock.file.diagnostics, ...lock.lines.diagnostics, ...errors] };
}

/** The version of one of these prompts that a tag names. */
export function versionOf({ name: tag }: TagRef, names: ReadonlySet<string>, tagPrefix: string): VersionId | undefined {
  const id = parseGitTag(tag, tagPrefix);
  return id !== undefined && names.has(id.name) ? id : undefined;
}
