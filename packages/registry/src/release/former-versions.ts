// Prompts that had another name before: their notes go on from the old name's latest version.

import type { GitReader, TagRef } from "../git/reader.js";
import type { VersionRecord } from "../versions/read-versions.js";
import { readCommitPrompts } from "./commit-prompts.js";
import { type Lock, readKnownVersions } from "./known-versions.js";
import type { ReleaseCandidate, ReleaseSource } from "./release-plan.js";

/** The latest version under an earlier name of each prompt that has none under its own. */
export async function findFormer(
  reader: GitReader,
  tags: readonly TagRef[],
  lock: Lock,
  candidates: readonly ReleaseCandidate[],
  versions: readonly VersionRecord[],
  source: ReleaseSource,
): Promise<ReadonlyMap<string, VersionRecord>> {
  const released = new Set(versions.map(({ name }) => name));
  const former = new Map(
    candidates
      .filter(({ name }) => !released.has(name))
      .map(({ name, content }) => [name, source.formerNames?.(content.prompt.text) ?? []] as const),
  );
  const names = new Set([...former.values()].flat());
  if (names.size === 0) return new Map();
  const known = await readKnownVersions(reader, tags, lock, names, source);
  const latest = new Map(known.versions.map((version) => [version.name, version]));
  return new Map(
    [...former].flatMap(([name, olds]) => {
      const version = olds.map((old) => latest.get(old)).find((one) => one !== undefined);
      return version === undefined ? [] : [[name, version] as const];
    }),
  );
}

/** The names that prompts of a commit have now, by those that they had before. */
export async function findSuccessors(
  reader: GitReader,
  commit: string,
  names: readonly string[],
  source: ReleaseSource,
): Promise<ReadonlyMap<string, string>> {
  const { formerNames } = source;
  if (formerNames === undefined) return new Map();
  const { candidates } = await readCommitPrompts(reader, commit, names, source);
  return new Map(candidates.flatMap(({ name, content }) => formerNames(content.prompt.text).map((old) => [old, name])));
}
