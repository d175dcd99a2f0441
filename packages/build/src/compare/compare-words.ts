// Compares two texts word by word, like `git diff --word-diff`. A template tag is one word.

import { diffArrays, diffLines } from "diff";
import type { WordChange } from "./comparison.js";

/** Time grows with the square of the difference. Beyond this limit, lines are compared, and then texts as a whole. */
const MOST_EDITS = 4_000;

/** A character of a script that puts no spaces between words. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]`;

/** A tag, a word, a line's end, spaces, or any other character. */
const WORD = new RegExp(
  String.raw`\{{2,4}[^{}\n]*\}{2,4}|${UNSPACED}\p{M}*|(?:(?!${UNSPACED})[\p{L}\p{M}\p{N}_])+|\n|[^\S\n]+|.`,
  "gsu",
);

/** Without the additions the parts make up `before`, and without the removals `after`. */
export function compareWords(before: string, after: string): WordChange[] {
  const options = { maxEditLength: MOST_EDITS };
  const [was, is] = [before, after].map((text) => text.match(WORD) ?? []);
  const words = diffArrays(was ?? [], is ?? [], options)?.map((part) => ({ ...part, value: part.value.join("") }));
  const parts = words ?? diffLines(before, after, options);
  if (parts === undefined) return inOnePlace(before, after);
  return joined(
    parts.map(({ added, removed, value }) => ({ kind: added ? "added" : removed ? "removed" : "same", text: value })),
  );
}

/** Joins the changes in one place to one removal and one addition: a space between changed words belongs to them. */
function joined(parts: readonly WordChange[]): WordChange[] {
  const words: WordChange[] = [];
  const push = (change: WordChange) => {
    const last = words.at(-1);
    if (last?.kind === "same" && change.kind === "same")
      words[words.length - 1] = { kind: "same", text: last.text + change.text };
    else words.push(change);
  };
  let [removed, added] = ["", ""];
  const flush = () => {
    for (const change of inOnePlace(removed, added)) push(change);
    [removed, added] = ["", ""];
  };
  for (const { kind, text } of parts) {
    const isChanging = removed !== "" || added !== "";
    const isBetween = kind === "same" && isChanging && /^[^\S\n]+$/.test(text);
    if (kind === "removed" || isBetween) removed += text;
    if (kind === "added" || isBetween) added += text;
    if (kind !== "same" || isBetween) continue;
    flush();
    push({ kind, text });
  }
  flush();
  return words;
}

/** A removal and an addition, and the space that follows both. */
function inOnePlace(removed: string, added: string): WordChange[] {
  const space = /\s+$/.exec(removed)?.[0] ?? "";
  const shared = space !== "" && added.endsWith(space) ? space : "";
  const cut = (text: string) => text.slice(0, text.length - shared.length);
  const parts: WordChange[] = [
    { kind: "removed", text: cut(removed) },
    { kind: "added", text: cut(added) },
    { kind: "same", text: shared },
  ];
  return parts.filter(({ text }) => text !== "");
}
