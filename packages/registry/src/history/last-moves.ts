// Who moved each alias last, and when: of those that stand in aliases.json as they were committed.

import type { Diagnostic } from "@cuecard/model";
import type { Signature } from "../git/commit-object.js";
import { type GitChoice, openRepository } from "../git/open.js";
import { RepositoryUnreadable } from "../git/reader.js";
import { type AliasMove, readAliasMoves } from "./alias-moves.js";

export interface LastMoves {
  /** By `name` and `alias`; `undefined` where no commit tells. */
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

/** @param dir The project's folder. */
export async function readLastMoves(dir: string, git: GitChoice): Promise<LastMoves> {
  const last = new Map<string, LastMove>();
  const found = (truncated: boolean, diagnostics: readonly Diagnostic[]): LastMoves => ({
    get: (name, alias) => last.get(`${name}\0${alias}`),
    truncated,
    diagnostics,
  });
  try {
    const { reader } = await openRepository(dir, git);
    try {
      const head = await reader.resolveCommit("HEAD");
      if (head === undefined) return found(false, []);
      const { moves, truncated } = await readAliasMoves(reader, head);
      for (const move of moves) {
        const key = `${move.name}\0${move.alias}`;
        if (!last.has(key)) last.set(key, { move, by: move.commit.author, commit: move.commit.oid });
      }
      return found(truncated, []);
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return found(false, [error.diagnostic]);
  }
}
