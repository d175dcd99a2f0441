// Names of variables and members that look like other names: alphabets mixed in one word, the same look as another name of the
// prompt, and names that are not normalized. A small part of https://www.unicode.org/reports/tr39/: the alphabets whose small
// letters look like Latin ones.

import { codePoint, type Diagnostic, diagnose, type Place } from "@cuecard/model";
import type { JsonSchema } from "../model.js";
import { isObject } from "../schema/json-schema.js";

/** Letters that belong to no language's Latin alphabet, each followed by the letter that it looks like: small capitals, `ɡ` and `ɑ`. */
const PHONETIC = pairs("ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɡg ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɑa");

/** Letters of other alphabets, each followed by the Latin letter that it looks like. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ...PHONETIC,
  // Turkish has it as well, so it is a finding only beside a name with an i.
  ["ı", "i"],
  ...pairs("ꓐB ꓑP ꓒd ꓓD ꓔT ꓖG ꓗK ꓙJ ꓚC ꓜZ ꓝF ꓟM ꓠN ꓡL ꓢS ꓣR ꓦV ꓧH ꓪW ꓫX ꓬY ꓮA ꓰE ꓲI ꓳO ꓴU"),
  ...pairs("ⲟo ⲣp ⲥc ⲭx ⲎH ⲒI ⲔK ⲘM ⲚN ⲞO ⲢP ⲤC ⲦT ⲨY ⲬX 𐐄O 𐐬o 𐐕C 𐐽c 𐐠S 𐑈s ყy ჿo"),
  ...pairs("ᎠD ᎡR ᎢT ᎩY ᎪA ᎫJ ᎬE ᎳW ᎷM ᎻH ᎽY ᏀG ᏃZ ᏔW ᏕS ᏙV ᏚS ᏞL ᏟC ᏢP ᏦK ᏤV ᏴB"),
  ...pairs(
    "аa еe оo рp сc уy хx іi їi јj ѕs һh ԁd ԛq ԝw ӏl АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT ХX УY αa οo νv ρp ιi υu κk ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX",
  ),
]);

function pairs(text: string): [letter: string, like: string][] {
  return text.split(" ").map((pair) => {
    const [letter = "", like = ""] = pair;
    return [letter, like];
  });
}

const LATIN = /\p{sc=Latin}/u;
/** The alphabets that must not be mixed with Latin in one word, with their names in messages. */
const ALPHABETS: readonly (readonly [name: string, letters: RegExp])[] = [
  ["Cyrillic", /\p{sc=Cyrillic}/u],
  ["Greek", /\p{sc=Greek}/u],
  ["Armenian", /\p{sc=Armenian}/u],
  ["Cherokee", /\p{sc=Cherokee}/u],
  ["Lisu", /\p{sc=Lisu}/u],
  ["Coptic", /\p{sc=Coptic}/u],
  ["Deseret", /\p{sc=Deseret}/u],
  ["Georgian", /\p{sc=Georgian}/u],
];

export interface NamedSchema {
  readonly schema: JsonSchema;
  /** Where a variable is declared or used. */
  readonly place: (variable: string) => Place;
}

/** One finding for each name, at the first of its variables. */
export function checkNames(schemas: readonly NamedSchema[]): Diagnostic[] {
  const places = new Map<string, Place>();
  for (const { schema, place } of schemas)
    for (const [variable, member] of Object.entries(schema.properties ?? {}))
      for (const name of [variable, ...namesOf(member)]) if (!places.has(name)) places.set(name, place(variable));
  const names = [...places.keys()];
  if (names.every(isAscii)) return [];
  const looks = new Map<string, string>();
  for (const name of names.filter(isAscii)) looks.set(lookOf(name), name);
  return names.flatMap((name) => {
    if (isAscii(name)) return [];
    const other = looks.get(lookOf(name));
    looks.set(lookOf(name), other ?? name);
    const place = places.get(name);
    const problem = findProblem(name, other);
    return problem === undefined || place === undefined
      ? []
      : [diagnose("text/deceptive-name", { name, ...problem }, place)];
  });
}

function findProblem(
  name: string,
  other: string | undefined,
): { problem: string; instead: string | undefined } | undefined {
  // Invisible characters are findings of their own.
  if (/\p{DI}/u.test(name)) return undefined;
  const mixed = findMixed(name);
  if (mixed !== undefined) return { problem: mixed, instead: undefined };
  const normal = name.normalize("NFC");
  if (normal !== name)
    return { problem: "is not in Unicode's normalization form NFC", instead: other === normal ? undefined : normal };
  if (other === undefined) return undefined;
  return { problem: `looks like the name "${other}"`, instead: undefined };
}

/** The first letter of another alphabet in a name with Latin letters, if it can be taken for one of them. */
function findMixed(name: string): string | undefined {
  if (!LATIN.test(name)) return undefined;
  for (const word of name.split(/[^\p{L}\p{M}\p{N}]+|_/u)) {
    const isWhollyAlike = !LATIN.test(word) && [...word].every((letter) => LOOKALIKES.has(letter));
    if (!LATIN.test(word) && !isWhollyAlike) continue;
    const phonetic = PHONETIC.find(([letter]) => word.includes(letter) && /[A-Za-z]/.test(word));
    if (phonetic !== undefined) {
      const [letter, like] = phonetic;
      return `mixes Latin and phonetic letters: ${letter} (${codePoint(letter)}) is phonetic and looks like ${like}`;
    }
    for (const [alphabet, letters] of ALPHABETS) {
      const found = [...word].find(
        (letter) => letters.test(letter) && (alphabet !== "Greek" || LOOKALIKES.has(letter)),
      );
      if (found === undefined) continue;
      const like = LOOKALIKES.get(found);
      return `mixes Latin and ${alphabet}: ${found} (${codePoint(found)}) is ${alphabet}${like === undefined ? "" : ` and looks like ${like}`}`;
    }
  }
  return undefined;
}

/** A key that is equal for names that look the same. */
function lookOf(name: string): string {
  const letters = name.normalize("NFKC").replace(/\p{DI}/gu, "");
  return [...letters].map((letter) => LOOKALIKES.get(letter) ?? letter).join("");
}

function isAscii(name: string): boolean {
  return /^[\x20-\x7E]*$/.test(name);
}

/** The names of a schema's members and, recursively, of their members. */
function namesOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(namesOf);
  if (!isObject(schema)) return [];
  const { properties, $defs, items, prefixItems, anyOf, oneOf, allOf, additionalProperties } = schema;
  const own = isObject(properties) ? Object.keys(properties) : [];
  const inner = [properties, $defs].flatMap((one) => (isObject(one) ? Object.values(one) : []));
  return [...own, ...[...inner, items, prefixItems, anyOf, oneOf, allOf, additionalProperties].flatMap(namesOf)];
}
