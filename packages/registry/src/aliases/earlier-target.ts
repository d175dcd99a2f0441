// Where an alias pointed before: an edit of the working tree that is not committed yet counts first, then the commits of
// aliases.json, newest first.

import { type AliasTarget, type Diagnostic, diagnose } from "@cuecard/model";
import { treeOfCommit } from "../git/objects.js";
import { type GitChoice, openRepository } from "../git/open.js";
import { type GitReader, RepositoryUnreadable } from "../git/reader.js";
import { TreeReader } from "../git/tree-reader.js";
import { isSameTarget, readAliasMoves } from "../history/alias-moves.js";
import { decodeText } from "../text.js";
import { ALIASES_FILE, parseAliases } from "./parse-aliases.js";
import type { AliasFile } from "./read-alias-file.js";
import { unknownAlias } from "./unknown-alias.js";

export interface EarlierTarget {
  readonly target: AliasTarget | undefined;
  /** Why there is none. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function findEarlierTarget(
  { dir, git }: { readonly dir: string; readonly git: GitChoice },
  file: AliasFile,
  name: string,
  alias: string,
): Promise<EarlierTarget> {
  const current = file.prompts.get(name)?.get(alias);
  try {
    const { reader } = await openRepository(dir, git);
    try {
      const head = await reader.resolveCommit("HEAD");
      const { moves, truncated } =
        head === undefined ? { moves: [], truncated: false } : await readAliasMoves(reader, head);
      const own = moves.filter((move) => move.name === name && move.alias === alias);
      // Where it points in the last commit, then where each move came from.
      const committed = head === undefined ? undefined : await committedTarget(reader, head, name, alias);
      const past = [committed, ...own.flatMap((move) => [move.to, move.from])];
      const target = past.find((then) => then !== undefined && !isSameTarget(then, current?.target));
      if (target !== undefined) return { target, diagnostics: [] };
      if (current === undefined && !truncated)
        return { target: undefined, diagnostics: [unknownAlias(file, name, alias)] };
      const place = { file: ALIASES_FILE, range: current?.range };
      const because = truncated ? "shallow" : committed === undefined ? "uncommitted" : "only";
      return { target: undefined, diagnostics: [diagnose("alias/no-earlier-target", { name, alias, because }, place)] };
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return { target: undefined, diagnostics: [error.diagnostic] };
  }
}

/** Where an alias points in a commit. */
async function committedTarget(
  reader: GitReader,
  oid: string,
  name: string,
  alias: string,
): Promise<AliasTarget | undefined> {
  const commit = await reader.readObject(oid);
  const tree = commit === undefined ? undefined : treeOfCommit(commit.data);
  const entry =
    tree === undefined ? undefined : await new TreeReader(reader).find(tree, `${reader.prefix}${ALIASES_FILE}`);
  const blob = entry === undefined ? undefined : await reader.readObject(entry.oid);
  const text = blob === undefined ? undefined : decodeText(blob.data, blob.size).text;
  const prompt = parseAliases(text ?? "{}").prompts.find((candidate) => candidate.name === name);
  return prompt?.pointers.find((pointer) => pointer.alias === alias)?.target;
}
