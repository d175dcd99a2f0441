// Finds characters in tags that came with copied text: typographic quotes, which become part of a name where straight quotes
// would begin a string, and spaces that are not plain ones. Characters that cannot be seen are findings anywhere in a file.

import { characterName, codePoint, type Diagnostic, diagnose, withFix } from "@cuecard/model";
import { scanTags } from "../language/scan-tags.js";
import type { SourceText } from "../text/source-text.js";

const DOUBLE = "“”„‟«»″＂";
const SINGLE = "‘’‚‛′＇";
const QUOTES = DOUBLE + SINGLE;
/** Spaces to Handlebars as well. */
const SPACES = "\u00a0\u202f\u3000";

const STRAY = new RegExp(`[${QUOTES}${SPACES}]`, "g");
/** The parts of a tag in which any character is text: strings and `[names in brackets]`. */
const TEXTS = /"(?:\\"|[^"])*"|'(?:\\'|[^'])*'|\[[^\]]*\]/g;
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
  const found: Diagnostic[] = [];
  for (const { kind, start, end } of scanTags(text)) {
    const at = kind === "tag" && end !== undefined ? findIn(text.slice(start, end)) : undefined;
    if (at !== undefined && end !== undefined) found.push(report(source, start, end, start + at));
  }
  return found;
}

/** The offset of a tag's first stray character. */
function findIn(tag: string): number | undefined {
  const masked = tag.replace(TEXTS, (inner) => "x".repeat(inner.length));
  for (const { index } of masked.matchAll(STRAY)) if (!belongsToName(masked, index)) return index;
  return undefined;
}

/** The typographic apostrophe between letters is how some languages write words. */
function belongsToName(text: string, index: number): boolean {
  return text[index] === "’" && /^\p{L}{2}$/u.test(`${text[index - 1] ?? ""}${text[index + 1] ?? ""}`);
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
  const name = QUOTES.includes(found) ? `typographic quote ${found}` : characterName(found).toLowerCase();
  return { at, character: codePoint(found), name, instead };
}

/** A text with plain spaces and straight quotes. */
function withoutStray(text: string): string {
  return text.replace(STRAY, (character) => {
    if (DOUBLE.includes(character)) return '"';
    return SINGLE.includes(character) ? "'" : " ";
  });
}

/** The tag without such characters; `undefined` if it is too long to be written out in a hint. */
function plainTag(tag: string): string | undefined {
  if (tag.length > MAX_SHOWN) return undefined;
  const plain = withoutStray(tag).replace(/(\{\{\{?[~&]?)\s*["']([^\s"']+)["']\s*(~?\}\})/, "$1$2$3");
  return plain.replace(/([^\s{(=])\s{2,}/g, "$1 ");
}
