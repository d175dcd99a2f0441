// A snapshot of some prompts without versions and aliases: of prompts that are to be released, or that a review compares.

import type { Snapshot, WorkingPrompt } from "@cuecard/model";

export function onlyPrompts(promptsDir: string, prompts: readonly WorkingPrompt[]): Snapshot {
  const partials = new Map(prompts.flatMap(({ content }) => content.partials.map((file) => [file.path, file])));
  return {
    promptsDir,
    working: prompts,
    workingNames: prompts.map(({ name }) => name),
    workingPartials: [...partials.values()],
    schemaNames: [],
    versions: [],
    aliases: [],
    scores: [],
  };
}
