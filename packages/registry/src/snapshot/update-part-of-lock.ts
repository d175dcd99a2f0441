// prompts.lock after some prompts were read: the lines of all others stay as they are.

import { versionTag } from "@cuecard/model";
import { addLines } from "../lock/add-lines.js";
import type { LockResult } from "../lock/plan-lock-update.js";
import type { ReadingInputs } from "./reading-inputs.js";
import { unchangedLock } from "./remembered-reading.js";
import type { PartReading, RereadRequest } from "./reread-requests.js";

/** What the lock should contain; `undefined` if it is not as it would be printed. */
export function updateLock(
  { snapshot, lines }: PartReading,
  {
    earlier,
    inputs,
    files,
    names,
    frozen,
  }: Pick<RereadRequest, "files" | "inputs" | "frozen"> & {
    readonly earlier: ReadingInputs;
    readonly names: ReadonlySet<string>;
  },
): LockResult | undefined {
  const unchanged = unchangedLock(files.lockText);
  const { before } = unchanged;
  if (frozen) return unchanged;
  const own = snapshot?.versions ?? [];
  const added = own.filter((version) => !lines.has(versionTag(version)) && version.unmerged !== true);
  const planned = { ...unchanged, changed: true, added: added.map(({ name, version }) => ({ name, version })) };
  const exact = files.lockText?.exact ?? "";
  if (earlier.lock.isSame(inputs.lock)) {
    // It was as it would be printed then.
    const longer = added.length === 0 || before !== exact ? before : addLines(before, added);
    if (longer === before) return added.length === 0 ? unchanged : undefined;
    return typeof longer === "string" ? { ...planned, text: longer } : undefined;
  }
  const others = withoutLines(before, names);
  const { text: then } = earlier.lock;
  if (before !== exact || then === undefined || others !== withoutLines(then, names)) return undefined;
  const read = new Set(own.map(versionTag));
  const wanted = own.filter((version) => lines.has(versionTag(version)) || version.unmerged !== true);
  const text = addLines(others, [...wanted, ...[...lines].flatMap(([tag, line]) => (read.has(tag) ? [] : [line]))]);
  if (typeof text !== "string") return undefined;
  if (text === before) return unchanged;
  return { ...planned, text };
}

function withoutLines(text: string, names: ReadonlySet<string>): string {
  let kept = "";
  let from = 0;
  for (const [start, end] of linesOf(text, names)) {
    kept += text.slice(from, start);
    from = end;
  }
  return kept + text.slice(from);
}

/** Where the lines of some prompts are. */
function linesOf(text: string, names: ReadonlySet<string>): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (const name of names) {
    const begin = `${name}@`;
    for (let at = text.indexOf(begin); at !== -1; at = text.indexOf(begin, at + 1)) {
      const feed = text.indexOf("\n", at);
      if (at === 0 || text[at - 1] === "\n") found.push([at, feed === -1 ? text.length : feed + 1]);
    }
  }
  return found.sort(([a], [b]) => a - b);
}
