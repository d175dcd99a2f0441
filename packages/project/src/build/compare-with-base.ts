// What a pull request changes in prompts.lock, with the text that each new line brings: the line itself shows none of it.

import type { ChangedFile } from "@cuecard/build";
import { type AliasEntry, type Diagnostic, type VersionId, versionTag } from "@cuecard/model";
import { readBaseChanges } from "@cuecard/registry";
import type { CompiledProject } from "../compile/compiled-project.js";
import type { Project } from "../read/project.js";
import { findTrustChanges } from "./trust-changes.js";

/** A version whose line a pull request adds. */
export interface AddedVersion extends VersionId {
  readonly commit: string;
  /** The first line of the commit's message; empty if this clone lacks the commit. */
  readonly subject: string;
  readonly digest: string;
  readonly notes: string;
  /** The number of the version that it is compared with; `undefined` for a first version. */
  readonly before: number | undefined;
  /** Its files that differ from the version before, with their changed lines; `undefined` if the version cannot be read. */
  readonly files: readonly ChangedFile[] | undefined;
}

type Pointer = Pick<AliasEntry, "name" | "alias" | "target">;

export interface BaseComparison {
  /** Full id of the commit where the histories parted; `undefined` if it cannot be read. */
  readonly commit: string | undefined;
  readonly added: readonly AddedVersion[];
  /** The pointers of the base. */
  readonly pointers: readonly Pointer[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @param base A branch, tag or commit. */
export async function compareWithBase(
  project: Project,
  base: string,
  { lock, snapshot }: CompiledProject<unknown>,
): Promise<BaseComparison> {
  const aliases = snapshot?.aliases ?? [];
  const {
    commit,
    added,
    before,
    pointers,
    diagnostics: changed,
  } = await readBaseChanges(project.repository, base, {
    lock: lock.before,
    aliases,
  });
  const diagnostics = commit === undefined ? changed : [...changed, ...(await findTrustChanges(project, commit))];
  if (added.length === 0) return { commit, added: [], pointers, diagnostics };
  const locked = new Set([...before, ...added].map(versionTag));
  const readable = (snapshot?.versions ?? []).filter((version) => locked.has(versionTag(version)));
  const pairs = added.map((entry) => ({ entry, earlier: findEarlier(entry, readable) }));
  const wanted = new Set(
    pairs.flatMap(({ entry, earlier }) => [entry, ...(earlier === undefined ? [] : [earlier])].map(versionTag)),
  );
  const read = await project.snapshot({ texts: (version) => wanted.has(versionTag(version)) });
  const contents = new Map(read.snapshot?.versions.map((version) => [versionTag(version), version.content]));
  const { changedLines } = await project.compiler();
  return {
    commit,
    added: pairs.map(({ entry, earlier }) => {
      const content = contents.get(versionTag(entry));
      const { name, version, commit, subject, digest, notes } = entry;
      const files =
        content === undefined
          ? undefined
          : changedLines(earlier === undefined ? undefined : contents.get(versionTag(earlier)), content);
      return { name, version, commit, subject, digest, notes, before: earlier?.version, files };
    }),
    pointers,
    diagnostics,
  };
}

/** The version before, of those that have a line and can be read. */
function findEarlier({ name, version }: VersionId, versions: readonly VersionId[]): VersionId | undefined {
  const earlier = versions.filter((other) => other.name === name && other.version < version);
  return earlier.sort((a, b) => b.version - a.version)[0];
}
