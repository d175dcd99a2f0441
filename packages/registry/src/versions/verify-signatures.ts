// Verifies the signatures of versions' tags with `git verify-tag`, which knows all formats.

import { access } from "node:fs/promises";
import { type Diagnostic, diagnose, gitTag, type VersionId, versionTag } from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import { parseTagObject, signatureOf } from "../git/objects.js";
import { RepositoryUnreadable, type TagRef } from "../git/reader.js";
import { tryGit } from "../git/run.js";
import { LOCK_FILE } from "../lock/lock-file.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { tagsOfVersions } from "./tags-of-versions.js";

export interface VerifyOptions {
  readonly versions: readonly (VersionId & { readonly commit: string })[];
  /**
   * Path of a file with the allowed signers, in ssh-keygen's format. Default: from git's settings. OpenPGP uses the
   * keyring.
   */
  readonly allowedSigners?: string | undefined;
}

/** Each verification starts two or three processes. */
const AT_ONCE = 4;

/** Findings about missing and bad signatures; empty if every tag has a good one. */
export async function verifySignatures(repository: Repository, options: VerifyOptions): Promise<readonly Diagnostic[]> {
  try {
    return await verify(repository, options);
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return [error.diagnostic];
  }
}

async function verify(
  repository: Repository,
  { versions, allowedSigners }: VerifyOptions,
): Promise<readonly Diagnostic[]> {
  const isThere =
    allowedSigners === undefined ||
    (await access(allowedSigners).then(
      () => true,
      () => false,
    ));
  if (!isThere) return [diagnose("tag/no-signers", { path: allowedSigners ?? "" }, { file: "." })];
  const opened = await repository.open();
  if (opened.reader.adapter !== "native") return [diagnose("git/needs-program", { action: "verify" }, { file: "." })];
  const tags = tagsOfVersions(opened, versions);
  const found = await mapLimited(versions, AT_ONCE, (id) =>
    verifyOne(opened, id, tags.get(versionTag(id)), allowedSigners),
  );
  return found.filter((finding) => finding !== undefined);
}

async function verifyOne(
  { reader, facts, tagPrefix }: OpenRepository,
  id: VersionId,
  ref: TagRef | undefined,
  allowedSigners: string | undefined,
): Promise<Diagnostic | undefined> {
  const tag = ref?.name ?? gitTag(id, tagPrefix);
  const place = { file: LOCK_FILE };
  if (ref === undefined) return diagnose("tag/not-here", { tag }, place, id);
  const object = await reader.readObject(ref.oid);
  const parsed = object?.type === "tag" ? parseTagObject(object.data) : undefined;
  if (parsed === undefined || signatureOf(parsed.message) === undefined)
    return diagnose("tag/unsigned", { tag }, place, id);
  if (parsed.name !== tag) return diagnose("tag/bad-signature", { tag, problem: `it signs ${parsed.name}` }, place, id);
  const signers = allowedSigners === undefined ? [] : ["-c", `gpg.ssh.allowedSignersFile=${allowedSigners}`];
  const { code, messages } = await tryGit(facts, [...signers, "verify-tag", "--", ref.oid]);
  if (code === 0) return undefined;
  const lines = messages.split("\n").map((line) => line.replace(/^(?:fatal|error|gpg): /, "").trim());
  const problem = [...new Set(lines)].filter((line) => line !== "").join("; ") || "git gives no reason";
  return diagnose("tag/bad-signature", { tag, problem }, place, id);
}
