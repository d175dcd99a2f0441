// How messages and views write characters that cannot be seen: `U+200B ZERO WIDTH SPACE`, `<U+200B>`.

import { findInvisible } from "./find-invisible.js";

/** https://www.unicode.org/Public/UCD/latest/ucd/NamesList.txt; control characters have only aliases there. */
const NAMES: Readonly<Record<string, string>> = {
  "\u0007": "BELL",
  "\u0008": "BACKSPACE",
  "\u000B": "LINE TABULATION",
  "\u000C": "FORM FEED",
  "\u000D": "CARRIAGE RETURN",
  "\u001B": "ESCAPE",
  "\u007F": "DELETE",
  "\u0085": "NEXT LINE",
  "\u009B": "CONTROL SEQUENCE INTRODUCER",
  "\u00A0": "NO-BREAK SPACE",
  "\u00AD": "SOFT HYPHEN",
  "\u034F": "COMBINING GRAPHEME JOINER",
  "\u061C": "ARABIC LETTER MARK",
  "\u115F": "HANGUL CHOSEONG FILLER",
  "\u1160": "HANGUL JUNGSEONG FILLER",
  "\u17B4": "KHMER VOWEL INHERENT AQ",
  "\u17B5": "KHMER VOWEL INHERENT AA",
  "\u180E": "MONGOLIAN VOWEL SEPARATOR",
  "\u200B": "ZERO WIDTH SPACE",
  "\u200C": "ZERO WIDTH NON-JOINER",
  "\u200D": "ZERO WIDTH JOINER",
  "\u200E": "LEFT-TO-RIGHT MARK",
  "\u200F": "RIGHT-TO-LEFT MARK",
  "\u2028": "LINE SEPARATOR",
  "\u2029": "PARAGRAPH SEPARATOR",
  "\u202A": "LEFT-TO-RIGHT EMBEDDING",
  "\u202B": "RIGHT-TO-LEFT EMBEDDING",
  "\u202C": "POP DIRECTIONAL FORMATTING",
  "\u202D": "LEFT-TO-RIGHT OVERRIDE",
  "\u202E": "RIGHT-TO-LEFT OVERRIDE",
  "\u202F": "NARROW NO-BREAK SPACE",
  "\u2060": "WORD JOINER",
  "\u2061": "FUNCTION APPLICATION",
  "\u2062": "INVISIBLE TIMES",
  "\u2063": "INVISIBLE SEPARATOR",
  "\u2064": "INVISIBLE PLUS",
  "\u2066": "LEFT-TO-RIGHT ISOLATE",
  "\u2067": "RIGHT-TO-LEFT ISOLATE",
  "\u2068": "FIRST STRONG ISOLATE",
  "\u2069": "POP DIRECTIONAL ISOLATE",
  "\u2800": "BRAILLE PATTERN BLANK",
  "\u3000": "IDEOGRAPHIC SPACE",
  "\u3164": "HANGUL FILLER",
  "\uFEFF": "ZERO WIDTH NO-BREAK SPACE",
  "\uFFA0": "HALFWIDTH HANGUL FILLER",
  "\uFFF9": "INTERLINEAR ANNOTATION ANCHOR",
  "\uFFFA": "INTERLINEAR ANNOTATION SEPARATOR",
  "\uFFFB": "INTERLINEAR ANNOTATION TERMINATOR",
  "\u{E0001}": "LANGUAGE TAG",
  "\u{E007F}": "CANCEL TAG",
};

/** `U+200B` */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** `ZERO WIDTH SPACE`; for characters without a name of their own here, what they are. */
export function characterName(character: string): string {
  const name = NAMES[character];
  if (name !== undefined) return name;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xfe00 && code <= 0xfe0f) return `VARIATION SELECTOR-${code - 0xfe00 + 1}`;
  if (code >= 0xe0100 && code <= 0xe01ef) return `VARIATION SELECTOR-${code - 0xe0100 + 17}`;
  if (code >= 0xe0020 && code <= 0xe007e) return `TAG ${String.fromCharCode(code - 0xe0000)}`;
  return /\p{Cc}/u.test(character) ? "CONTROL CHARACTER" : "INVISIBLE CHARACTER";
}

/** The text with `<U+200B>` for each character that cannot be seen, or that changes how others are shown. */
export function escapeInvisible(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of findInvisible(text)) {
    const characters = [...text.slice(start, end)];
    parts.push(text.slice(done, start), ...characters.map((character) => `<${codePoint(character)}>`));
    done = end;
  }
  return parts.length === 0 ? text : [...parts, text.slice(done)].join("");
}
