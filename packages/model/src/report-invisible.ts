// The findings about characters that reviewers cannot see, in any text file: templates with their front matter, comments and
// strings, partials, schemas, prompts.lock, scores. Escapes (`\u200B`) can be seen, so they are not findings.

import { characterName, codePoint } from "./characters/describe-character.js";
import { findInvisible, type InvisibleRun } from "./characters/find-invisible.js";
import { type Diagnostic, diagnose, withFix } from "./diagnostics/diagnostic.js";
import { LineIndex } from "./position.js";
import type { SourceFile } from "./snapshot.js";

/** How many findings a text has at most. The last includes the rest. */
const MAX_FINDINGS = 20;
/** How many different characters a finding names. */
const MAX_NAMED = 3;

/** Takes no width, so a text without it looks the same. */
const ZERO_WIDTH = /^[\u00AD\u200B-\u200D\u2060-\u2064\uFEFF\p{VS}\u{E0000}-\u{E0FFF}]+$/u;
/** A letter or mark of a script in which such characters may be meant, even if they are in the wrong place. */
const MAY_NEED = /(?=[\p{L}\p{M}])[^\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{sc=Kana}\p{sc=Hira}\p{sc=Zyyy}]/u;

/**
 * One finding for each run of neighboring invisible characters.
 *
 * @param isAllowed The characters of the setting `allowCharacters`.
 */
export function reportInvisible(
  { path: file, text }: SourceFile,
  isAllowed: (character: string) => boolean,
): Diagnostic[] {
  // A file whose lines end in CR alone has a finding of its own.
  const isText = text.includes("\n") ? isAllowed : (character: string) => character === "\r" || isAllowed(character);
  const runs = findInvisible(text, isText);
  if (runs.length === 0) return [];
  const lines = new LineIndex(text);
  return runs.slice(0, MAX_FINDINGS).map((run, index) => {
    const others = index === MAX_FINDINGS - 1 ? runs.slice(MAX_FINDINGS) : [];
    const characters = [...text.slice(run.start, run.end)];
    const args = {
      characters: [...new Set(characters)].slice(0, MAX_NAMED).map((one) => `${codePoint(one)} ${characterName(one)}`),
      count: characters.length,
      reads: hiddenText(characters),
      others: others.length === 0 ? undefined : others.length,
    };
    const code = run.isControl ? "text/hidden-control" : "text/invisible-character";
    const removals = [run, ...others].filter((one) => isCertain(text, one));
    const finding = diagnose(code, args, { file, range: lines.range(run.start, run.end) });
    return withFix(
      finding,
      removals.map(({ start, end }) => ({ file, range: lines.range(start, end), text: "" })),
    );
  });
}

/** The text that tag characters encode, as models read it. */
function hiddenText(characters: readonly string[]): string | undefined {
  const letters = characters.flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= 0xe0020 && code <= 0xe007e ? [String.fromCharCode(code - 0xe0000)] : [];
  });
  return letters.length < 2 ? undefined : letters.join("");
}

/** Whether removing the characters cannot change what a person reads. */
function isCertain(text: string, { start, end }: InvisibleRun): boolean {
  const around = text.slice(Math.max(0, start - 2), start) + text.slice(end, end + 2);
  return ZERO_WIDTH.test(text.slice(start, end)) && !MAY_NEED.test(around);
}
