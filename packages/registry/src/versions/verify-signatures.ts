// Verifies the signatures of versions' tags with `git verify-tag`, which knows all formats, and the dates that the tags claim.

import { readFile, rm, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { type Diagnostic, diagnose, gitTag, type VersionId, versionTag } from "@cuecard/model";
import { errorCode } from "../disk/error-code.js";
import { findNonFile } from "../disk/find-link.js";
import { mapLimited } from "../disk/map-limited.js";
import { parseTagObject, signatureFormat } from "../git/objects.js";
import { RepositoryUnreadable, type TagRef } from "../git/reader.js";
import { tryGit } from "../git/run.js";
import { createScratch, objectsOf } from "../git/scratch-repository.js";
import { LOCK_FILE } from "../lock/lock-file.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { readSignatureSettings } from "./signature-settings.js";
import { findBackdated, versionsBefore } from "./tag-dates.js";
import { tagsOfVersions } from "./tags-of-versions.js";

type LockedVersion = VersionId & { readonly commit: string };

export interface VerifyOptions {
  readonly versions: readonly LockedVersion[];
  /**
   * Path of a file with the allowed signers, in ssh-keygen's format: only the SSH keys in it may sign. Without it, git's settings
   * name the file for SSH, and OpenPGP and X.509 use the keyring.
   */
  readonly allowedSigners?: string | undefined;
}

/** What all verifications of a command share. */
interface Verification {
  readonly opened: OpenRepository;
  readonly tags: ReadonlyMap<string, TagRef>;
  readonly before: ReadonlyMap<string, LockedVersion>;
  /** Whether only keys of the allowed signers may sign. */
  readonly onlySsh: boolean;
  /** A repository without settings: those of the project's repository could name a program that git runs. */
  readonly gitDir: string;
  readonly settings: readonly string[];
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
  const signers = allowedSigners === undefined ? undefined : await readSigners(repository.dir, allowedSigners);
  if (signers !== undefined && "refused" in signers) return [signers.refused];
  const opened = await repository.open();
  if (opened.reader.adapter !== "native") return [diagnose("git/needs-program", { action: "verify" }, { file: "." })];
  const gitDir = await createScratch(opened.facts);
  try {
    const settings = await readSignatureSettings(opened.facts);
    if (signers !== undefined) {
      const file = join(gitDir, "allowed_signers");
      await writeFile(file, signers.text);
      settings.set("gpg.ssh.allowedsignersfile", file);
    }
    const verification: Verification = {
      opened,
      tags: await tagsOfVersions(opened, versions),
      before: versionsBefore(versions),
      onlySsh: signers !== undefined,
      gitDir,
      settings: [...settings].flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    };
    const found = await mapLimited(versions, AT_ONCE, (version) => verifyOne(verification, version));
    return found.filter((finding) => finding !== undefined);
  } finally {
    await rm(gitDir, { recursive: true, force: true });
  }
}

/** The text of the file; in the project's folder, no link may lead to it. */
async function readSigners(
  dir: string,
  path: string,
): Promise<{ readonly text: Buffer } | { readonly refused: Diagnostic }> {
  const inner = relative(dir, path);
  const nonFile = inner.startsWith("..") || isAbsolute(inner) ? undefined : findNonFile(dir, inner);
  if (nonFile !== undefined)
    return { refused: diagnose("project/not-a-file", { what: nonFile.what }, { file: nonFile.path }) };
  try {
    return { text: await readFile(path) };
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return { refused: diagnose("tag/no-signers", { path }, { file: "." }) };
  }
}

async function verifyOne(verification: Verification, id: LockedVersion): Promise<Diagnostic | undefined> {
  const { opened, tags, before, onlySsh, gitDir, settings } = verification;
  const { reader, facts, tagPrefix } = opened;
  const ref = tags.get(versionTag(id));
  const tag = ref?.name ?? gitTag(id, tagPrefix);
  const place = { file: LOCK_FILE };
  if (ref === undefined) return diagnose("tag/not-here", { tag }, place, id);
  const object = await reader.readObject(ref.oid);
  const parsed = object?.type === "tag" ? parseTagObject(object.data) : undefined;
  const format = parsed && signatureFormat(parsed.message);
  if (parsed === undefined || format === undefined) return diagnose("tag/unsigned", { tag }, place, id);
  const bad = (problem: string) => diagnose("tag/bad-signature", { tag, problem }, place, id);
  if (parsed.name !== tag) return bad(`it signs ${parsed.name}`);
  if (onlySsh && format !== "SSH")
    return bad(`it is an ${format} signature, and only the SSH keys of the allowed-signers file may sign`);
  const { code, messages } = await tryGit(facts, [...settings, "verify-tag", "--", ref.oid], {
    gitDir,
    environment: objectsOf(facts),
  });
  if (code !== 0) {
    const lines = messages.split("\n").map((line) => line.replace(/^(?:fatal|error|gpg): /, "").trim());
    return bad([...new Set(lines)].filter((line) => line !== "").join("; ") || "git gives no reason");
  }
  const backdated = await findBackdated({ reader, tags, before }, id, parsed);
  return backdated && diagnose("tag/backdated", { tag, ...backdated }, place, id);
}
