// Reads the state of one file in the commit, the index and the working tree, and decides whether registering may
// replace it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, diagnose, type Subject } from "@cuecard/model";
import { errorCode } from "../disk/error-code.js";
import type { RepositoryFacts } from "../git/preflight.js";
import { RepositoryUnreadable, unreadable } from "../git/reader.js";
import { complaintOf, runWriting } from "../git/write.js";

export interface FileState {
  /** Blob ids; `undefined` where the file does not exist. */
  readonly committed: string | undefined;
  readonly staged: string | undefined;
  readonly written: string | undefined;
  /** The exact content in the working tree. */
  readonly bytes: Buffer | undefined;
}

/** @param path From the top of the repository. */
export async function readFileState(
  facts: RepositoryFacts,
  head: string | undefined,
  path: string,
): Promise<FileState> {
  const [committed, staged] = await Promise.all([
    head === undefined ? undefined : runWriting(facts, ["rev-parse", "--verify", "--quiet", `${head}:${path}`]),
    runWriting(facts, ["ls-files", "--stage", "-z", "--", `:(top,literal)${path}`]),
  ]);
  const [mode, oid] = staged.text.split(/[ \t]/);
  // After `git add --intent-to-add`, the index has an entry with the empty blob. That is not an edit.
  const isIntent = mode !== undefined && (await isIntentToAdd(facts, path));
  const bytes = readBytes(facts.top, path);
  return {
    committed: committed?.code === 0 ? committed.text.trim() : undefined,
    staged: oid === undefined || oid === "" || isIntent ? undefined : oid,
    written: bytes === undefined ? undefined : await hashBlob(facts, path, bytes, false),
    bytes,
  };
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
    return readFileSync(join(top, path));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
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
