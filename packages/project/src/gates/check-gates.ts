// Gates: whether the scores of a version allow an alias to point at it. A pure function of the settings and the committed scores.

import {
  ALIASES_FILE,
  type AliasTarget,
  type Diagnostic,
  diagnose,
  isFollowing,
  latestScoresByVersion,
  type Score,
  type StoredTarget,
  versionsOf,
} from "@cuecard/model";
import type { Gate, Gates } from "../settings/gates.js";
import { createIgnore } from "../settings/ignore.js";

export interface GatedPointer {
  readonly name: string;
  readonly alias: string;
  /** `latest` for an alias that waits for the first release. */
  readonly to: StoredTarget;
  /** Where the alias points now; `undefined` if that is not known, or it is new. */
  readonly from: AliasTarget | undefined;
  /** Where the target is written in aliases.json. */
  readonly range?: Diagnostic["range"];
}

/** @param scores Of all prompts. */
export function checkGates(gates: Gates, pointers: readonly GatedPointer[], scores: readonly Score[]): Diagnostic[] {
  const gated = pointers.filter(({ alias }) => Object.hasOwn(gates, alias));
  return gated.flatMap((pointer) => {
    const asked = (gates[pointer.alias] ?? []).filter(
      ({ prompts }) => prompts === undefined || createIgnore([prompts])(pointer.name),
    );
    // The next release would move the alias to a version that has no score yet, whatever this one scored.
    if (asked.length > 0 && isFollowing(pointer.to)) return [refuseFollowing(pointer)];
    const own = latestScoresByVersion(scores.filter(({ name }) => name === pointer.name));
    return asked.flatMap((gate) => checkGate(gate, pointer, own));
  });
}

function refuseFollowing({ name, alias, to, range }: GatedPointer): Diagnostic {
  const [version] = versionsOf(to);
  return diagnose("gate/follows-latest", { name, alias, version }, { file: ALIASES_FILE, range }, { name, alias });
}

function checkGate(
  gate: Gate,
  { name, alias, to, from, range }: GatedPointer,
  scores: ReadonlyMap<number, readonly Score[]>,
): Diagnostic[] {
  const { metric, dataset } = gate;
  const scoreOf = (version: number) =>
    scores.get(version)?.find((score) => score.metric === metric && score.dataset === dataset)?.value;
  const earlier = from === undefined ? [] : versionsOf(from);
  // Callers of a weighted alias get several versions: the new ones are compared with the best of those that they get now.
  const known = earlier.map(scoreOf).filter((value) => value !== undefined);
  return versionsOf(to).flatMap((version) => {
    const place = { file: ALIASES_FILE, range };
    const subject = { name, alias, version };
    const args = { name, alias, version, metric, dataset };
    const value = scoreOf(version);
    if (value === undefined) return [diagnose("gate/no-score", args, place, subject)];
    const failed = failedLimits(gate, value, earlier.includes(version) ? [] : known);
    return failed.map((limit) => diagnose("gate/failed", { ...args, value, limit }, place, subject));
  });
}

/** The limits that a score does not keep, in words. */
function failedLimits({ min, max, maxDrop, maxRise }: Gate, value: number, known: readonly number[]): string[] {
  const [best, least] = [Math.max(...known), Math.min(...known)];
  const failed: string[] = [];
  if (min !== undefined && value < min) failed.push(`at least ${min}`);
  if (max !== undefined && value > max) failed.push(`at most ${max}`);
  if (known.length === 0) return failed;
  if (maxDrop !== undefined && exceeds(best - value, maxDrop))
    failed.push(`at most ${maxDrop} lower than ${best}, the score of the version before`);
  if (maxRise !== undefined && exceeds(value - least, maxRise))
    failed.push(`at most ${maxRise} higher than ${least}, the score of the version before`);
  return failed;
}

/** Scores are decimals: 0.92 - 0.91 is a little more than 0.01. */
function exceeds(difference: number, limit: number): boolean {
  return difference - limit > 1e-9 * Math.max(1, Math.abs(difference));
}
