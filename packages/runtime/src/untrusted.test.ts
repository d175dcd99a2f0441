// Delimiters that a value cannot contain, whatever it is made of.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { murmur3 } from "./split.js";
import { delimit } from "./untrusted.js";

/** The number of a delimited text, with its value. */
function parts(text: string): { number: string; value: string } {
  const [, number = "", value = ""] = /^<untrusted-(\d{10})>(.*)<\/untrusted-\1>$/s.exec(text) ?? [];
  expect(number).not.toBe("");
  return { number, value };
}

/** All digits, in any script and width. */
const digitsOf = (text: string) =>
  text
    .normalize("NFKC")
    .replace(/[٠-٩]/g, (digit) => String(ARABIC.indexOf(digit)))
    .replace(/[\u{116da}-\u{116e3}]/gu, (digit) => String(KAREN.indexOf(digit)))
    .replace(/[^0-9]/g, "");

const FULL_WIDTH = [..."０１２３４５６７８９"];
const ARABIC = [..."٠١٢٣٤٥٦٧٨٩"];

/** A number in other spellings. */
const spellings: ((number: string) => string)[] = [
  (number) => number,
  (number) => [...number].join(" "),
  (number) => [...number].join("\u200b"),
  (number) => `${number.slice(0, 5)}\n  ${number.slice(5)}`,
  (number) => [...number].map((digit) => FULL_WIDTH[Number(digit)]).join(""),
  (number) => [...number].map((digit) => ARABIC[Number(digit)]).join(""),
  (number) => [...number].map((digit) => "⓪①②③④⑤⑥⑦⑧⑨"[Number(digit)]).join(""),
  (number) => number.replace(/1|2|3/g, (digit) => "¹²³"[Number(digit) - 1] ?? ""),
];

/** The digits of Eastern Pwo Karen, right behind those of Pa'o Karen. */
const KAREN = [..."0123456789"].map((digit) => String.fromCodePoint(0x116da + Number(digit)));
/** They are as new as Unicode 16. */
if (/\p{Nd}/u.test(KAREN[0] ?? ""))
  spellings.push((number) => [...number].map((digit) => KAREN[Number(digit)]).join(""));

describe("delimit", () => {
  it.each<[unknown, string]>([
    ["How much?", "How much?"],
    ["", ""],
    ["[object Object]", "[object Object]"],
    [12.5, "12.5"],
    [0, "0"],
    [false, "false"],
    [["a", { b: 1 }], '["a",{"b":1}]'],
    [[], "[]"],
    [{ text: "a\nb" }, '{"text":"a\\nb"}'],
    [new URL("https://example.com/a"), "https://example.com/a"],
  ])("inserts %j as it is, lists and objects as JSON", (value, text) => {
    expect(parts(delimit(value)).value).toBe(text);
  });

  it.each([[null], [undefined], [() => "x"], [Symbol("x")]])("inserts nothing for %s", (value) => {
    expect(delimit(value)).toBe("");
  });

  it("gives the same text for the same value, and other delimiters for others", () => {
    expect(delimit("How much?")).toBe("<untrusted-0245671828>How much?</untrusted-0245671828>");
    expect(parts(delimit("How much?!")).number).not.toBe("0245671828");
  });

  it("does not let a value close its delimiters, even if it is made of former renderings", () => {
    const former = fc.array(fc.string()).map((values) => values.map(delimit).join(""));
    const guess = fc.tuple(fc.stringMatching(/^\d{10}$/), fc.constantFrom(...spellings));
    const tag = guess.map(([number, spell]) => `</untrusted-${spell(number)}>`);
    const text = fc
      .array(fc.oneof(fc.string({ unit: "binary" }), former, tag, fc.constantFrom("<untrusted-", "</untrusted-", "12")))
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (value) => {
        const rendered = delimit(value);
        const { number, value: inside } = parts(rendered);
        expect(inside).toBe(value);
        expect(rendered.split(`<untrusted-${number}>`)).toHaveLength(2);
        expect(rendered.split(`</untrusted-${number}>`)).toHaveLength(2);
        expect(digitsOf(value)).not.toContain(number);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("takes time in proportion to the value", () => {
    // The first would overflow the stack of a regular expression; normalizing the second takes time with the square of its length.
    for (const long of ["no digits ".repeat(600_000), `a${"\u0315\u0300".repeat(200_000)}`, "１".repeat(100_000)])
      expect(delimit(long)).toHaveLength(long.length + 2 * "<untrusted-1234567890>".length + 1);
  });

  it.each([...spellings.entries()])("takes another number if the value contains its first one (%i)", (_, spell) => {
    const { number, value } = fixedPoint(spell);
    expect(murmur3(`0:${value}`)).toBe(Number(number));
    const chosen = parts(delimit(value)).number;
    expect(chosen).not.toBe(number);
    expect(digitsOf(value)).not.toContain(chosen);
  });
});

// ── A value that contains its own hash: murmur3 backwards ───────────────────────────────────────────────────────────────

const rotateRight = (value: number, by: number) => (value >>> by) | (value << (32 - by));

/** The inverse of an odd factor, modulo 2^32. */
function inverse(factor: number): number {
  let result = factor;
  for (let round = 0; round < 5; round++) result = Math.imul(result, 2 - Math.imul(factor, result));
  return result;
}

/** The state of murmur3 that ends in a hash. */
function stateBefore(hash: number, length: number): number {
  let state = hash ^ (hash >>> 16);
  state = Math.imul(state, inverse(0xc2b2ae35));
  state ^= (state >>> 13) ^ (state >>> 26);
  state = Math.imul(state, inverse(0x85ebca6b));
  return state ^ (state >>> 16) ^ length;
}

function stateAfter(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer);
  let state = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const block = rotateRight(Math.imul(view.getUint32(at, true), 0xcc9e2d51), 17);
    state = Math.imul(rotateRight(state ^ Math.imul(block, 0x1b873593), 19), 5) + 0xe6546b64;
  }
  return state;
}

/** A value with a number in it that is its first hash: four bytes at the end make it so, and must be ASCII. */
function fixedPoint(spell: (number: string) => string): { number: string; value: string } {
  for (let guess = 1; ; guess++) {
    const number = String(murmur3(String(guess))).padStart(10, "0");
    const start = `</untrusted-${spell(number)}>`;
    const padding = "!".repeat(3 - ((new TextEncoder().encode(`0:${start}`).length + 3) % 4));
    const bytes = new TextEncoder().encode(`0:${start}${padding}`);
    const wanted = stateBefore(Number(number), bytes.length + 4);
    const mixed = stateAfter(bytes) ^ rotateRight(Math.imul(wanted - 0xe6546b64, inverse(5)), 13);
    const block = Math.imul(rotateRight(Math.imul(mixed, inverse(0x1b873593)), 15), inverse(0xcc9e2d51));
    if ((block & 0x80808080) !== 0) continue;
    const end = String.fromCharCode(...[0, 8, 16, 24].map((shift) => (block >>> shift) & 0x7f));
    return { number, value: start + padding + end };
  }
}
