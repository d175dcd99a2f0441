import { ChangeSet, Text } from "@codemirror/state";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesBetween, mergeTexts } from "./text-changes.js";

const text = fc
  .array(fc.constantFrom("a", "b", "Hello {{name}}", "", "\r"), { maxLength: 8 })
  .map((lines) => lines.join("\n"));

it("changes make one text of the other", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = ChangeSet.of(changesBetween(before, after), before.length, "\n");
      expect(changes.apply(Text.of(before.split("\n"))).toString()).toBe(after);
    }),
    { seed: 1 },
  );
});

describe("a merge", () => {
  it.each([
    ["of different lines has both", "a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"],
    ["of the same line has both versions", "a\nb\nc", "a\nmine\nc", "a\ntheirs\nc", "a\nmine\ntheirs\nc"],
    ["of the same change has it once", "a\nb", "a\nB", "a\nB", "a\nB"],
    ["of what both added at the end has both", "a", "a\nmine", "a\ntheirs", "a\nmine\ntheirs"],
    ["of one change has it", "a\nb", "a\nb", "b", "b"],
    ["of a line that one deleted and the other changed has the changed one", "a\nb\nc", "a\nc", "a\nB\nc", "a\nB\nc"],
  ])("%s", (_name, base, mine, theirs, merged) => {
    expect(mergeTexts(base, mine, theirs)).toBe(merged);
  });

  it("loses no line that one of both wrote", () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        const merged = mergeTexts(base, mine, theirs).split("\n");
        const old = base.split("\n");
        const written = [mine, theirs].flatMap((one) => one.split("\n").filter((line) => !old.includes(line)));
        expect(written.filter((line) => !merged.includes(line))).toEqual([]);
      }),
      { seed: 1 },
    );
  });
});
