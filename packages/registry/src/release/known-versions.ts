// Reads the versions of some prompts: from the tags of this clone, from prompts.lock and, for `--push`, from the
// remote.

import { type Diagnostic, parseVersionTag, versionTag } from "@cuecard/model";
import { NO_TEXT, type ProjectFile, readProjectFile } from "../disk/project-file.js";
import type { TagRef } from "../git/reader.js";
import { LOCK_FILE, type LockFile, parseLock } from "../lock/lock-file.js";
import type { OpenRepository } from "../repository/repository.js";
import { readVersions } from "../versions/read-versions.js";
import type { VersionRecord } from "../versions/version-record.js";

export interface Lock {
  readonly file: ProjectFile;
  readonly lines: LockFile;
}

export async function readLock(dir: string): Promise<Lock> {
  const file = (await readProjectFile(dir, LOCK_FILE)) ?? NO_TEXT;
  return { file, lines: parseLock(file.text) };
}

export interface KnownVersions {
  /** The versions that passed all checks of tag and lock; sorted. */
  readonly versions: readonly VersionRecord[];
  /** The highest number of each prompt in any tag or line, usable or not. */
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
  const own = tags.filter(({ name }) => isOf(names, name));
  const lines = new Map([...lock.lines.lines].filter(([, line]) => names.has(line.name)));
  const broken = new Set([...lock.lines.broken].filter((tag) => isOf(names, tag)));
  const { versions, diagnostics } = await readVersions(
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
    },
  );
  const highest = new Map<string, number>();
  for (const tag of [...own.map(({ name }) => name), ...lines.keys(), ...broken]) {
    const id = parseVersionTag(tag);
    if (id !== undefined) highest.set(id.name, Math.max(id.version, highest.get(id.name) ?? 0));
  }
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return { versions, highest, diagnostics: [...lock.file.diagnostics, ...lock.lines.diagnostics, ...errors] };
}

/** Whether a tag names a version of one of these prompts. */
export function isOf(names: ReadonlySet<string>, tag: string): boolean {
  const id = parseVersionTag(tag);
  return id !== undefined && names.has(id.name);
}
