// How many edited files wait to be proposed, in the bar of every page.

import type { ProposableChanges } from "../../../dev/proposals.js";
import { ask } from "../request.js";

/** Asks for the number. */
export async function countChanges(): Promise<void> {
  showCount(await ask<ProposableChanges>("changes", {}).catch(() => undefined));
}

export function showCount(changes: ProposableChanges | undefined): void {
  const link = document.querySelector<HTMLElement>('.bar nav a[href$="changes.html"]');
  if (link === null) return;
  const waiting = changes?.files.filter(({ proposedIn }) => proposedIn.length === 0).length ?? 0;
  const count = link.querySelector(".count") ?? document.createElement("span");
  count.className = "count";
  count.textContent = String(waiting);
  if (waiting === 0) count.remove();
  else link.append(count);
}
