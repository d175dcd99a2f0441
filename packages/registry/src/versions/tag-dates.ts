// Compares the date of a signed tag with dates that it cannot precede. A signature is valid if its key was valid at the date in
// the tag, and the signer chooses this date: a lost key can sign for a time before it was lost.

import { compareVersions, type VersionId, versionTag } from "@cuecard/model";
import { parseSignature, readCommit } from "../git/commit-object.js";
import { parseTagObject, type TagObject } from "../git/objects.js";
import type { GitReader, TagRef } from "../git/reader.js";

type LockedVersion = VersionId & { readonly commit: string };

export interface Dated {
  readonly reader: GitReader;
  readonly tags: ReadonlyMap<string, TagRef>;
  /** See {@link versionsBefore}. */
  readonly before: ReadonlyMap<string, LockedVersion>;
}

export interface Backdated {
  /** ISO 8601 in UTC, as are all dates here. */
  readonly date: string;
  /** What is newer: the tag of the version before it, or `undefined` for its own commit. */
  readonly before: string | undefined;
  readonly beforeDate: string;
}

/** How far the clocks of two machines may differ, in milliseconds. */
const TOLERANCE = 5 * 60_000;

/** The newer date that a tag's date contradicts; `undefined` if there is none. Like git, takes a tag without a date as signed now. */
export async function findBackdated(
  dated: Dated,
  version: LockedVersion,
  { tagger }: TagObject,
): Promise<Backdated | undefined> {
  const date = tagger === undefined ? undefined : parseSignature(tagger).date;
  if (date === undefined) return undefined;
  const isEarlier = (other: string) => Date.parse(date) + TOLERANCE < Date.parse(other);
  const committed = await commitDate(dated.reader, version.commit);
  if (committed !== undefined && isEarlier(committed)) return { date, before: undefined, beforeDate: committed };
  const earlier = dated.before.get(versionTag(version));
  if (earlier === undefined) return undefined;
  const released = await releaseDate(dated, earlier);
  if (released === undefined || !isEarlier(released)) return undefined;
  return { date, before: versionTag(earlier), beforeDate: released };
}

/** The version before each one, by name and number as prompts.lock writes them. */
export function versionsBefore(versions: readonly LockedVersion[]): ReadonlyMap<string, LockedVersion> {
  const before = new Map<string, LockedVersion>();
  let last: LockedVersion | undefined;
  for (const version of [...versions].sort(compareVersions)) {
    if (last?.name === version.name) before.set(versionTag(version), last);
    last = version;
  }
  return before;
}

/** The date of a version's tag or, if the tag has none, of its commit. */
async function releaseDate({ reader, tags }: Dated, version: LockedVersion): Promise<string | undefined> {
  const ref = tags.get(versionTag(version));
  const object = ref === undefined ? undefined : await reader.readObject(ref.oid);
  const tagger = object?.type === "tag" ? parseTagObject(object.data)?.tagger : undefined;
  return tagger === undefined ? commitDate(reader, version.commit) : parseSignature(tagger).date;
}

async function commitDate(reader: GitReader, oid: string): Promise<string | undefined> {
  return (await readCommit(reader, oid))?.committer.date;
}
