// Findings about text that reads differently from how it looks.

import type { Finding } from "./finding.js";

interface Hidden {
  /** `U+200B ZERO WIDTH SPACE`; the first three. */
  characters: readonly string[];
  count: number;
  /** The text that hidden tag characters encode. */
  reads: string | undefined;
  /** How many more places of the file have such characters, if this finding includes them. */
  others?: number | undefined;
}

/** The longest hidden text that a message repeats. */
const MAX_READ = 200;

function describeHidden({ characters, count, reads, others }: Hidden): string {
  const named = characters.join(", ");
  const all = count === 1 ? named : `${count} characters: ${named}${count > characters.length ? ", …" : ""}`;
  const read = reads === undefined ? "" : `, which a model reads as "${reads.slice(0, MAX_READ)}"`;
  const more = others === undefined ? "" : `; ${others} more ${others === 1 ? "place" : "places"} in this file`;
  return `${all}${read}${more}`;
}

/** The settings' entry that allows a character. */
function allow({ characters: [first = ""] }: Hidden): string {
  return `add "${first.split(" ")[0]}" to "allowCharacters" in cuecard.config.json`;
}

export const text = {
  "text/hidden-control": {
    severity: "error",
    stage: "compile",
    about:
      "The file contains characters that hide text from reviewers or change how it is shown, while a model reads them: control characters (such as ESCAPE, BACKSPACE or a lone CARRIAGE RETURN), characters that control the direction of text, or Unicode tags outside the flags of England, Scotland and Wales. In a released version, in prompts.lock and in scores, this is a warning.",
    message: (hidden) => `hidden text or controls: ${describeHidden(hidden)}`,
    hint: (hidden) => `remove them, or type this line again; if the text needs them, ${allow(hidden)}`,
  } as Finding<Hidden>,
  "text/invisible-character": {
    severity: "warning",
    stage: "compile",
    about:
      "The file contains a character that cannot be seen: a zero width space or joiner, a variation selector, a soft hyphen, a filler, a line separator. A model reads it, and in a name it makes another name. Joiners and selectors are allowed where an emoji, Persian, an Indic or another script needs them.",
    message: (hidden) => `invisible text: ${describeHidden(hidden)}`,
    hint: (hidden) => `remove it; if the text needs it, ${allow(hidden)}`,
  } as Finding<Hidden>,
  "text/deceptive-name": {
    severity: "warning",
    stage: "compile",
    about:
      "A variable or a member has a name that looks like another name: it mixes alphabets whose letters look alike (Latin, Cyrillic, Greek, Armenian, Cherokee), looks the same as another name of this prompt, or is not in Unicode's normalization form NFC. A caller who types what they see gets another variable.",
    message: ({ name, problem }) => `the name "${name}" ${problem}`,
    hint: ({ instead }) => (instead === undefined ? "rename it, with letters of one alphabet" : `write ${instead}`),
  } as Finding<{ name: string; problem: string; instead: string | undefined }>,
};
