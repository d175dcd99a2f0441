// Finds files in the trees of commits. Trees are cached, because neighboring commits share most folders.

import { findTreeEntry, listTreeEntries, type NamedTreeEntry, type TreeEntry } from "./objects.js";
import type { GitReader } from "./reader.js";

/** A tree or a file of a commit is not in this clone. */
export class ObjectMissing extends Error {}

/** The size of the cache in bytes. */
const CACHE_BYTES = 4_000_000;

/** Paths whose names are kept: a few neighbors are enough, and each name may keep 8 kB alive, which Node hands out together. */
const MAX_PATHS = 200;

/** The mode of a tree entry that is a tree itself. */
const FOLDER = "40000";

export class TreeReader {
  readonly #reader: Pick<GitReader, "readObject">;
  readonly #trees = new Map<string, Promise<Buffer>>();
  readonly #paths = new Map<string, readonly Buffer[]>();
  #bytes = 0;

  constructor(reader: Pick<GitReader, "readObject">) {
    this.#reader = reader;
  }

  /**
   * The entry at a path below a tree; `undefined` if there is none.
   *
   * @throws ObjectMissing if this clone lacks a tree on the path.
   */
  async find(tree: string, path: string): Promise<TreeEntry | undefined> {
    let entry: TreeEntry | undefined = { mode: FOLDER, oid: tree };
    for (const name of this.#namesOn(path)) {
      if (entry?.mode !== FOLDER) return undefined;
      entry = findTreeEntry(await this.#readTree(entry.oid), name, tree.length / 2);
    }
    return entry;
  }

  /** The tree at a path below a tree; `undefined` if there is no folder at this path. */
  async findFolder(tree: string, path: string): Promise<string | undefined> {
    const entry = await this.find(tree, path);
    return entry?.mode === FOLDER ? entry.oid : undefined;
  }

  /** The entries of a tree itself. */
  async entries(tree: string): Promise<(NamedTreeEntry & { readonly isFolder: boolean })[]> {
    const entries = listTreeEntries(await this.#readTree(tree), tree.length / 2);
    return entries.map((entry) => ({ ...entry, isFolder: entry.mode === FOLDER }));
  }

  /**
   * All entries below a tree except folders, with their paths.
   *
   * @param isEntered Whether to look into a folder, by its path. Default: into all.
   */
  async list(
    tree: string,
    prefix = "",
    isEntered: (folder: string) => boolean = () => true,
  ): Promise<NamedTreeEntry[]> {
    const found: NamedTreeEntry[] = [];
    for (const entry of listTreeEntries(await this.#readTree(tree), tree.length / 2)) {
      const name = `${prefix}${entry.name}`;
      if (entry.mode !== FOLDER) found.push({ ...entry, name });
      else if (isEntered(name)) found.push(...(await this.list(entry.oid, `${name}/`, isEntered)));
    }
    return found;
  }

  /** The names on a path, encoded as in trees. All versions of a prompt share the same few paths, and are read one after the other. */
  #namesOn(path: string): readonly Buffer[] {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    if (this.#paths.size === MAX_PATHS) this.#paths.clear();
    const names = path.split("/").map((name) => Buffer.from(name, "utf8"));
    this.#paths.set(path, names);
    return names;
  }

  #readTree(oid: string): Promise<Buffer> {
    const known = this.#trees.get(oid);
    if (known !== undefined) return known;
    const tree = this.#reader.readObject(oid).then((object) => {
      if (object === undefined) throw new ObjectMissing();
      this.#bytes += object.data.length;
      // A copy: the data may be a small part of a large buffer, which would otherwise stay in memory.
      return Buffer.from(object.data);
    });
    // It may be fetched later.
    tree.catch(() => this.#trees.delete(oid));
    if (this.#bytes > CACHE_BYTES) {
      this.#trees.clear();
      this.#bytes = 0;
    }
    this.#trees.set(oid, tree);
    return tree;
  }
}
