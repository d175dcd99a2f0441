// Something for each of many names. What differs from an earlier state is apart from it, so that to keep the new state costs what
// has changed, and entries that are not asked for need not be read.

import { compareText } from "./names.js";

/** Where entries come from, such as a file. */
export interface EntrySource<E> {
  /** Sorted, each once. */
  readonly names: readonly string[];
  /** `undefined` for another name. */
  get(name: string): E | undefined;
}

/** Entries by name, which do not change. */
export class Entries<E> implements EntrySource<E> {
  readonly source: EntrySource<E>;
  /** What is not as in the source; `undefined` for entries that were removed. */
  readonly changes: ReadonlyMap<string, E | undefined>;
  #names: readonly string[] | undefined;

  constructor(source: EntrySource<E>, changes: ReadonlyMap<string, E | undefined> = new Map()) {
    this.source = source;
    this.changes = changes;
  }

  static of<E>(entries: ReadonlyMap<string, E>): Entries<E> {
    const names = [...entries.keys()].sort(compareText);
    return new Entries({ names, get: (name) => entries.get(name) });
  }

  get(name: string): E | undefined {
    return this.changes.has(name) ? this.changes.get(name) : this.source.get(name);
  }

  /** Whether there is an entry, which is then not read. */
  has(name: string): boolean {
    return this.changes.has(name) ? this.changes.get(name) !== undefined : isIn(this.source.names, name);
  }

  get names(): readonly string[] {
    this.#names ??= this.#listNames();
    return this.#names;
  }

  /** The entries with others for some names; `undefined` removes an entry. */
  with(changes: ReadonlyMap<string, E | undefined>): Entries<E> {
    return new Entries(this.source, new Map([...this.changes, ...changes]));
  }

  #listNames(): readonly string[] {
    const { names } = this.source;
    const removed = new Set<string>();
    const added: string[] = [];
    for (const [name, entry] of this.changes) {
      if (entry === undefined) removed.add(name);
      else if (!isIn(names, name)) added.push(name);
    }
    if (removed.size + added.length === 0) return names;
    return [...names.filter((name) => !removed.has(name)), ...added].sort(compareText);
  }
}

/** @param names Sorted. */
function isIn(names: readonly string[], name: string): boolean {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareText(names[middle] ?? "", name) < 0) low = middle + 1;
    else high = middle;
  }
  return names[low] === name;
}
