// Resolves usages to versions, and reports those that refer to something that does not exist.

import type { Snapshot } from "@cuecard/model";
import { resolveArms } from "../read/resolve-reference.js";
import type { ResolvedUsage, Usage } from "./usage.js";

export function resolveUsages(usages: readonly Usage[], snapshot: Snapshot): ResolvedUsage[] {
  const known = new Map<string, Destination>();
  return usages.map((usage) => {
    const key = JSON.stringify([usage.name, usage.ref, usage.dynamic]);
    const resolved = known.get(key) ?? resolve(snapshot, usage);
    known.set(key, resolved);
    return { ...usage, ...resolved };
  });
}

/** Whether a usage whose name or version is known only at run time may load a version of a prompt. */
export function mayLoad(snapshot: Snapshot, { name, ref }: Usage, asked: string, version: number): boolean {
  if (name !== undefined && name !== asked) return false;
  if (ref === undefined) return true;
  const resolved = resolveArms(snapshot, `${asked}@${ref}`);
  return !("problem" in resolved) && resolved.arms.some((arm) => arm.version === version);
}

type Destination = Pick<ResolvedUsage, "versions" | "problem">;

function resolve(snapshot: Snapshot, { name, ref, dynamic }: Usage): Destination {
  if (name === undefined) return { versions: [], problem: undefined };
  // A name alone is resolved only to find out whether the prompt exists.
  const resolved = resolveArms(snapshot, ref === undefined ? name : `${name}@${ref}`);
  if ("problem" in resolved) return { versions: [], problem: resolved.problem };
  if (ref === undefined)
    return { versions: [], problem: dynamic ? undefined : "load takes an alias or a version beside the name" };
  return { versions: resolved.arms.map(({ version }) => version), problem: undefined };
}
