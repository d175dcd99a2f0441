// What the document with pointers costs.

import type { AliasEntry } from "@cuecard/model";
import { expect, it } from "vitest";
import { pointersOf } from "./write-pointers.js";

it("prompts and their aliases are sorted, and a registry of any size is read about once", () => {
  let reads = 0;
  const at = { line: 1, column: 1 };
  const entries = Array.from({ length: 1_000 }, (_, index) => `p${String(index).padStart(3, "0")}`).flatMap((name) =>
    ["staging", "dev", "production"].map((alias): AliasEntry => {
      const target = { kind: "version", version: 2 } as const;
      return {
        alias,
        target,
        range: { start: at, end: at },
        get name() {
          reads++;
          return name;
        },
      };
    }),
  );
  const pointers = pointersOf(entries.reverse());
  expect(Object.keys(pointers).slice(0, 2)).toEqual(["p000", "p001"]);
  expect(JSON.stringify(pointers["p999"])).toBe('{"dev":"v2","production":"v2","staging":"v2"}');
  // Sorting compares each entry about twelve times.
  expect(reads).toBeLessThan(entries.length * 50);
});
