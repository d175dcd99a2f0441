import fc from "fast-check";
import { expect, it } from "vitest";
import { parseMerged, printMerged } from "./merged-text.js";

const name = fc.constantFrom("a", "a/b", "b", "b-a", "+a", "a@v1");
const key = fc.tuple(name, fc.nat(12)).map(([prompt, version]) => `${prompt}@v${version} commit digest`);
const keys = fc.uniqueArray(key);

it("finds all versions, and those of some prompts", () => {
  fc.assert(
    fc.property(keys, keys, fc.uniqueArray(name), (merged, unmerged, some) => {
      const record = { heads: ["one", "two"], merged, unmerged };
      const text = printMerged(record);
      expect(parseMerged(text)).toEqual(record);
      const isOfSome = (line: string) => some.some((prompt) => line.startsWith(`${prompt}@v`));
      const { heads, ...found } = parseMerged(text, new Set(some));
      expect(heads).toEqual(record.heads);
      expect(new Set(found.merged)).toEqual(new Set(merged.filter(isOfSome)));
      expect(new Set(found.unmerged)).toEqual(new Set(unmerged.filter(isOfSome)));
    }),
    { seed: 1 },
  );
});
