// The page of changes: changes.html lists what was edited; with ?from=staging&to=production&name=greet, or with
// ?rollback=production&name=greet, it is about a move of environments.

import { render } from "preact";
import type { EnvironmentMove } from "../../../dev/proposals.js";
import { ChangesView } from "./changes-view.js";

export function startChanges(root: HTMLElement): void {
  const move = readMove(new URLSearchParams(location.search));
  root.textContent = "";
  render(<ChangesView move={move} />, root);
}

function readMove(asked: URLSearchParams): EnvironmentMove | undefined {
  const [name, from, to, rollback] = ["name", "from", "to", "rollback"].map((key) => asked.get(key) ?? "");
  if (name && rollback) return { kind: "rollback", name, alias: rollback };
  if (!from || !to) return undefined;
  const share = Number(asked.get("share"));
  const names = name ? [name] : "all";
  return { kind: "promote", names, from, to, ...(share >= 1 && share <= 99 ? { share } : {}) };
}
