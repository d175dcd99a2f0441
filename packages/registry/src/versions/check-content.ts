// Reads the content of a version and checks it against the digest in prompts.lock.

import { diagnose, versionTag } from "@cuecard/model";
import { LOCK_FILE, type LockLine } from "../lock/lock-file.js";
import type { ContentResult } from "../repository/content-reader.js";
import type { OpenRepository } from "../repository/repository.js";
import { digestOf } from "./digest.js";
import { type Candidate, pathOf, placeOf, type Rejection, reject, type VersionRecord } from "./version-record.js";

export async function checkContent(
  candidate: Omit<Candidate, "commitData"> & { readonly commitData?: Buffer | undefined },
  repository: OpenRepository,
): Promise<VersionRecord | Rejection> {
  const { name, version, commit, notes, retired, line } = candidate;
  const { contents, promptsDir } = repository;
  const result = await contents.read(candidate);
  if (result.kind !== "content") return explain(candidate, result, repository);
  const digest = digestOf(result.content, promptsDir);
  if (line !== undefined && line.digest !== digest) return rejectDigest(line, digest);
  return { name, version, commit, notes, retired, line, digest, content: result.content };
}

type Failure = Exclude<ContentResult, { readonly kind: "content" }>;

function explain(
  candidate: Omit<Candidate, "commitData">,
  failure: Failure,
  { reader, promptsDir }: OpenRepository,
): Rejection {
  const { line, commit } = candidate;
  const { shallow } = reader;
  const tag = versionTag(candidate);
  const path = pathOf(candidate, promptsDir);
  const place = placeOf(candidate, line, promptsDir);
  switch (failure.kind) {
    case "invalid":
      return reject(...failure.diagnostics);
    case "prompt-missing":
      if (line !== undefined) return rejectDigest(line, `no ${path} in the commit`);
      return { reasons: [diagnose("tag/prompt-missing", { tag, path }, place, candidate)], isVersion: false };
    case "not-a-commit": {
      const problem = `${commit.slice(0, 12)} is not a commit`;
      return reject(diagnose("lock/invalid-line", { problem }, { file: LOCK_FILE, range: line?.range }, candidate));
    }
    case "commit-missing":
      return line === undefined
        ? reject(diagnose("tag/object-missing", { tag, shallow }, place, candidate))
        : reject(diagnose("lock/commit-missing", { tag, commit, shallow }, place, candidate));
    case "object-missing":
      return reject(diagnose("tag/object-missing", { tag, shallow }, place, candidate));
  }
}

function rejectDigest(line: LockLine, found: string): Rejection {
  const args = { tag: versionTag(line), locked: line.digest, found };
  return reject(diagnose("lock/digest-mismatch", args, { file: LOCK_FILE, range: line.range }, line));
}
