// Finds why a prompt is released: what differs from its latest version.

import { classifyPath, compareText, type PromptContent, schemaName, sharedFiles } from "@cuecard/model";
import type { ReleaseReason } from "./release-plan.js";

/** @param before The latest version's content; `undefined` if this clone lacks it. */
export function findReason(before: PromptContent | undefined, now: PromptContent, promptsDir: string): ReleaseReason {
  if (before === undefined) return { kind: "differs" };
  const texts = (content: PromptContent) => new Map(sharedFiles(content).map(({ path, text }) => [path, text]));
  const [earlier, later] = [texts(before), texts(now)];
  const changed = [...new Set([...earlier.keys(), ...later.keys()])]
    .filter((path) => earlier.get(path) !== later.get(path))
    .map((path) => path.slice(promptsDir.length + 1));
  const partials = changed.flatMap((path) => {
    const kind = classifyPath(path);
    return kind.kind === "partial" ? [kind.name] : [];
  });
  const schemas = changed.flatMap((path) => schemaName(path) ?? []).sort(compareText);
  return {
    kind: "changed",
    prompt: before.prompt.text !== now.prompt.text,
    partials: partials.sort(compareText),
    ...(schemas.length === 0 ? {} : { schemas }),
    ...(before.trimMessages === now.trimMessages ? {} : { trimMessages: now.trimMessages === true }),
  };
}
