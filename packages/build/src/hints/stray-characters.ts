// Finds characters in tags that came with copied text: typographic quotes, which become part of a name where straight quotes
// would begin a string, and invisible characters, which change a name.

import { type Diagnostic, diagnose, withFix } from "@cuecard/model";
import { scanTags } from "../language/scan-tags.js";
import type { SourceText } from "../text/source-text.js";

const NAMES: Readonly<Record<string, string>> = {
  "\u00a0": "no-break space",
  "\u00ad": "soft hyphen",
  "\u034f": "combining grapheme joiner",
  "\u061c": "Arabic letter mark",
  "\u180e": "Mongolian vowel separator",
  "\u200b": "zero width space",
  "\u200c": "zero width non-joiner",
  "\u200d": "zero width joiner",
  "\u200e": "left-to-right mark",
  "\u200f": "right-to-left mark",
  "\u202a": "left-to-right embedding",
  "\u202b": "right-to-left embedding",
  "\u202c": "pop directional formatting",
  "\u202d": "left-to-right override",
  "\u202e": "right-to-left override",
  "\u202f": "narrow no-break space",
  "\u2060": "word joiner",
  "\u2061": "function application",
  "\u2062": "invisible times",
  "\u2063": "invisible separator",
  "\u2064": "invisible plus",
  "\u2066": "left-to-right isolate",
  "\u2067": "right-to-left isolate",
  "\u2068": "first strong isolate",
  "\u2069": "pop directional isolate",
  "\u3000": "ideographic space",
  "\ufeff": "byte-order mark",
};

const DOUBLE = "“”„‟«»″＂";
const SINGLE = "‘’‚‛′＇";
const QUOTES = DOUBLE + SINGLE;
/** Spaces to Handlebars as well. */
const SPACES = "\u00a0\u202f\u3000\ufeff";
const INVISIBLE = Object.keys(NAMES).join("");

const STRAY = new RegExp(`[${QUOTES}${INVISIBLE}]`, "g");
/** The parts of a tag in which any character is text: strings and `[names in brackets]`. */
const TEXTS = /"(?:\\"|[^"])*"|'(?:\\'|[^'])*'|\[[^\]]*\]/g;
/** Braces that would be a tag without the invisible character between them. */
const BROKEN = new RegExp(
  String.raw`\{[${INVISIBLE}]+\{[^{}\n]{0,200}\}[${INVISIBLE}]*\}|\{\{[^{}\n]{0,200}\}[${INVISIBLE}]+\}`,
  "g",
);

/** How long a tag may be to be written out in a hint. */
const MAX_SHOWN = 80;

/** A character of a text that is not text, and what to write. */
export interface Stray {
  readonly at: number;
  /** `U+200B` */
  readonly character: string;
  readonly name: string;
  readonly instead: string;
}

/** The first such character of a key; `undefined` if all of its characters can be part of a name. */
export function findStrayInName(name: string): Stray | undefined {
  const at = findIn(name);
  if (at === undefined) return undefined;
  const isIndent = at === 0 && SPACES.includes(name[0] ?? "");
  return describe(
    name,
    at,
    isIndent ? "indent with plain spaces" : `write ${withoutStray(name).replace(/["']/g, "").trim()}`,
  );
}

/** The typographic quotes around a whole value. */
export function findStrayQuotes(value: string): Stray | undefined {
  const [, inner] = new RegExp(`^[${QUOTES}]([^${QUOTES}"]*)[${QUOTES}]$`).exec(value) ?? [];
  return inner === undefined ? undefined : describe(value, 0, `write "${inner}"`);
}

/** One finding for each tag with such characters. */
export function findStrayCharacters(source: SourceText): Diagnostic[] {
  const { text } = source;
  if (text.search(STRAY) === -1) return [];
  const found = new Map<number, Diagnostic>();
  for (const { kind, start, end } of scanTags(text)) {
    const at = kind === "tag" && end !== undefined ? findIn(text.slice(start, end)) : undefined;
    if (at !== undefined && end !== undefined) found.set(start + at, report(source, start, end, start + at));
  }
  for (const { 0: written, index } of text.matchAll(BROKEN)) {
    const at = index + 1 + written.slice(1).search(STRAY);
    if (text[index - 1] !== "\\" && !found.has(at)) found.set(at, report(source, index, index + written.length, at));
  }
  return [...found.values()];
}

/** The offset of a tag's first stray character. */
function findIn(tag: string): number | undefined {
  const masked = tag.replace(TEXTS, (inner) => "x".repeat(inner.length));
  for (const { index } of masked.matchAll(STRAY)) if (!belongsToName(masked, index)) return index;
  return undefined;
}

/** Joiners and the typographic apostrophe between letters are how some languages write words. */
function belongsToName(text: string, index: number): boolean {
  const around = `${text[index - 1] ?? ""}${text[index + 1] ?? ""}`;
  switch (text[index]) {
    case "\u200c":
    case "\u200d":
      return /[^\0-\u024f]/u.test(around);
    case "’":
      return /^\p{L}{2}$/u.test(around);
    default:
      return false;
  }
}

function report(source: SourceText, start: number, end: number, at: number): Diagnostic {
  const tag = source.text.slice(start, end);
  const plain = plainTag(tag);
  const instead = plain === undefined ? "type the tag again, with straight quotes and plain spaces" : `write ${plain}`;
  const { character, name } = describe(source.text, at, instead);
  const finding = diagnose("template/stray-character", { character, name, instead }, source.place(at, at + 1));
  // In strings, such a character may be meant.
  const quotes = tag.match(new RegExp(`[${QUOTES}]`, "g"))?.length ?? 0;
  const isInText =
    tag.match(TEXTS)?.some((text) => text.search(STRAY) !== -1) === true || quotes % 2 === 1 || quotes > 2;
  return withFix(finding, plain === undefined || isInText ? [] : [source.edit(start, end, plain)]);
}

function describe(text: string, at: number, instead: string): Stray {
  const found = text[at] ?? "";
  const character = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  return { at, character, name: NAMES[found] ?? `typographic quote ${found}`, instead };
}

/** A text without invisible characters, and with straight quotes. */
function withoutStray(text: string): string {
  return text.replace(STRAY, (character) => {
    if (DOUBLE.includes(character)) return '"';
    if (SINGLE.includes(character)) return "'";
    return SPACES.includes(character) ? " " : "";
  });
}

/** The tag without such characters; `undefined` if it is too long to be written out in a hint. */
function plainTag(tag: string): string | undefined {
  if (tag.length > MAX_SHOWN) return undefined;
  const plain = withoutStray(tag).replace(/(\{\{\{?[~&]?)\s*["']([^\s"']+)["']\s*(~?\}\})/, "$1$2$3");
  return plain.replace(/([^\s{(=])\s{2,}/g, "$1 ");
}
