// Aliases that follow releases move with the next release of the working file: what that breaks for their callers is reported while
// the file is edited and reviewed, because no other pull request moves them.

import { type AliasEntry, type Diagnostic, diagnose } from "@cuecard/model";
import { compareContents } from "./compare/compare-contents.js";
import type { CompiledContent, CompiledVersion } from "./model.js";

/** The working file of a prompt. */
export interface FollowedFile {
  readonly name: string;
  readonly path: string;
  readonly digest: string;
  readonly content: CompiledContent;
}

export function followingFindings(
  { name, path, digest, content }: FollowedFile,
  entries: readonly AliasEntry[],
  versions: readonly CompiledVersion[],
): Diagnostic[] {
  const following = entries.filter(({ target }) => target.kind === "version" && target.follows !== undefined);
  const [target] = following.map((entry) => entry.target);
  const current = versions.find(({ version }) => target?.kind === "version" && version === target.version);
  if (current === undefined || current.digest === digest) return [];
  const aliases = following.map(({ alias }) => alias);
  return compareContents(current.content, content)
    .changes.filter(({ breaking }) => breaking)
    .map(({ message: problem }) => {
      const args = { name, aliases, version: Number(current.version), problem };
      return diagnose("alias/following-breaks", args, { file: path }, { name });
    });
}
