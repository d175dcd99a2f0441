// Finds characters that people do not see, or that change what they see: Unicode's Default_Ignorable_Code_Point, controls, and a
// few that look like nothing. Those that a script or an emoji needs in their place are text.

/** Neighboring invisible characters, from one offset to another (exclusive). */
export interface InvisibleRun {
  readonly start: number;
  readonly end: number;
  /** Whether a character of the run is a control, controls the direction of text, or is a Unicode tag outside a flag. */
  readonly isControl: boolean;
}

const PLAIN = /^[\n\t\x20-\x7E]*$/;
const SUSPECT = /[^\n\t\P{Cc}]|[\p{DI}\p{NChar}\u2028\u2029\u2800\uFFF9-\uFFFB\u{13430}-\u{1345F}\u{16FE4}\u{1D159}]/gu;
const CONTROL = /[\p{Cc}\p{Bidi_C}\u{E0000}-\u{E007F}]/u;
const TAG = /[\u{E0000}-\u{E007F}]/u;

/** The tags that follow a black flag in the flags of England, Scotland and Wales. */
const FLAGS: readonly string[] = ["gbeng", "gbsct", "gbwls"].map((region) =>
  String.fromCodePoint(...[...region].map((letter) => 0xe0000 + letter.charCodeAt(0)), 0xe007f),
);
const BLACK_FLAG = "\u{1F3F4}";

/** Letters that join, so that a (non-)joiner beside them changes their form. */
const JOINING =
  /(?=[\p{L}\p{M}\p{N}])[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nko}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Mand}\p{scx=Mani}\p{scx=Phag}]/u;
/** Letters of scripts that put no spaces between words, but sometimes a zero width space. */
const UNSPACED =
  /(?=[\p{L}\p{M}\p{N}])[\p{scx=Khmr}\p{scx=Thai}\p{scx=Laoo}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Java}\p{scx=Bali}]/u;
/** Signs that arrange hieroglyphs, and their letters. */
const HIEROGLYPH_CONTROL = /[\u{13430}-\u{1345F}]/u;
const HIEROGLYPH = /[\u{13000}-\u{1345F}\u{13460}-\u{143FF}]/u;
const VISIBLE = /[^\s\p{DI}\p{Cc}]/u;

/**
 * The invisible characters of a text, in its order.
 *
 * @param allowed Characters that are text anywhere.
 */
export function findInvisible(text: string, allowed: (character: string) => boolean = () => false): InvisibleRun[] {
  if (PLAIN.test(text)) return [];
  const runs: InvisibleRun[] = [];
  let flagEnd = 0;
  for (const { 0: character, index } of text.matchAll(SUSPECT)) {
    const end = index + character.length;
    if (TAG.test(character) && index >= flagEnd && text.endsWith(BLACK_FLAG, index)) {
      const flag = FLAGS.find((tags) => text.startsWith(tags, index));
      if (flag !== undefined) flagEnd = index + flag.length;
    }
    if (index < flagEnd || allowed(character) || isNeeded(text, index, character)) continue;
    const last = runs.at(-1);
    const isControl = CONTROL.test(character);
    if (last?.end === index) runs[runs.length - 1] = { start: last.start, end, isControl: last.isControl || isControl };
    else runs.push({ start: index, end, isControl });
  }
  return runs;
}

/** Whether a character does here what it is for. */
function isNeeded(text: string, index: number, character: string): boolean {
  const before = characterBefore(text, index);
  const after = characterAt(text, index + character.length);
  switch (character) {
    case "\r":
      return after === "\n" || after === "";
    case "\uFE0E":
    case "\uFE0F":
      // A keycap is a digit, the selector and the key around them.
      return /^[0-9#*]$/.test(before) ? after === "\u20E3" : /^\p{Emoji}$/u.test(before);
    case "\u180B":
    case "\u180C":
    case "\u180D":
    case "\u180E":
    case "\u180F":
      return /[\p{sc=Mong}\p{sc=Phag}]/u.test(before);
    case "\u200B":
      return UNSPACED.test(before) && UNSPACED.test(after);
    case "\u200C":
      return (
        isVirama(before) ||
        (JOINING.test(before) && VISIBLE.test(after)) ||
        (VISIBLE.test(before) && JOINING.test(after))
      );
    case "\u200D":
      return (
        isVirama(before) ||
        (/\p{L}/u.test(before) && isVirama(after)) ||
        (JOINING.test(before) && !isIgnorable(after)) ||
        (JOINING.test(after) && !isIgnorable(before)) ||
        joinsEmoji(text, index)
      );
    case "\u2800":
      return /[\u2801-\u28FF]/.test(before + after);
    case "\u{16FE4}":
      return /\p{sc=Kits}/u.test(before);
    case "\u{1D159}":
      return /[\u{1D100}-\u{1D1FF}]/u.test(before) || /[\u{1D100}-\u{1D1FF}]/u.test(after);
    default:
      return HIEROGLYPH_CONTROL.test(character) && (HIEROGLYPH.test(before) || HIEROGLYPH.test(after));
  }
}

/** Whether both sides of a zero width joiner are pictures: `👩‍👧`, `❤️‍🔥`, `🧑🏽‍🚀`. */
function joinsEmoji(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 6), index);
  return /\p{ExtPict}\uFE0F?\p{EMod}?$/u.test(before) && /^\p{ExtPict}/u.test(text.slice(index + 1, index + 3));
}

/**
 * Whether a character is a virama, the sign of Indic scripts after which joiners change the form of letters: a mark with the
 * canonical combining class 9. JavaScript does not know classes, but it sorts marks by them.
 */
function isVirama(character: string): boolean {
  if (!/^\p{M}$/u.test(character)) return false;
  // U+05B0 has the class 10, and U+3099 the class 8.
  return (
    `\u05B0${character}`.normalize("NFD") !== `\u05B0${character}` &&
    `${character}\u3099`.normalize("NFD").startsWith("\u3099")
  );
}

function isIgnorable(character: string): boolean {
  return /\p{DI}/u.test(character);
}

/** Empty at the end of the text. */
function characterAt(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** Empty at the start of the text. */
function characterBefore(text: string, index: number): string {
  return /.$/su.exec(text.slice(Math.max(0, index - 2), index))?.[0] ?? "";
}
