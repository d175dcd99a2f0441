// The names that a prompt had before: `renamed_from` of its front matter, and of the prompts that it names.

import type { CompiledPrompt } from "@cuecard/build";

/** Newest first; a name that stands in the circle twice counts once. */
export function formerNames(name: string, prompts: readonly CompiledPrompt[]): string[] {
  const contents = new Map(prompts.map((prompt) => [prompt.name, prompt.versions.at(-1)?.content]));
  const names = new Set([name]);
  for (const known of names) for (const former of contents.get(known)?.renamedFrom ?? []) names.add(former);
  return [...names].slice(1);
}
