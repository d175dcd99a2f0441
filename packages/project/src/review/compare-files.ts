// What differs between the files of a prompt, where there is no compiled text on both sides.

import type { TextChange, WordChange } from "@cuecard/build";
import { filesOf, sharedFiles } from "@cuecard/model";
import type { ChangedPrompt } from "./changed-prompts.js";
import type { Side } from "./sides.js";

/** Whether the other side has this text at the path, for whatever prompt. */
export type IsElsewhere = (side: "base" | "head", path: string, text: string) => boolean;

export function findElsewhere(base: Side, head: Side): IsElsewhere {
  const texts = { base: sharedTexts(base), head: sharedTexts(head) };
  return (side, path, text) => texts[side].get(path)?.has(text) === true;
}

function sharedTexts({ prompts }: Side): ReadonlyMap<string, ReadonlySet<string>> {
  const texts = new Map<string, Set<string>>();
  for (const { content } of prompts.values())
    for (const { path, text } of sharedFiles(content)) texts.set(path, (texts.get(path) ?? new Set()).add(text));
  return texts;
}

export function compareFiles(
  { before, after }: Pick<ChangedPrompt, "before" | "after">,
  isElsewhere: IsElsewhere,
  compareWords: (before: string, after: string) => WordChange[],
): TextChange[] {
  const [was, is] = [before, after].map(
    (prompt) => new Map((prompt === undefined ? [] : filesOf(prompt.content)).map(({ path, text }) => [path, text])),
  ) as [Map<string, string>, Map<string, string>];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((path) => {
    const [old, now] = [was.get(path), is.get(path)];
    if (old === now) return [];
    if (old === undefined && now !== undefined && isElsewhere("base", path, now)) return [];
    if (now === undefined && old !== undefined && isElsewhere("head", path, old)) return [];
    const change = old === undefined ? "added" : now === undefined ? "removed" : "changed";
    return [{ path, change, words: compareWords(old ?? "", now ?? "") }];
  });
}
