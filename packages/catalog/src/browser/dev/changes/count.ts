// How many edited files wait to be proposed, in the bar of every page.

import type { ChangesCount } from "../../../dev/proposals.js";
import { ask } from "../request.js";

/** Asks for the number. */
export async function countChanges(): Promise<void> {
  const count = await ask<ChangesCount>("count-changes", {}).catch(() => undefined);
  showCount(count?.waiting ?? 0);
}

/** @param waiting How many files are not proposed in any branch. */
export function showCount(waiting: number): void {
  const link = document.querySelector<HTMLElement>('.bar nav a[href$="changes.html"]');
  if (link === null) return;
  const count = link.querySelector(".count") ?? document.createElement("span");
  count.className = "count";
  count.textContent = String(waiting);
  if (waiting === 0) count.remove();
  else link.append(count);
}
