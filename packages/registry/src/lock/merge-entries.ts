// Merges two lines of one version, as the merge of two branches may leave them.

import { compareText } from "@cuecard/model";
import type { LockEntry } from "./lock-file.js";

/** The entry with the information of both; `undefined` if they name different commits or contents. */
export function mergeEntries<E extends LockEntry>(a: E, b: LockEntry): E | undefined {
  if (a.commit !== b.commit || a.digest !== b.digest) return undefined;
  // A retirement is kept: it was deliberate. So are notes: a lightweight tag may lose them, but nothing invents them.
  return { ...a, notes: fuller(a.notes, b.notes), retired: fullerReason(a.retired, b.retired) };
}

function fullerReason(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || b === undefined ? (a ?? b) : fuller(a, b);
}

/** The longer text. Of two equally long ones, the choice does not depend on the order of the arguments. */
function fuller(a: string, b: string): string {
  if (a.length !== b.length) return a.length > b.length ? a : b;
  return compareText(a, b) <= 0 ? a : b;
}
