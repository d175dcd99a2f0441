import { expect, it } from "vitest";
import { readDate } from "./scores-file.js";

it.each([
  ["2026-11-27", "2026-11-27T00:00:00.000Z"],
  ["2028-02-29", "2028-02-29T00:00:00.000Z"],
  ["2026-01-01T00:30:00+02:00", "2025-12-31T22:30:00.000Z"],
  ["2026-02-29", undefined],
  ["2026-02-31", undefined],
  ["2026-02-31T09:30:00Z", undefined],
  ["2026-13-01", undefined],
  ["2026-11-27T25:00:00Z", undefined],
  ["tomorrow", undefined],
  [20261127, undefined],
])("reads the date %s as %s", (value, expected) => {
  expect(readDate(value)).toBe(expected);
});
