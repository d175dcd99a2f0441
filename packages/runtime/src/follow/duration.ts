// Durations as options take them: `30s`, or milliseconds.

import { FollowError, showValue } from "./follow-error.js";
import { MAX_TIMER } from "./host.js";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/**
 * Milliseconds.
 *
 * @throws FollowError naming the option and what it takes.
 */
export function readDuration(option: string, value: unknown, least: number): number {
  const ms = typeof value === "string" ? parse(value) : value;
  if (typeof ms === "number" && ms >= least && ms <= MAX_TIMER) return ms;
  throw new FollowError(
    "option",
    `${option} is ${showValue(value)}: pass a time such as "30s", "5m" or a number of milliseconds, from ${least} to ${MAX_TIMER}`,
  );
}

function parse(text: string): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h)$/.exec(text) ?? [];
  const factor = UNITS.get(unit);
  return factor === undefined ? undefined : Number(number) * factor;
}
