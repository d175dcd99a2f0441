// Finds where an alias pointed before. If aliases.json has an uncommitted edit, that is its committed target; otherwise
// the commits of aliases.json are searched, newest first.

import {
  type AliasTarget,
  type Diagnostic,
  diagnose,
  latestVersions,
  pinTarget,
  resolveTarget,
  type StoredTarget,
} from "@cuecard/model";
import { ALIASES_FILE, parseAliases } from "../alias-file/parse-aliases.js";
import { decodeText } from "../disk/text.js";
import type { Signature } from "../git/commit-object.js";
import { treeOfCommit } from "../git/objects.js";
import { type GitReader, RepositoryUnreadable } from "../git/reader.js";
import { TreeReader } from "../git/tree-reader.js";
import { isSameTarget, readAliasMoves } from "../history/alias-moves.js";
import { LOCK_FILE, parseLock } from "../lock/lock-file.js";
import type { Repository } from "../repository/repository.js";
import { chooseEarlierTarget } from "./choose-earlier.js";
import type { AliasFile } from "./read-alias-file.js";
import { unknownAlias } from "./unknown-alias.js";

export interface EarlierTarget {
  readonly target: AliasTarget | undefined;
  /** The last commit that pointed the alias there; `undefined` if this clone does not have it. */
  readonly restores?: RestoredMove | undefined;
  /** Why there is no earlier target. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The commit that pointed an alias somewhere. */
export interface RestoredMove {
  readonly commit: string;
  readonly date: string;
  readonly author: Signature;
}

/**
 * What `chooseEarlierTarget` finds in the history of the commit that is checked out.
 *
 * @param pointer The alias, with where it points now; `undefined` if it points nowhere.
 */
export async function findEarlierTarget(
  repository: Repository,
  file: AliasFile,
  { name, alias, now }: { readonly name: string; readonly alias: string; readonly now: AliasTarget | undefined },
): Promise<EarlierTarget> {
  const current = file.prompts.get(name)?.get(alias);
  try {
    const { reader, resolveCommit } = await repository.open();
    const head = await resolveCommit("HEAD");
    const { moves, truncated } =
      head === undefined ? { moves: [], truncated: false } : await readAliasMoves(reader, head, new Set([name]));
    const own = moves.filter((move) => move.name === name && move.alias === alias);
    // The target in the last commit, then those before and after each move.
    const committed = head === undefined ? undefined : await committedTarget(reader, head, name, alias);
    const past = [committed, ...own.flatMap((move) => [move.to, move.from])];
    const target = chooseEarlierTarget(past, now);
    if (target !== undefined) {
      const made = own.find(
        ({ to }) => to !== undefined && to.kind !== "latest" && isSameTarget(pinTarget(to), target),
      );
      const { oid, author } = made?.commit ?? {};
      const restores =
        oid === undefined || author === undefined ? undefined : { commit: oid, date: author.date, author };
      return { target, restores, diagnostics: [] };
    }
    if (current === undefined && !truncated)
      return { target: undefined, diagnostics: [unknownAlias(file, name, alias)] };
    const place = { file: ALIASES_FILE, range: current?.range };
    const because = truncated ? "shallow" : committed === undefined ? "uncommitted" : "only";
    const args = { name, alias, because } as const;
    return { target: undefined, diagnostics: [diagnose("alias/no-earlier-target", args, place, { name, alias })] };
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return { target: undefined, diagnostics: [error.diagnostic] };
  }
}

/** The target of an alias in a commit. */
async function committedTarget(
  reader: GitReader,
  oid: string,
  name: string,
  alias: string,
): Promise<StoredTarget | undefined> {
  const commit = await reader.readObject(oid);
  const tree = commit === undefined ? undefined : treeOfCommit(commit.data);
  const find = (file: string) =>
    tree === undefined ? undefined : new TreeReader(reader).find(tree, `${reader.prefix}${file}`);
  const entry = await find(ALIASES_FILE);
  const blob = entry === undefined ? undefined : await reader.readObject(entry.oid);
  const text = blob === undefined ? undefined : decodeText(blob.data, blob.size).text;
  const prompt = parseAliases(text ?? "{}").prompts.find((candidate) => candidate.name === name);
  const target = prompt?.pointers.find((pointer) => pointer.alias === alias)?.target;
  if (target?.kind !== "latest") return target;
  const lock = await find(LOCK_FILE);
  const lines = lock === undefined ? undefined : await reader.readLargeText(lock.oid);
  const latest = latestVersions(parseLock(lines ?? "", { only: new Set([name]) }).lines.values());
  return resolveTarget(target, latest.get(name));
}
