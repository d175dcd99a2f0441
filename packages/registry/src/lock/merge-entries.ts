// Two lines of one version, as a merge of two branches leaves them, made one.

import { compareText } from "@cuecard/model";
import type { LockEntry } from "./lock-file.js";

/** The entry that says what both say; `undefined` when they name different commits or contents. */
export function mergeEntries<E extends LockEntry>(a: E, b: LockEntry): E | undefined {
  if (a.commit !== b.commit || a.digest !== b.digest) return undefined;
  // Whoever retired the version had a reason; notes are lost by a lightweight tag, never made up.
  return { ...a, notes: fuller(a.notes, b.notes), retired: fullerReason(a.retired, b.retired) };
}

function fullerReason(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || b === undefined ? (a ?? b) : fuller(a, b);
}

/** The longer text; of two equally long ones always the same, whichever side it came from. */
function fuller(a: string, b: string): string {
  if (a.length !== b.length) return a.length > b.length ? a : b;
  return compareText(a, b) <= 0 ? a : b;
}
