// Reads how each alias moved over time, from the commits that changed aliases.json. An alias that follows releases also moved with
// prompts.lock.

import { latestVersions, resolveTarget, type StoredTarget } from "@cuecard/model";
import { ALIASES_FILE, parseAliases } from "../alias-file/parse-aliases.js";
import { parseSomeAliases } from "../alias-file/parse-some-aliases.js";
import { decodeText } from "../disk/text.js";
import type { Commit } from "../git/commit-object.js";
import type { GitReader } from "../git/reader.js";
import { LOCK_FILE, parseLock } from "../lock/lock-file.js";
import { listFileChanges } from "./walk-changes.js";

/** One change of one pointer. */
export interface AliasMove {
  readonly name: string;
  readonly alias: string;
  /** `undefined` if the alias was created. */
  readonly from: StoredTarget | undefined;
  /** `undefined` if the alias was deleted. */
  readonly to: StoredTarget | undefined;
  readonly commit: Commit;
}

export interface AliasMoves {
  /** Newest first; moves of the same commit are sorted by name and alias. */
  readonly moves: readonly AliasMove[];
  /** Whether older moves are missing, because this clone lacks older commits. */
  readonly truncated: boolean;
}

/** Targets by `name` and `alias`. */
type Pointers = ReadonlyMap<string, { readonly name: string; readonly alias: string; readonly target: StoredTarget }>;

/**
 * Reads all moves up to a commit. A merge commit moves an alias only if the target differs from that of all its
 * parents. Invalid pointers are treated as absent.
 *
 * @param names The prompts whose moves are read. If one of their aliases followed releases, the moves that releases caused are among
 *   them. Default: all prompts, with the moves of aliases.json.
 */
export async function readAliasMoves(
  reader: GitReader,
  from: string,
  names?: ReadonlySet<string>,
): Promise<AliasMoves> {
  const { follows, ...found } = await readMoves(reader, from, { names, withLock: false });
  if (!follows || names === undefined) return found;
  const { moves, truncated } = await readMoves(reader, from, { names, withLock: true });
  return { moves, truncated };
}

interface MoveOptions {
  readonly names: ReadonlySet<string> | undefined;
  /** Whether aliases that follow releases lead to the versions that prompts.lock had. */
  readonly withLock: boolean;
}

async function readMoves(
  reader: GitReader,
  from: string,
  { names, withLock }: MoveOptions,
): Promise<AliasMoves & { readonly follows: boolean }> {
  const known = new Map<string, Promise<Pointers | undefined>>();
  const once = (key: string, read: () => Promise<Pointers | undefined>): Promise<Pointers | undefined> => {
    const pointers = known.get(key) ?? read();
    known.set(key, pointers);
    return pointers;
  };
  let follows = false;
  const pointersOf = async ([aliases, lock]: readonly (string | undefined)[]): Promise<Pointers | undefined> => {
    if (aliases === undefined) return new Map();
    const stored = await once(aliases, () => readPointers(reader, aliases, names));
    if (stored === undefined) return undefined;
    follows ||= [...stored.values()].some(({ target }) => target.kind === "latest");
    if (!withLock || lock === undefined) return stored;
    return once(`${aliases} ${lock}`, () => followLock(reader, stored, lock, names));
  };
  const moves: AliasMove[] = [];
  let truncated = false;
  const files = withLock ? [ALIASES_FILE, LOCK_FILE] : [ALIASES_FILE];
  const paths = files.map((file) => `${reader.prefix}${file}`);
  for await (const change of listFileChanges(reader, from, paths)) {
    const { commit } = change;
    truncated ||= change.truncated;
    const now = await pointersOf(change.blobs);
    const earlierPointers = await Promise.all(change.before.map(pointersOf));
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
  return { moves, truncated, follows };
}

/** Whether two targets are the same; `undefined` means that the alias does not exist. */
export function isSameTarget(a: StoredTarget | undefined, b: StoredTarget | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Pointers with the versions that prompts.lock had for those that follow releases; `undefined` if this clone lacks it. */
async function followLock(
  reader: GitReader,
  pointers: Pointers,
  lock: string,
  names: ReadonlySet<string> | undefined,
): Promise<Pointers | undefined> {
  const text = await reader.readLargeText(lock);
  if (text === undefined) return undefined;
  const latest = latestVersions(parseLock(text, { resolvesConflicts: true, only: names }).lines.values());
  return new Map(
    [...pointers].map(([key, { name, alias, target }]) => {
      const resolved = resolveTarget(target, latest.get(name)) ?? target;
      return [key, { name, alias, target: resolved }] as const;
    }),
  );
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
