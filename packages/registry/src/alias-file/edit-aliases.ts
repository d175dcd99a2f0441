// Edits the text of aliases.json. Order, indentation and line ends are kept. An entry that is edited gets a line for each
// alias, so that git merges two branches that move aliases of neighboring prompts.

import { compareText, isFollowing, lineEndOf, type StoredTarget } from "@cuecard/model";
import { editMember, findObjects, indentAt, keysOf, type ObjectValue, splice, spreadMembers } from "./edit-object.js";
import { findEntries } from "./find-entries.js";

/** The new target of an alias of a prompt; `undefined` deletes the alias. */
export interface AliasChange {
  readonly name: string;
  readonly alias: string;
  readonly to: StoredTarget | undefined;
}

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * A new prompt is inserted in alphabetical order if the file is sorted, otherwise at the end. A prompt's entry is
 * removed together with its last alias. Entries without changes keep their text, and so does the layout of a file that
 * has several prompts in one line.
 *
 * @param text An aliases.json without syntax errors; `undefined` if the file does not exist yet.
 */
export function editAliases(text: string | undefined, changes: readonly AliasChange[]): string {
  if (text === undefined) return changes.length === 0 ? "{}\n" : editAliases("{}\n", changes);
  if (text.startsWith(BYTE_ORDER_MARK)) return BYTE_ORDER_MARK + editAliases(text.slice(1), changes);
  const byName = new Map<string, AliasChange[]>();
  for (const change of changes) byName.set(change.name, [...(byName.get(change.name) ?? []), change]);
  let edited = text;
  // From the end to the start, so that an edit does not move the places that are edited later.
  for (const { key, start, end } of findSome(text, new Set(byName.keys()))) {
    const own = byName.get(key);
    if (own === undefined) continue;
    const entry = editEntry(text.slice(start, end), own);
    if (keysOf(entry).length === 0) continue;
    edited = splice(edited, start, end, entry);
    byName.delete(key);
  }
  for (const [name, own] of byName) {
    const entry = own.some(({ to }) => to !== undefined) ? editEntry("{}", own) : undefined;
    edited = editMember(edited, name, entry, { isSorted: isSorted(keysOf(edited)), isLong: true });
  }
  return spreadEntries(edited, new Set(changes.map(({ name }) => name)));
}

/** The entries of some prompts, the last one first. */
function findSome(text: string, names: ReadonlySet<string>): readonly ObjectValue[] {
  const entries = findEntries(text, names);
  if (entries === undefined) return findObjects(text).filter(({ key }) => names.has(key));
  return entries.map(({ name, key, ...place }) => ({ key: name, ...place, indent: indentAt(text, key) })).reverse();
}

function spreadEntries(text: string, names: ReadonlySet<string>): string {
  const lineEnd = lineEndOf(text);
  let edited = text;
  for (const { start, end, indent } of findSome(text, names)) {
    if (indent === undefined) continue;
    edited = splice(edited, start, end, spreadMembers(text.slice(start, end), indent, lineEnd));
  }
  return edited;
}

function editEntry(entry: string, changes: readonly AliasChange[]): string {
  return changes.reduce(
    (text, { alias, to }) => editMember(text, alias, to === undefined ? undefined : printTarget(to)),
    entry,
  );
}

/** A target as it is written in aliases.json. */
function printTarget(target: StoredTarget): string {
  switch (target.kind) {
    case "version":
      return isFollowing(target) ? '"latest"' : `"v${target.version}"`;
    case "working":
    case "latest":
      return `"${target.kind}"`;
    case "split":
      return `{ ${target.arms.map(({ version, weight }) => `"v${version}": ${weight}`).join(", ")} }`;
  }
}

function isSorted(keys: readonly string[]): boolean {
  const names = keys.filter((key) => key !== "$schema");
  return names.every((name, index) => index === 0 || compareText(names[index - 1] ?? "", name) < 0);
}
