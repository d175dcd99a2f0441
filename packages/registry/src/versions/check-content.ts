// Reads the content of a version and checks it against the digest in prompts.lock.

import { diagnose, gitTag, versionTag } from "@cuecard/model";
import { LOCK_FILE, type LockLine } from "../lock/lock-file.js";
import type { ContentResult } from "../repository/content-reader.js";
import type { OpenRepository } from "../repository/repository.js";
import { contentOfDigest, digestOf } from "./digest.js";
import { type Candidate, pathOf, placeOf, type Rejection, reject, type VersionRecord } from "./version-record.js";

export async function checkContent(
  candidate: Omit<Candidate, "commitData"> & { readonly commitData?: Buffer | undefined },
  repository: OpenRepository,
): Promise<VersionRecord | Rejection> {
  const { name, version, commit, notes, retired, line } = candidate;
  const { contents, promptsDir } = repository;
  const result = await contents.read(candidate);
  if (result.kind === "prompt-missing" && line === undefined) return explainForeign(candidate, repository);
  if (result.kind !== "content") return explain(candidate, result, repository);
  const common = { name, version, commit, notes, retired, line };
  if (line === undefined) {
    // The settings that the version was released with are those of its commit.
    const content = await contents.underSettings(result.content, commit);
    return { ...common, digest: digestOf(content, promptsDir), content };
  }
  const content = contentOfDigest(result.content, line.digest, promptsDir);
  if (content === undefined) return rejectDigest(line, digestOf(result.content, promptsDir));
  return { ...common, digest: line.digest, content };
}

type Failure = Exclude<ContentResult, { readonly kind: "content" }>;

function explain(
  candidate: Omit<Candidate, "commitData">,
  failure: Failure,
  { reader, promptsDir, tagPrefix }: OpenRepository,
): Rejection {
  const { line, commit } = candidate;
  const { shallow } = reader;
  const problem = reader.fetchProblem();
  const tag = gitTag(candidate, tagPrefix);
  const path = pathOf(candidate, promptsDir);
  const place = placeOf(candidate, line, promptsDir);
  switch (failure.kind) {
    case "invalid":
      return reject(...failure.diagnostics);
    case "prompt-missing":
      return line === undefined ? reject() : rejectDigest(line, `no ${path} in the commit`);
    case "not-a-commit": {
      const problem = `${commit.slice(0, 12)} is not a commit`;
      return reject(diagnose("lock/invalid-line", { problem }, { file: LOCK_FILE, range: line?.range }, candidate));
    }
    case "commit-missing":
      return line === undefined
        ? reject(diagnose("tag/object-missing", { tag, shallow, problem }, place, candidate))
        : reject(diagnose("lock/commit-missing", { tag, commit, shallow }, place, candidate));
    case "object-missing":
      return reject(diagnose("tag/object-missing", { tag, shallow, problem }, place, candidate));
  }
}

/** The tag of another project is not a mistake. Whether it may be confused with this project's is for the caller. */
async function explainForeign(
  candidate: Omit<Candidate, "commitData">,
  { places, promptsDir, tagPrefix }: OpenRepository,
): Promise<Rejection> {
  const place = await places.find(candidate.name, candidate.commit);
  if (place.kind === "elsewhere") return { reasons: [], foreign: place };
  const args = { tag: gitTag(candidate, tagPrefix), path: pathOf(candidate, promptsDir) };
  const at = placeOf(candidate, undefined, promptsDir);
  return { reasons: [diagnose("tag/prompt-missing", args, at, candidate)], foreign: place };
}

function rejectDigest(line: LockLine, found: string): Rejection {
  const args = { tag: versionTag(line), locked: line.digest, found };
  return reject(diagnose("lock/digest-mismatch", args, { file: LOCK_FILE, range: line.range }, line));
}
