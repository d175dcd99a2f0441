// The search for equal items, checked against the comparison of every pair.

import fc from "fast-check";
import { expect, it } from "vitest";
import { deepEqual, findDuplicate } from "./ajv.js";

/** As Ajv does it: from the end, each item with all before it. */
function compareAll(list: readonly unknown[]): readonly [number, number] | undefined {
  for (let later = list.length - 1; later > 0; later--)
    for (let earlier = later - 1; earlier >= 0; earlier--)
      if (deepEqual(list[later], list[earlier])) return [later, earlier];
  return undefined;
}

const leaf = fc.oneof(
  fc.constantFrom("", "a", '"a', "[", "{", 0, -0, 1, "1", Number.NaN, true, "true", null, "null", undefined),
  fc.integer({ min: 0, max: 3 }),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "0", 'a":1'), tie("value"), { maxKeys: 3 }),
  ),
}));

it("finds the pair that comparing every item with every other finds", () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 8 }), (list) => {
      expect(findDuplicate(list)).toEqual(compareAll(list));
    }),
    { seed: 1, numRuns: 2000 },
  );
});
