import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseArm, murmur3 } from "./split.js";

/** @param bytes A character for each byte. */
function referenceMurmur3(bytes: string): number {
  const scramble = (block: number) => {
    const mixed = Math.imul(block, 0xcc9e2d51);
    return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
  };
  let hash = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const block = [3, 2, 1, 0].reduce((all, offset) => (all << 8) | (bytes.charCodeAt(at + offset) || 0), 0);
    hash ^= scramble(block);
    if (at + 4 <= bytes.length) hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

describe("murmur3", () => {
  // Reference values of the MurmurHash3_x86_32 algorithm with seed 0, over UTF-8.
  it.each([
    ["", 0],
    ["a", 0x3c2569b2],
    ["ab", 0x9bbfd75f],
    ["abc", 0xb3dd93fa],
    ["abcd", 0x43ed676a],
    ["hello", 0x248bfa47],
    ["hello, world", 0x149bbb7f],
    ["The quick brown fox jumps over the lazy dog", 0x2e4ff723],
  ])("of %j is %i", (text, hash) => {
    expect(murmur3(text)).toBe(hash);
  });

  it("reads texts as UTF-8, as TextEncoder writes it", () => {
    const unit = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.nat(0xffff).map((code) => String.fromCharCode(code)),
    );
    fc.assert(
      fc.property(fc.array(unit), (parts) => {
        const text = parts.join("");
        const bytes = String.fromCharCode(...new TextEncoder().encode(text));
        expect(murmur3(text)).toBe(referenceMurmur3(bytes));
      }),
      { seed: 2 },
    );
  });
});

describe("chooseArm", () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 4 });

  it("keeps everyone on the newest arm when weight moves to it", () => {
    fc.assert(
      fc.property(weights, fc.nat(999), fc.string(), (arms, moved, key) => {
        const newest = arms.length - 1;
        const from = arms.findIndex((weight, index) => index < newest && weight > 1);
        if (from === -1) return;
        const amount = Math.min(moved, (arms[from] ?? 1) - 1);
        const after = arms.map((weight, index) =>
          index === from ? weight - amount : index === newest ? weight + amount : weight,
        );
        const choose = (all: readonly number[]) =>
          chooseArm(
            all.map((weight, value) => ({ weight, value })),
            "p:production",
            key,
          );
        if (choose(arms) === newest) expect(choose(after)).toBe(newest);
      }),
      { seed: 1 },
    );
  });

  it("depends on the scope, so that two splits are independent", () => {
    const arms = [
      { weight: 1, value: "a" },
      { weight: 1, value: "b" },
    ];
    const keys = Array.from({ length: 1000 }, (_, n) => `user-${n}`);
    const same = keys.filter((key) => chooseArm(arms, "p:one", key) === chooseArm(arms, "p:two", key)).length;
    expect(same / keys.length).toBeCloseTo(0.5, 1);
  });

  it("refuses arms without weight", () => {
    expect(() => chooseArm([], "p:a", "k")).toThrow(RangeError);
  });
});
