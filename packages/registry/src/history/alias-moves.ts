// Reads how each alias moved over time, from the commits that changed aliases.json.

import type { AliasTarget } from "@cuecard/model";
import { ALIASES_FILE, parseAliases } from "../alias-file/parse-aliases.js";
import { parseSomeAliases } from "../alias-file/parse-some-aliases.js";
import { decodeText } from "../disk/text.js";
import type { Commit } from "../git/commit-object.js";
import type { GitReader } from "../git/reader.js";
import { listFileChanges } from "./walk-changes.js";

/** One change of one pointer. */
export interface AliasMove {
  readonly name: string;
  readonly alias: string;
  /** `undefined` if the alias was created. */
  readonly from: AliasTarget | undefined;
  /** `undefined` if the alias was deleted. */
  readonly to: AliasTarget | undefined;
  readonly commit: Commit;
}

export interface AliasMoves {
  /** Newest first; moves of the same commit are sorted by name and alias. */
  readonly moves: readonly AliasMove[];
  /** Whether older moves are missing, because this clone lacks older commits. */
  readonly truncated: boolean;
}

/** Targets by `name` and `alias`. */
type Pointers = ReadonlyMap<string, { readonly name: string; readonly alias: string; readonly target: AliasTarget }>;

/**
 * Reads all moves up to a commit. A merge commit moves an alias only if the target differs from that of all its
 * parents. Invalid pointers are treated as absent.
 *
 * @param names The prompts whose moves are read. Default: all.
 */
export async function readAliasMoves(
  reader: GitReader,
  from: string,
  names?: ReadonlySet<string>,
): Promise<AliasMoves> {
  const known = new Map<string, Promise<Pointers | undefined>>();
  const pointersOf = (blob: string | undefined): Promise<Pointers | undefined> => {
    if (blob === undefined) return Promise.resolve(new Map());
    const pointers = known.get(blob) ?? readPointers(reader, blob, names);
    known.set(blob, pointers);
    return pointers;
  };
  const moves: AliasMove[] = [];
  let truncated = false;
  for await (const change of listFileChanges(reader, from, [`${reader.prefix}${ALIASES_FILE}`])) {
    const { commit } = change;
    truncated ||= change.truncated;
    const now = await pointersOf(change.blobs[0]);
    const earlierPointers = await Promise.all(change.before.map(([blob]) => pointersOf(blob)));
    const before = earlierPointers.filter((pointers) => pointers !== undefined);
    if (now === undefined || before.length < earlierPointers.length) {
      truncated = true; // a partial clone without this text
      continue;
    }
    if (change.truncated && before.length === 0) continue; // they were set in an older commit, which is missing
    for (const key of [...new Set([...before.flatMap((pointers) => [...pointers.keys()]), ...now.keys()])].sort()) {
      const to = now.get(key);
      const earlier = before.map((pointers) => pointers.get(key));
      if (earlier.length > 0 && earlier.some((pointer) => isSameTarget(pointer?.target, to?.target))) continue;
      const pointer = to ?? earlier.find((candidate) => candidate !== undefined);
      if (pointer === undefined) continue;
      const { name, alias } = pointer;
      moves.push({ name, alias, from: earlier[0]?.target, to: to?.target, commit });
    }
  }
  return { moves, truncated };
}

/** Whether two targets are the same; `undefined` means that the alias does not exist. */
export function isSameTarget(a: AliasTarget | undefined, b: AliasTarget | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** `undefined` if this clone lacks the file. */
async function readPointers(
  reader: GitReader,
  blob: string,
  names: ReadonlySet<string> | undefined,
): Promise<Pointers | undefined> {
  const object = await reader.readObject(blob);
  if (object === undefined) return undefined;
  const { text } = decodeText(object.data, object.size);
  if (text === undefined) return new Map();
  return new Map(
    (names === undefined ? parseAliases(text) : parseSomeAliases(text, names)).prompts.flatMap(({ name, pointers }) =>
      pointers.map(({ alias, target }) => [`${name}\0${alias}`, { name, alias, target }] as const),
    ),
  );
}
