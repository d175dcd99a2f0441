// The files that git keeps refs in: loose refs, each in a file of its own, and packed-refs. As long as they are the same, byte by byte, git
// would list the same refs.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readIfPresent } from "../disk/read-if-present.js";
import type { RepositoryFacts } from "./preflight.js";

/** More files than these take longer to read than git takes to list the refs. */
const MAX_LOOSE = 1000;

export interface RefFiles {
  readonly packed: Buffer;
  readonly loose: readonly LooseRef[];
}

export interface LooseRef {
  /** Within the folder that was read. */
  readonly name: string;
  readonly text: string;
}

/**
 * @param folder The refs below it: `refs/tags`.
 * @returns `undefined` if the refs depend on more than these files, or on too many.
 * @throws Error of Node if a file cannot be read.
 */
export function readRefFiles({ commonDir, refStorage }: RepositoryFacts, folder: string): RefFiles | undefined {
  if (refStorage !== "files") return undefined;
  const loose: LooseRef[] = [];
  // Loose refs first, as git does: they are deleted once they are in packed-refs.
  if (!addLoose(join(commonDir, folder), "", loose)) return undefined;
  return { loose, packed: readIfPresent(join(commonDir, "packed-refs")) ?? Buffer.alloc(0) };
}

/** @returns Whether they are few, and all of them files. */
function addLoose(folder: string, prefix: string, refs: LooseRef[]): boolean {
  return readdirSync(folder, { withFileTypes: true }).every((entry) => {
    const name = `${prefix}${entry.name}`;
    const place = join(folder, entry.name);
    if (entry.isDirectory()) return addLoose(place, `${name}/`, refs);
    return entry.isFile() && refs.push({ name, text: readIfPresent(place)?.toString("latin1") ?? "" }) <= MAX_LOOSE;
  });
}
