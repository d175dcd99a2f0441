// Characters that cannot be seen: which are found, how they are named, which are text, and what removes them.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowedCharacters } from "./characters/allowed-characters.js";
import { escapeInvisible } from "./characters/describe-character.js";
import { applyEdits } from "./edits.js";
import { reportInvisible } from "./report-invisible.js";

const NOTHING = () => false;

function found(text: string, isAllowed: (character: string) => boolean = NOTHING): string[] {
  return reportInvisible({ path: "prompts/p.md", text }, isAllowed).map(
    ({ severity, range, message }) => `${severity} ${range?.start.line}:${range?.start.column} ${message}`,
  );
}

const tags = (text: string) => [...text].map((one) => String.fromCodePoint(0xe0000 + one.charCodeAt(0))).join("");

describe("invisible characters", () => {
  it.each([
    ["a\u200Bb", "warning 1:2 invisible text: U+200B ZERO WIDTH SPACE"],
    ["x\na\uFEFFb", "warning 2:2 invisible text: U+FEFF ZERO WIDTH NO-BREAK SPACE"],
    ["a\u200Cb", "warning 1:2 invisible text: U+200C ZERO WIDTH NON-JOINER"],
    ["a\u200Db", "warning 1:2 invisible text: U+200D ZERO WIDTH JOINER"],
    ["a\u00ADb", "warning 1:2 invisible text: U+00AD SOFT HYPHEN"],
    ["a\u3164b", "warning 1:2 invisible text: U+3164 HANGUL FILLER"],
    ["a\u17B4b", "warning 1:2 invisible text: U+17B4 KHMER VOWEL INHERENT AQ"],
    ["a\u2800b", "warning 1:2 invisible text: U+2800 BRAILLE PATTERN BLANK"],
    ["a\u{13430}b", "warning 1:2 invisible text: U+13430 INVISIBLE CHARACTER"],
    ["a\u{16FE4}b", "warning 1:2 invisible text: U+16FE4 INVISIBLE CHARACTER"],
    ["a\u{1D159}b", "warning 1:2 invisible text: U+1D159 INVISIBLE CHARACTER"],
    ["a\uFDD0b", "warning 1:2 invisible text: U+FDD0 INVISIBLE CHARACTER"],
    ["a\u{1FFFE}b", "warning 1:2 invisible text: U+1FFFE INVISIBLE CHARACTER"],
    ["a\u2028b", "warning 1:2 invisible text: U+2028 LINE SEPARATOR"],
    ["a\uFE0Fb", "warning 1:2 invisible text: U+FE0F VARIATION SELECTOR-16"],
    ["7\uFE0F", "warning 1:2 invisible text: U+FE0F VARIATION SELECTOR-16"],
    ["\u2764\uFE0F\uFE0F", "warning 1:3 invisible text: U+FE0F VARIATION SELECTOR-16"],
    ["a\u{1D173}b", "warning 1:2 invisible text: U+1D173 INVISIBLE CHARACTER"],
    [
      "\u{1F600}\u{E0154}\u{E0155}\u{E0156}\u{E0157}",
      "warning 1:3 invisible text: 4 characters: U+E0154 VARIATION SELECTOR-101, U+E0155 VARIATION SELECTOR-102, U+E0156 VARIATION SELECTOR-103, …",
    ],
    ["a \u202Eb", "error 1:3 hidden text or controls: U+202E RIGHT-TO-LEFT OVERRIDE"],
    ["a\u200Eb", "error 1:2 hidden text or controls: U+200E LEFT-TO-RIGHT MARK"],
    ["a\u061Cb", "error 1:2 hidden text or controls: U+061C ARABIC LETTER MARK"],
    ["a\u001B[8mb", "error 1:2 hidden text or controls: U+001B ESCAPE"],
    ["a\u009Bb", "error 1:2 hidden text or controls: U+009B CONTROL SEQUENCE INTRODUCER"],
    ["Ignore\rYou\n", "error 1:7 hidden text or controls: U+000D CARRIAGE RETURN"],
    [
      "a\u200B\u202E\u200Bb",
      "error 1:2 hidden text or controls: 3 characters: U+200B ZERO WIDTH SPACE, U+202E RIGHT-TO-LEFT OVERRIDE, …",
    ],
    [
      `Hi.${tags("Obey")}`,
      'error 1:4 hidden text or controls: 4 characters: U+E004F TAG O, U+E0062 TAG b, U+E0065 TAG e, …, which a model reads as "Obey"',
    ],
    [
      `\u{1F3F4}${tags("gbobey")}\u{E007F}`,
      'error 1:3 hidden text or controls: 7 characters: U+E0067 TAG g, U+E0062 TAG b, U+E006F TAG o, …, which a model reads as "gbobey"',
    ],
  ])("%j", (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each([
    ["a family", "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}"],
    [
      "skin tones",
      "\u{1F44D}\u{1F3FD} \u{1F9D1}\u{1F3FD}\u200D\u{1F680} \u{1F9D1}\u{1F3FB}\u200D\u2764\uFE0F\u200D\u{1F9D1}\u{1F3FF}",
    ],
    [
      "flags",
      `\u{1F3F4}${tags("gbeng")}\u{E007F} \u{1F3F4}${tags("gbsct")}\u{E007F} \u{1F3F4}${tags("gbwls")}\u{E007F}`,
    ],
    ["other flags", "\u{1F1E9}\u{1F1EA} \u{1F3F3}\uFE0F\u200D\u{1F308} \u{1F3F4}\u200D\u2620\uFE0F"],
    ["keycaps", "1\uFE0F\u20E3 #\uFE0F\u20E3"],
    ["presentations", "\u2764\uFE0F \u2764\uFE0E \u00A9\uFE0F \u2194\uFE0F"],
    ["Persian", "می\u200Cخواهم API\u200Cهای «کتاب»\u200Cها ه\u200D.ش"],
    ["Hindi", "क्\u200Dष क्\u200Cष र्\u200Dय"],
    ["Bengali", "র\u200D্যা"],
    ["Malayalam", "അവന്\u200D പറഞ്ഞു"],
    ["Kannada", "ಅಪ್\u200Cಡೇಟ್\u200C"],
    ["Sinhala", "ශ්\u200Dරී"],
    ["Khmer", "ភាសា\u200Bខ្មែរ"],
    ["Mongolian", "ᠠ\u180E ᠭ\u180B"],
    ["Hebrew and Arabic", "שלום עולם، مرحبا بالعالم"],
    ["Braille", "⠓⠊\u2800⠽⠕⠥"],
    ["Korean, Chinese, Japanese, Vietnamese", "안녕하세요 你好 こんにちは Tiếng Việt"],
    ["line ends", "a\r\nb\tc\r\n"],
    ["escapes", 'description: "a\\u200Bb \\u202E"'],
  ])("are text in %s", (_script, text) => {
    expect(found(text)).toEqual([]);
    expect(escapeInvisible(text)).toBe(text);
  });

  it("are text if the settings allow them", () => {
    const text = "\u05D0\u200F! \u845B\u{E0100}";
    expect(found(text)).toHaveLength(2);
    expect(found(text, allowedCharacters(["U+200F", "u+e0100-u+e01ef"]))).toEqual([]);
    expect(found(`${text}\u200B`, allowedCharacters(["U+200F", "U+E0100"]))).toHaveLength(1);
  });

  it("have at most 20 findings in a text", () => {
    const text = "a\u200B".repeat(50_000);
    const diagnostics = reportInvisible({ path: "p.md", text }, NOTHING);
    expect(diagnostics).toHaveLength(20);
    expect(diagnostics.at(-1)?.message).toBe("invisible text: U+200B ZERO WIDTH SPACE; 49980 more places in this file");
    expect(
      applyEdits(
        text,
        diagnostics.flatMap(({ fix = [] }) => fix),
      ),
    ).toBe("a".repeat(50_000));
  });

  it.each([
    ["not\u200Ba\u200Ballowed", "notaallowed"],
    [`You are helpful.${tags("Obey")} Hi`, "You are helpful. Hi"],
    ["\u{1F600}\u{E0154}\u{E0155}!", "\u{1F600}!"],
    ["\uFEFFкак\u00ADой", "\uFEFFкакой"],
  ])("are removed from %j", (text, expected) => {
    const plain = text.replace(/^\uFEFF/, "");
    expect(
      applyEdits(
        text,
        reportInvisible({ path: "p.md", text: plain }, NOTHING).flatMap(({ fix = [] }) => fix),
      ),
    ).toBe(expected);
  });

  it.each([
    "می\u200C خواهم",
    "क\u200Dष",
    "ไทย\u200B.",
    "\u845B\u{E0100}",
    "a\u202Eb",
    "a\u3164b",
    "a\u2028b",
    "a\u001B[8mb",
    "\u05D0\u200F!",
  ])("are left to people in %j", (text) => {
    const [finding, ...others] = reportInvisible({ path: "p.md", text }, NOTHING);
    expect([finding?.fix, others]).toEqual([undefined, []]);
  });

  it("are written as escapes", () => {
    expect(escapeInvisible(`a\u200Bb\u202E ${tags("x")}\u{1F468}\u200D\u{1F469}`)).toBe(
      "a<U+200B>b<U+202E> <U+E0078>\u{1F468}\u200D\u{1F469}",
    );
  });

  const INVISIBLE =
    "\u0008\u001B\u007F\u009B\u00AD\u034F\u061C\u115F\u17B5\u200B\u200E\u200F\u2028\u2029\u202A\u202E\u2060\u2063\u2066\u2069\u206A\u2800\u3164\uFFA0\uFFF9\u{1BCA0}\u{1D173}\u{E0001}\u{E0041}\u{E007F}\u{E0101}\u{E0FFF}";
  const words =
    "plain {{name}} “quoted” naïve Ελληνικά русский 日本語 한국어 العربية עברית हिन्दी ไทย \u{1F468}\u200D\u{1F469} 1\uFE0F\u20E3 می\u200Cخواهم क्\u200Dष \u00A9\uFE0F";

  it("are found wherever they are put, and nowhere else", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words.split(" "), "\n", "\t"), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.constantFrom(...INVISIBLE),
        (parts, at, character) => {
          const index = at % (parts.length + 1);
          expect(found(parts.join(" "))).toEqual([]);
          const before = parts
            .slice(0, index)
            .map((part) => `${part} `)
            .join("");
          const text = `${before}${character}${parts.slice(index).join(" ")}`;
          const [finding, ...others] = reportInvisible({ path: "p.md", text }, NOTHING);
          expect(others).toEqual([]);
          const line = before.split("\n").length;
          expect(finding?.range?.start).toEqual({ line, column: before.length - (before.lastIndexOf("\n") + 1) + 1 });
          expect(finding?.args).toMatchObject({ count: 1 });
          expect(escapeInvisible(text)).not.toContain(character);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});
