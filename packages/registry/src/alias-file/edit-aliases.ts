// aliases.json with other pointers: text and edits in, text out. Order, indentation and line ends stay.

import type { AliasTarget } from "@cuecard/model";
import { compareText } from "@cuecard/model";
import { editMember, findObjects, keysOf, splice } from "./edit-object.js";

/** Where one alias of one prompt shall point; `undefined` deletes it. */
export interface AliasChange {
  readonly name: string;
  readonly alias: string;
  readonly to: AliasTarget | undefined;
}

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * A prompt that the file does not know yet comes where the order of the names has it, if they are in order, or else to the
 * end. With its last alias, a prompt's entry goes.
 *
 * @param text An aliases.json without syntax errors; `undefined` where there is no file yet.
 */
export function editAliases(text: string | undefined, changes: readonly AliasChange[]): string {
  if (text === undefined) return changes.length === 0 ? "{}\n" : editAliases("{}\n", changes);
  if (text.startsWith(BYTE_ORDER_MARK)) return BYTE_ORDER_MARK + editAliases(text.slice(1), changes);
  const byName = new Map<string, AliasChange[]>();
  for (const change of changes) byName.set(change.name, [...(byName.get(change.name) ?? []), change]);
  let edited = text;
  // What stands behind a place moves when it is edited: from the end to the start, places stay where they were found.
  for (const { key, start, end } of findObjects(text)) {
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
  return edited;
}

function editEntry(entry: string, changes: readonly AliasChange[]): string {
  return changes.reduce(
    (text, { alias, to }) => editMember(text, alias, to === undefined ? undefined : printTarget(to)),
    entry,
  );
}

/** A pointer's target as aliases.json has it. */
function printTarget(target: AliasTarget): string {
  switch (target.kind) {
    case "version":
      return `"v${target.version}"`;
    case "working":
      return '"working"';
    case "split":
      return `{ ${target.arms.map(({ version, weight }) => `"v${version}": ${weight}`).join(", ")} }`;
  }
}

function isSorted(keys: readonly string[]): boolean {
  const names = keys.filter((key) => key !== "$schema");
  return names.every((name, index) => index === 0 || compareText(names[index - 1] ?? "", name) < 0);
}
