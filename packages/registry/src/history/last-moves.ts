// Who moved each alias of the committed aliases.json last, and when.

import type { Diagnostic } from "@cuecard/model";
import type { Signature } from "../git/commit-object.js";
import { RepositoryUnreadable } from "../git/reader.js";
import type { Repository } from "../repository/repository.js";
import { type AliasMove, readAliasMoves } from "./alias-moves.js";

export interface LastMoves {
  /** By `name` and `alias`; `undefined` if no commit of this clone moved it. */
  get(name: string, alias: string): LastMove | undefined;
  /** Whether older moves are missing, because this clone lacks older commits. */
  readonly truncated: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LastMove {
  readonly move: AliasMove;
  readonly by: Signature;
  readonly commit: string;
}

export async function readLastMoves(repository: Repository): Promise<LastMoves> {
  const last = new Map<string, LastMove>();
  const found = (truncated: boolean, diagnostics: readonly Diagnostic[]): LastMoves => ({
    get: (name, alias) => last.get(`${name}\0${alias}`),
    truncated,
    diagnostics,
  });
  try {
    const { reader, resolveCommit } = await repository.open();
    const head = await resolveCommit("HEAD");
    if (head === undefined) return found(false, []);
    const { moves, truncated } = await readAliasMoves(reader, head);
    for (const move of moves) {
      const key = `${move.name}\0${move.alias}`;
      if (!last.has(key)) last.set(key, { move, by: move.commit.author, commit: move.commit.oid });
    }
    return found(truncated, []);
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return found(false, [error.diagnostic]);
  }
}
