// When to ask next. Times are spread, so that processes that were started together do not ask together.

import { MAX_TIMER } from "./host.js";

const MAX_BACKOFF = 300_000;
const MAX_RETRY_AFTER = 3_600_000;
/** A backoff grows to this many intervals. */
const MAX_INTERVALS = 8;

export interface Attempt {
  readonly interval: number;
  /** How many times in a row the source did not answer. */
  readonly failures: number;
  /** How long the source asked to wait. */
  readonly retryAfter: number | undefined;
  /** From 0 to 1. */
  readonly random: number;
}

/**
 * Milliseconds that timers take. After a failure the time doubles, up to 8 intervals or 5 minutes; it is never less than the source asked
 * for.
 */
export function nextDelay(attempt: Attempt): number {
  return Math.min(spreadDelay(attempt), MAX_TIMER);
}

function spreadDelay({ interval, failures, retryAfter = 0, random }: Attempt): number {
  const asked = Math.min(retryAfter, MAX_RETRY_AFTER);
  if (failures === 0 && asked === 0) return interval * (0.9 + 0.2 * random);
  const most = Math.max(interval, Math.min(interval * MAX_INTERVALS, MAX_BACKOFF));
  const backoff = Math.min(interval * 2 ** failures, most);
  return Math.max(backoff * (0.5 + 0.5 * random), interval * 0.9, asked * (1 + 0.1 * random));
}
