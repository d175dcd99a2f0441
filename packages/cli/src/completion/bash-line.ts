// Reads a command line as bash has it while it is being typed. Bash splits words at characters such as `@`, `=` and `:`, and
// replaces only what follows the last one; so the words are read from the line itself, and candidates are cut to that part.

export interface BashLine {
  /** The words after the program's name; the last one is being typed. */
  readonly words: readonly string[];
  /** How much of the last word bash keeps, in characters: a candidate is printed from there. */
  readonly kept: number;
}

/** Characters at which bash splits words, but which it replaces with what follows them. */
const REPLACED = "@$";

/**
 * @param line The line up to the cursor.
 * @param breaks The characters at which bash splits words: COMP_WORDBREAKS.
 */
export function readBashLine(line: string, breaks: string): BashLine {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? "";
    if (quote !== "") {
      if (character === quote) quote = "";
      else if (character === "\\" && quote === '"') word = `${word ?? ""}${line[++at] ?? ""}`;
      else word = `${word ?? ""}${character}`;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= "";
    } else if (character === "\\") word = `${word ?? ""}${line[++at] ?? ""}`;
    else if (character === " " || character === "\t") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (";|&".includes(character)) {
      // Another command begins: the shell completes only that one.
      words.length = 0;
      word = undefined;
    } else word = `${word ?? ""}${character}`;
  }
  const last = word ?? "";
  return { words: [...words.slice(1), last], kept: last.length - replacedLength(last, breaks) };
}

/** How many characters at the end of a word bash replaces. */
function replacedLength(word: string, breaks: string): number {
  for (let at = word.length - 1; at >= 0; at--) {
    const character = word[at] ?? "";
    if (breaks.includes(character)) return word.length - at - (REPLACED.includes(character) ? 0 : 1);
  }
  return word.length;
}
