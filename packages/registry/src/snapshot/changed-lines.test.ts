import fc from "fast-check";
import { expect, it } from "vitest";
import { findChangedLines } from "./changed-lines.js";

const text = fc.array(fc.constantFrom("a", "b", "c", "", "ab"), { maxLength: 8 }).map((lines) => lines.join("\n"));

it.each([0, 1, 5000, 8191, 8192, 20_000])("finds a line after and before %i characters that are the same", (length) => {
  const same = `${"s".repeat(length)}\n`;
  const { removed, added, lineNow } = findChangedLines(`${same}a\nb\n${same}`, `${same}a\nc\nd\n${same}`);
  expect({ removed, added, now: [1, 2, 3, 4].map(lineNow) }).toEqual({
    removed: ["b"],
    added: ["c", "d"],
    now: [1, 2, undefined, 5],
  });
});

it("finds all lines that are in one text only, and where the others are now", () => {
  fc.assert(
    fc.property(text, text, (earlier, later) => {
      const [was, is] = [earlier.split("\n"), later.split("\n")];
      const { removed, added, isReordered, lineNow } = findChangedLines(earlier, later);
      for (const line of was) if (!is.includes(line)) expect(removed).toContain(line);
      for (const line of is) if (!was.includes(line)) expect(added).toContain(line);
      for (const [index, line] of was.entries()) {
        const now = lineNow(index + 1);
        if (now !== undefined) expect(is[now - 1]).toBe(line);
      }
      if (!isReordered && removed.length === 0 && added.length === 0)
        expect(later.split("\n").filter(Boolean)).toEqual(earlier.split("\n").filter(Boolean));
    }),
    { seed: 1, numRuns: 2000 },
  );
});
