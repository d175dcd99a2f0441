import fc from "fast-check";
import { expect, it } from "vitest";
import { nextDelay } from "./schedule.js";

const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const MAX_TIMER = 2 ** 31 - 1;
const interval = fc.integer({ min: 100, max: MAX_TIMER });

it("asks about once an interval, and less often while the source does not answer", () => {
  const at = (failures: number, seconds = 30) =>
    [0, 0.5, 1].map(
      (one) => nextDelay({ interval: seconds * 1_000, failures, retryAfter: undefined, random: one }) / 1_000,
    );
  expect(at(0)).toEqual([27, 30, 33]);
  expect([at(1), at(2), at(3), at(30)]).toEqual([
    [30, 45, 60],
    [60, 90, 120],
    [120, 180, 240],
    [120, 180, 240],
  ]);
  // At most every five minutes, but never more often than usual.
  expect([at(9, 60), at(9, 3600)]).toEqual([
    [150, 225, 300],
    [3240, 3240, 3600],
  ]);
});

it("fires no timer at once, however long the interval is", () => {
  const attempt = { interval: MAX_TIMER, failures: 0, retryAfter: undefined };
  expect([0, 0.5, 1].map((one) => nextDelay({ ...attempt, random: one }))).toEqual([
    MAX_TIMER * 0.9,
    MAX_TIMER,
    MAX_TIMER,
  ]);
});

it("never asks before the source wants it, within an hour", () => {
  fc.assert(
    fc.property(interval, fc.nat(50), fc.integer({ min: 1, max: 10 ** 9 }), random, (ms, failures, retryAfter, one) => {
      const delay = nextDelay({ interval: ms, failures, retryAfter, random: one });
      expect(delay).toBeGreaterThanOrEqual(Math.min(retryAfter, 3_600_000));
      expect(delay).toBeLessThan(Math.max(ms, 3_600_000) * 1.1 + 1);
      // Node fires a longer timer after 1 ms.
      expect(delay).toBeLessThanOrEqual(MAX_TIMER);
    }),
    { seed: 1 },
  );
});
