// Finds the versions of renamed prompts: their notes continue from the latest version of the old name.

import type { OpenRepository } from "../repository/repository.js";
import type { VersionRecord } from "../versions/version-record.js";
import { readCommitPrompts } from "./commit-prompts.js";
import { type Lock, readKnownVersions } from "./known-versions.js";
import type { FormerNames, ReleaseCandidate } from "./release-plan.js";

/** For each prompt without a version: the latest version of its former name. */
export async function findFormer(
  repository: OpenRepository,
  lock: Lock,
  prompts: { readonly changed: readonly ReleaseCandidate[]; readonly versions: readonly VersionRecord[] },
  formerNames: FormerNames | undefined,
): Promise<ReadonlyMap<string, VersionRecord>> {
  const released = new Set(prompts.versions.map(({ name }) => name));
  const former = new Map(
    prompts.changed
      .filter(({ name }) => !released.has(name))
      .map(({ name, content }) => [name, formerNames?.(content.prompt.text) ?? []] as const),
  );
  const names = new Set([...former.values()].flat());
  if (names.size === 0) return new Map();
  const known = await readKnownVersions(repository, await repository.tags.refs(), lock, names);
  const latest = new Map(known.versions.map((version) => [version.name, version]));
  return new Map(
    [...former].flatMap(([name, olds]) => {
      const version = olds.map((old) => latest.get(old)).find((one) => one !== undefined);
      return version === undefined ? [] : [[name, version] as const];
    }),
  );
}

/** The current names of the prompts of a commit, by their former names. */
export async function findSuccessors(
  repository: OpenRepository,
  commit: string,
  names: readonly string[],
  formerNames: FormerNames | undefined,
): Promise<ReadonlyMap<string, string>> {
  if (formerNames === undefined) return new Map();
  const { candidates } = await readCommitPrompts(repository, commit, names);
  return new Map(candidates.flatMap(({ name, content }) => formerNames(content.prompt.text).map((old) => [old, name])));
}
