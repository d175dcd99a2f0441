import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DiffRow, diffRows, foldRows } from "./diff-rows.js";

const textOf = (rows: readonly DiffRow[], side: "before" | "after") =>
  rows.flatMap((row) => row[side]?.words.map(({ text }) => text).join("") ?? []);
const numbersOf = (rows: readonly DiffRow[], side: "before" | "after") =>
  rows.flatMap((row) => row[side]?.number ?? []);
const lines = fc.array(fc.constantFrom("", "You are a bot.", "You are a kind bot.", "{{a}}", "- x", "  - x"));

describe("diffRows", () => {
  it("takes a last line with and without a line end as the same", () => {
    expect(diffRows("a", "a\nb").map(({ kind }) => kind)).toEqual(["same", "added"]);
    expect(diffRows("a\nb\n", "a").map(({ kind }) => kind)).toEqual(["same", "removed"]);
  });

  it("shows all lines of both sides in their order, whatever differs", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const rows = diffRows(before.join("\n"), after.join("\n"));
        const expected = (all: readonly string[]) =>
          all.join("\n") === "" ? [] : all.join("\n").replace(/\n$/, "").split("\n");
        expect(textOf(rows, "before")).toEqual(expected(before));
        expect(textOf(rows, "after")).toEqual(expected(after));
        expect(numbersOf(rows, "before")).toEqual(expected(before).map((_line, index) => index + 1));
        expect(numbersOf(rows, "after")).toEqual(expected(after).map((_line, index) => index + 1));
        const folded = foldRows(rows).reduce(
          (sum, part) => sum + ("rows" in part ? part.rows.length : part.skipped),
          0,
        );
        expect(folded).toBe(rows.length);
      }),
    );
  });

  it("marks the words that differ in a changed line, and none in lines that have little in common", () => {
    const [changed] = diffRows("You are a bot.", "You are a kind bot.");
    expect(changed?.after?.words.filter(({ kind }) => kind === "added").map(({ text }) => text.trim())).toEqual([
      "kind",
    ]);
    const [replaced] = diffRows("You are a bot.", "Answer in JSON!");
    expect(replaced?.after?.words).toEqual([{ kind: "added", text: "Answer in JSON!" }]);
  });

  it("leaves out lines that are far from a change", () => {
    const before = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const after = before.with(15, "new");
    const parts = foldRows(diffRows(before.join("\n"), after.join("\n")));
    expect(parts.map((part) => ("rows" in part ? part.rows.length : -part.skipped))).toEqual([-12, 7, -11]);
  });
});
