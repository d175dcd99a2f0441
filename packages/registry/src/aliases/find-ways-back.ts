// Where rollbacks will lead once a branch is merged: found by the rule of `rollback`, from the history of the branch's base.

import type { AliasTarget } from "@cuecard/model";
import { RepositoryUnreadable } from "../git/reader.js";
import { type AliasMove, readAliasMoves } from "../history/alias-moves.js";
import type { Repository } from "../repository/repository.js";
import { chooseEarlierTarget } from "./choose-earlier.js";
import type { AliasEdit } from "./plan-aliases.js";

/**
 * @param base The full id of the commit where the branch begins.
 * @returns For each edit, in their order, where a rollback leads; `undefined` if there is no way back.
 */
export async function findWaysBack(
  repository: Repository,
  base: string | undefined,
  edits: readonly AliasEdit[],
): Promise<readonly (AliasTarget | undefined)[]> {
  const kept = edits.filter(({ to }) => to !== undefined);
  const names = new Set(kept.map(({ name }) => name));
  const moves = base === undefined || kept.length === 0 ? [] : await readMoves(repository, base, names);
  return edits.map(({ name, alias, from, to }) => {
    if (to === undefined) return undefined;
    const own = moves.filter((move) => move.name === name && move.alias === alias);
    return chooseEarlierTarget([from, ...own.flatMap((move) => [move.to, move.from])], to);
  });
}

async function readMoves(
  repository: Repository,
  base: string,
  names: ReadonlySet<string>,
): Promise<readonly AliasMove[]> {
  try {
    const { reader } = await repository.open();
    return (await readAliasMoves(reader, base, names)).moves;
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return []; // reading the project reports it
  }
}
