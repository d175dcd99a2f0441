// Checks a version's tag against its line in prompts.lock: both must name the same commit.

import { diagnose, type VersionId } from "@cuecard/model";
import type { TagRef } from "../git/reader.js";
import { LOCK_FILE, type LockLine } from "../lock/lock-file.js";
import type { OpenRepository } from "../repository/repository.js";
import { resolveTag } from "./resolve-tag.js";
import { type Candidate, type NamedVersion, placeOf, type Rejection, reject } from "./version-record.js";

export interface CandidateOptions {
  /** Whether the notes of the lock are kept even if the tag has others. */
  readonly frozen: boolean;
  /** The digest that a version at a commit was verified to have. */
  readonly knownDigest: (id: VersionId & { readonly commit: string }) => string | undefined;
}

export async function findCandidate(
  { id, ref, line }: NamedVersion,
  { reader, promptsDir }: OpenRepository,
  options: CandidateOptions,
): Promise<Candidate | Rejection> {
  const { name, version } = id;
  const common = { name, version, line, retired: line?.retired, commitData: undefined };
  // A clone need not have tags: the line alone is enough.
  if (ref === undefined) return { ...common, commit: line.commit, notes: line.notes };
  const known = findKnownCommit(id, ref, line, options);
  if (known !== undefined) return { ...common, commit: known, notes: line?.notes ?? "" };
  const target = await resolveTag(reader, ref);
  const tag = ref.name;
  const place = placeOf(id, line, promptsDir);
  if (target.kind === "missing")
    return reject(
      diagnose("tag/object-missing", { tag, shallow: reader.shallow, problem: reader.fetchProblem() }, place, id),
    );
  if (target.kind === "invalid")
    return reject(diagnose("tag/not-a-commit", { tag, problem: target.problem }, place, id));
  const { commit, data } = target;
  if (line !== undefined && line.commit !== commit) {
    const args = { tag, locked: line.commit, found: commit };
    return reject(diagnose("tag/moved", args, { file: LOCK_FILE, range: line.range }, id));
  }
  const found = { ...common, commit, commitData: data };
  if (target.undecoded === undefined) return { ...found, notes: chooseNotes(target.notes, line, options.frozen) };
  // Nothing that was guessed is locked.
  if (line !== undefined) return { ...found, notes: line.notes };
  return {
    ...found,
    notes: "",
    warning: diagnose("tag/notes-not-text", { tag, problem: target.undecoded }, place, id),
  };
}

/**
 * The commit of a tag whose objects need not be read, because content and notes are known. (The notes of an annotated
 * tag then come from its line; they are compared whenever the tag is read.)
 */
function findKnownCommit(
  { name, version }: VersionId,
  ref: TagRef,
  line: LockLine | undefined,
  { knownDigest }: CandidateOptions,
): string | undefined {
  const commit = ref.peeled ?? ref.oid;
  const isAgreed = line === undefined ? ref.peeled === undefined : line.commit === commit;
  if (ref.problem !== undefined || !isAgreed) return undefined;
  return knownDigest({ name, version, commit }) === undefined ? undefined : commit;
}

/**
 * The tag's message replaces the locked notes, unless it is empty: some CI checkouts replace an annotated tag with a
 * lightweight one, which must not erase the notes.
 */
function chooseNotes(tagged: string, line: LockLine | undefined, frozen: boolean): string {
  if (line === undefined) return tagged;
  return frozen || tagged === "" ? line.notes : tagged;
}
