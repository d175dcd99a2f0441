import { expect, it } from "vitest";
import { nearestVersion } from "./nearest-version.js";

it.each<[number, readonly number[], string | undefined]>([
  [2, [], undefined],
  [2, [7], "v7"],
  [2, [1, 3], "v3"],
  [2, [3, 1], "v3"],
  [9, [1, 2, 3], "v3"],
  [4, [1, 3, 8], "v3"],
])("%i of %j: %s", (wanted, versions, expected) => {
  expect(nearestVersion(wanted, versions)).toBe(expected);
});
