// Reads the state of one file in the commit, the index and the working tree, and decides whether registering may
// replace it.

import { join } from "node:path";
import { type Diagnostic, diagnose, type Subject } from "@cuecard/model";
import { readIfPresent } from "../disk/read-if-present.js";
import type { Commit } from "../git/commit-object.js";
import type { RepositoryFacts } from "../git/preflight.js";
import { RepositoryUnreadable, unreadable } from "../git/reader.js";
import { TreeReader } from "../git/tree-reader.js";
import { complaintOf, runWriting } from "../git/write.js";
import { type NewObject, objectId } from "../git/write-objects.js";
import type { OpenRepository } from "../repository/repository.js";

export interface FileState {
  /** Blob ids; `undefined` where the file does not exist. */
  readonly committed: string | undefined;
  readonly staged: string | undefined;
  readonly written: string | undefined;
  /** The exact content in the working tree. */
  readonly bytes: Buffer | undefined;
}

/**
 * @param head The commit that is checked out.
 * @param path From the top of the repository.
 */
export async function readFileState(
  { facts, reader }: Pick<OpenRepository, "facts" | "reader">,
  head: Commit | undefined,
  path: string,
): Promise<FileState> {
  const [committed, listed] = await Promise.all([
    head === undefined ? undefined : new TreeReader(reader).find(head.tree, path),
    runWriting(facts, ["ls-files", "--stage", "-z", "--", `:(top,literal)${path}`]),
  ]);
  const [, oid = ""] = listed.text.split(/[ \t]/);
  // After `git add --intent-to-add`, the index has an entry with the empty blob. That is not an edit.
  const isIntent = oid === objectId(facts, EMPTY) && (await isIntentToAdd(facts, path));
  const staged = oid === "" || isIntent ? undefined : oid;
  const bytes = readBytes(facts.top, path);
  return { committed: committed?.oid, staged, written: await findBlob(facts, path, bytes, committed?.oid), bytes };
}

const EMPTY: NewObject = { type: "blob", data: Buffer.alloc(0) };

/** The blob id of a file in the working tree. If it has the committed bytes, git's filters do not matter. */
async function findBlob(
  facts: RepositoryFacts,
  path: string,
  bytes: Buffer | undefined,
  committed: string | undefined,
): Promise<string | undefined> {
  if (bytes === undefined) return undefined;
  return objectId(facts, { type: "blob", data: bytes }) === committed ? committed : hashBlob(facts, path, bytes, false);
}

/** The blob id of a text at a path, after the filters of git's attributes. */
export async function hashBlob(
  facts: RepositoryFacts,
  path: string,
  text: string | Uint8Array,
  writes: boolean,
): Promise<string> {
  const args = ["hash-object", ...(writes ? ["-w"] : []), "--stdin", `--path=${path}`];
  const hashed = await runWriting(facts, args, { input: text });
  if (hashed.code === 0) return hashed.text.trim();
  const problem = complaintOf(hashed);
  throw unreadable("git/refused", { action: `hash ${path}`, problem });
}

async function isIntentToAdd(facts: RepositoryFacts, path: string): Promise<boolean> {
  const { text } = await runWriting(facts, ["diff-files", "--raw", "-z", "--", `:(top,literal)${path}`]);
  return / A\0/.test(text);
}

function readBytes(top: string, path: string): Buffer | undefined {
  try {
    return readIfPresent(join(top, path));
  } catch {
    throw new RepositoryUnreadable(
      diagnose("prompt/not-a-file", { what: "a file that cannot be read" }, { file: path }),
    );
  }
}

/** The finding that the file has edits which registering would overwrite. */
export function findEdits(
  { committed, staged, written }: FileState,
  wanted: string,
  file: string,
  subject: Subject,
): Diagnostic | undefined {
  const isOurs = (blob: string | undefined) => blob === committed || blob === wanted;
  const refuse = (where: string) => diagnose("register/uncommitted", { path: file, where }, { file }, subject);
  if (!isOurs(written)) return refuse("in the working tree");
  return isOurs(staged) ? undefined : refuse("in the index");
}
