// Reads the project's own files as a commit has them.

import { type Diagnostic, decodeUtf8, diagnose } from "@cuecard/model";
import { readCommit } from "../git/commit-object.js";
import { TreeReader } from "../git/tree-reader.js";
import { unlessUnreadable } from "../register/unless-unreadable.js";
import type { Repository } from "../repository/repository.js";
import { findParent } from "./plan-proposal.js";

export interface CommittedText {
  /** `undefined` if the commit has no such file. */
  readonly text: string | undefined;
}

/**
 * The text that a proposal to a branch begins with, with its byte-order mark and line ends.
 *
 * @param file Relative to the project's folder.
 */
export async function readProposalBase(
  repository: Repository,
  branch: string,
  file: string,
): Promise<CommittedText | Diagnostic> {
  return unlessUnreadable(async () => {
    const opened = await repository.open();
    const { reader } = opened;
    const { parent } = await findParent(opened, branch);
    const commit = parent === undefined ? undefined : await readCommit(reader, parent);
    if (commit === undefined) return diagnose("propose/no-commit", {}, { file: "." });
    const entry = await new TreeReader(reader).find(commit.tree, `${reader.prefix}${file}`);
    const object = entry === undefined ? undefined : await reader.readObject(entry.oid);
    if (object === undefined) return { text: undefined };
    const isWhole = object.data.length === object.size;
    const text = isWhole
      ? decodeUtf8(Buffer.from(object.data), { keepsBom: true }).text
      : await reader.readLargeText(entry?.oid ?? "");
    if (text === undefined)
      return diagnose("propose/not-proposable", { path: file, problem: "it is not UTF-8" }, { file });
    return { text };
  });
}
