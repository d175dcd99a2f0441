// Finds the former names of a prompt: `renamed_from` in its front matter, and in the prompts named there.

import type { CompiledPrompt } from "@cuecard/build";

/** Newest first; each name once, even if the names form a circle. */
export function formerNames(name: string, prompts: readonly CompiledPrompt[]): string[] {
  const contents = new Map(prompts.map((prompt) => [prompt.name, prompt.versions.at(-1)?.content]));
  const names = new Set([name]);
  for (const known of names) for (const former of contents.get(known)?.renamedFrom ?? []) names.add(former);
  return [...names].slice(1);
}
