import { versionTag } from "@cuecard/model";
import fc from "fast-check";
import { expect, it } from "vitest";
import { addLines } from "./add-lines.js";
import { type LockEntry, printLock } from "./lock-file.js";

const entry = fc.record({
  name: fc.constantFrom("a", "a-b", "a/b", "ab", "b", "b/a"),
  version: fc.integer({ min: 1, max: 12 }),
  notes: fc.constantFrom("", 'Two\n"lines"'),
});

function toEntry({ name, version, notes }: { name: string; version: number; notes: string }): LockEntry {
  const commit = String(version).padStart(40, "0");
  return { name, version, notes, commit, digest: `sha256-${"A".repeat(43)}=`, retired: undefined };
}

it("inserts lines where printing the whole lock would put them", () => {
  const some = fc.uniqueArray(entry, { selector: versionTag, maxLength: 20 });
  fc.assert(
    fc.property(some, fc.nat(20), fc.boolean(), (all, count, hasHead) => {
      const head = hasHead ? ["# Merge like go.sum"] : [];
      const entries = all.map(toEntry);
      const before = printLock(head, entries.slice(count));
      expect(addLines(before, entries.slice(0, count))).toBe(printLock(head, entries));
    }),
    { seed: 1, numRuns: 300 },
  );
});

it("keeps other lines as they are, and still reports lines of the same prompt that it cannot read", () => {
  const [one, two] = [toEntry({ name: "a", version: 1, notes: "" }), toEntry({ name: "b", version: 1, notes: "" })];
  const text = printLock([], [two]);
  expect(addLines(text, [one])).toBe(printLock([], [one]) + text);
  expect(addLines(`${text}a@v2 damaged\n`, [one])).toMatchObject({ code: "lock/invalid-line" });
});
