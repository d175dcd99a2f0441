// Reads how each alias moved over time, from the commits that changed aliases.json. An alias that follows releases also moved with
// prompts.lock.

import { isFollowing, latestVersions, resolveTarget, type StoredTarget, versionTag } from "@cuecard/model";
import { ALIASES_FILE, parseAliases } from "../alias-file/parse-aliases.js";
import { parseSomeAliases } from "../alias-file/parse-some-aliases.js";
import { decodeText } from "../disk/text.js";
import type { Commit } from "../git/commit-object.js";
import type { GitReader } from "../git/reader.js";
import { LOCK_FILE, parseLock } from "../lock/lock-file.js";
import { findSteps } from "./find-steps.js";
import { type Change, listFileChanges } from "./walk-changes.js";

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
  const states = new States(reader, names);
  const found = await readMoves(states, await listChanges(reader, from, [ALIASES_FILE]));
  if (!states.follows || names === undefined) return found;
  return readMoves(states, await listChanges(reader, from, [ALIASES_FILE, LOCK_FILE]));
}

async function listChanges(reader: GitReader, from: string, files: readonly string[]): Promise<Change[]> {
  const paths = files.map((file) => `${reader.prefix}${file}`);
  const changes: Change[] = [];
  for await (const change of listFileChanges(reader, from, paths)) changes.push(change);
  return changes;
}

async function readMoves(states: States, changes: readonly Change[]): Promise<AliasMoves> {
  const found = new Map<Change, AliasMove[] | undefined>();
  const find = async (some: readonly Change[]): Promise<void> => {
    for (const change of some) if (!found.has(change)) found.set(change, await findMoves(change, states));
  };
  if (changes[0]?.blobs.length === 1) await find(changes);
  else {
    // Most changes of the lock are about other prompts, and it is large: between edits of these aliases, the changes about them are
    // found by halving.
    const edits = await states.findEdits(changes);
    const parts = [-1, ...edits].map((edit, index) => [edit + 1, edits[index] ?? changes.length - 1] as const);
    const steps = await findSteps(parts, (index) => states.print(changes[index]?.blobs ?? []));
    const stepped = changes.filter((_change, index) => steps.has(index));
    await find(stepped);
    await find(changes.filter((_change, index) => edits.includes(index)));
    await find(changes.slice(-1));
    // Where branches were merged, neighbors in the list need not be neighbors in the history.
    if (stepped.some((change) => found.get(change)?.length === 0)) await find(changes);
  }
  return {
    moves: changes.flatMap((change) => found.get(change) ?? []),
    truncated: changes.some((change) => change.truncated || (found.has(change) && found.get(change) === undefined)),
  };
}

/** `undefined` in a partial clone without the texts. */
async function findMoves(change: Change, states: States): Promise<AliasMove[] | undefined> {
  const { commit } = change;
  const now = await states.read(change.blobs);
  const earlierPointers = await Promise.all(change.before.map((blobs) => states.read(blobs)));
  const before = earlierPointers.filter((pointers) => pointers !== undefined);
  if (now === undefined || before.length < earlierPointers.length) return undefined;
  const moves: AliasMove[] = [];
  if (change.truncated && before.length === 0) return moves; // they were set in an older commit, which is missing
  for (const key of [...new Set([...before.flatMap((pointers) => [...pointers.keys()]), ...now.keys()])].sort()) {
    const to = now.get(key);
    const earlier = before.map((pointers) => pointers.get(key));
    if (earlier.length > 0 && earlier.some((pointer) => isSameTarget(pointer?.target, to?.target))) continue;
    const pointer = to ?? earlier.find((candidate) => candidate !== undefined);
    if (pointer === undefined) continue;
    const { name, alias } = pointer;
    moves.push({ name, alias, from: earlier[0]?.target, to: to?.target, commit });
  }
  return moves;
}

/** The blobs of aliases.json and, if it counts, of prompts.lock. */
type Blobs = readonly (string | undefined)[];

/** What a state of prompts.lock says about these prompts. */
interface LockState {
  readonly latest: ReadonlyMap<string, number>;
  /** The versions, and which of them are retired. */
  readonly lines: readonly string[];
}

/** The pointers in each state of these files. */
class States {
  /** Whether an alias follows releases in some state that was read. */
  follows = false;
  readonly #reader: GitReader;
  readonly #names: ReadonlySet<string> | undefined;
  readonly #stored = new Map<string, Promise<Pointers | undefined>>();
  readonly #locks = new Map<string, Promise<LockState | undefined>>();

  constructor(reader: GitReader, names: ReadonlySet<string> | undefined) {
    this.#reader = reader;
    this.#names = names;
  }

  async read([aliases, lock]: Blobs): Promise<Pointers | undefined> {
    if (aliases === undefined) return new Map();
    const stored = await once(this.#stored, aliases, () => readPointers(this.#reader, aliases, this.#names));
    if (stored === undefined) return undefined;
    const follows = [...stored.values()].some(({ target }) => target.kind === "latest");
    this.follows ||= follows;
    if (!follows || lock === undefined) return stored;
    const state = await once(this.#locks, lock, () => this.#readLock(lock));
    return state && follow(stored, state.latest);
  }

  /**
   * The same as text, which can be compared. Where aliases follow releases, the lines of their prompts are part of it: a version that
   * is retired moves them back to where they were before, and the state must not look like the one before.
   */
  async print(blobs: Blobs): Promise<string> {
    const pointers = await this.read(blobs);
    if (pointers === undefined) return `missing ${blobs.join()}`;
    const follows = [...pointers.values()].some(({ target }) => isFollowing(target));
    const lines = follows ? (await this.#locks.get(blobs[1] ?? ""))?.lines : undefined;
    return JSON.stringify([[...pointers], lines]);
  }

  /** The positions of changes that edit these pointers in aliases.json. */
  async findEdits(changes: readonly Change[]): Promise<number[]> {
    const found: number[] = [];
    for (const [index, { blobs, before }] of changes.entries()) {
      const now = await this.print(blobs.slice(0, 1));
      const earlier = await Promise.all(before.map((then) => this.print(then.slice(0, 1))));
      if (earlier.some((then) => then !== now)) found.push(index);
    }
    return found;
  }

  async #readLock(lock: string): Promise<LockState | undefined> {
    const text = await this.#reader.readLargeText(lock);
    if (text === undefined) return undefined;
    const own = [...parseLock(text, { resolvesConflicts: true, only: this.#names }).lines.values()];
    const lines = own.map((line) => `${versionTag(line)}${line.retired === undefined ? "" : " retired"}`).sort();
    return { latest: latestVersions(own), lines };
  }
}

function once<V>(known: Map<string, Promise<V>>, key: string, read: () => Promise<V>): Promise<V> {
  const value = known.get(key) ?? read();
  known.set(key, value);
  return value;
}

/** Pointers with the versions that prompts.lock had for those that follow releases. */
function follow(pointers: Pointers, latest: ReadonlyMap<string, number>): Pointers {
  return new Map(
    [...pointers].map(([key, { name, alias, target }]) => {
      const resolved = resolveTarget(target, latest.get(name)) ?? target;
      return [key, { name, alias, target: resolved }] as const;
    }),
  );
}

/** Whether two targets are the same; `undefined` means that the alias does not exist. */
export function isSameTarget(a: StoredTarget | undefined, b: StoredTarget | undefined): boolean {
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
