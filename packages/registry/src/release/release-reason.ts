// Finds why a prompt is released: what differs from its latest version.

import { classifyPath, compareText, type PromptContent } from "@cuecard/model";
import type { ReleaseReason } from "./release-plan.js";

/** @param before The latest version's content; `undefined` if this clone lacks it. */
export function findReason(before: PromptContent | undefined, now: PromptContent, promptsDir: string): ReleaseReason {
  if (before === undefined) return { kind: "differs" };
  const texts = (content: PromptContent) => new Map(content.partials.map(({ path, text }) => [path, text]));
  const [earlier, later] = [texts(before), texts(now)];
  const partials = [...new Set([...earlier.keys(), ...later.keys()])]
    .filter((path) => earlier.get(path) !== later.get(path))
    .flatMap((path) => {
      const kind = classifyPath(path.slice(promptsDir.length + 1));
      return kind.kind === "partial" ? [kind.name] : [];
    })
    .sort(compareText);
  const prompt = before.prompt.text !== now.prompt.text;
  if (before.trimMessages === now.trimMessages) return { kind: "changed", prompt, partials };
  return { kind: "changed", prompt, partials, trimMessages: now.trimMessages === true };
}
