// The setting `allowCharacters`: code points, such as `U+200F`, and ranges of them, such as `U+E0100-U+E01EF`.

const ENTRY = /^U\+([0-9A-F]{4,6})(?:-U\+([0-9A-F]{4,6}))?$/i;

/** Why an entry is not a code point or a range; `undefined` if it is one. */
export function allowedCharacterProblem(entry: string): string | undefined {
  const range = parseEntry(entry);
  if (range === undefined) return 'write a code point, such as "U+200F", or a range, such as "U+E0100-U+E01EF"';
  const [first, last] = range;
  if (last > 0x10ffff) return "Unicode ends at U+10FFFF";
  return first > last ? "the first code point is after the last" : undefined;
}

/** Whether a character is one of the setting's. */
export function allowedCharacters(entries: readonly string[]): (character: string) => boolean {
  const ranges = entries.flatMap((entry) => {
    const range = parseEntry(entry);
    return range === undefined ? [] : [range];
  });
  return (character) => {
    const code = character.codePointAt(0) ?? 0;
    return ranges.some(([first, last]) => first <= code && code <= last);
  };
}

function parseEntry(entry: string): readonly [first: number, last: number] | undefined {
  const [, first, last = first] = ENTRY.exec(entry) ?? [];
  return first === undefined || last === undefined
    ? undefined
    : [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}
