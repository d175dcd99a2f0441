// Finds the partials that a prompt's template names, among the files of its content.

import { type PromptContent, partialCandidates, partialName, type SourceFile } from "@cuecard/model";
import type { PartialSource } from "./parse/parse-partial.js";
import type { PartialLookup } from "./template/lowering.js";

/** @param read Parses a file; called once for each file that the template uses. */
export function lookUpPartials(
  prompt: string,
  promptsDir: string,
  content: PromptContent,
  read: (file: SourceFile) => PartialSource,
): PartialLookup {
  const files = new Map(content.partials.map((file) => [file.path.slice(promptsDir.length + 1), file]));
  const parsed = new Map<string, PartialSource>();
  return {
    candidates: (name) => partialCandidates(prompt, name).map((path) => `${promptsDir}/${path}`),
    names: [...files.keys()].map(partialName),
    find(name) {
      const path = partialCandidates(prompt, name).find((candidate) => files.has(candidate));
      const file = path === undefined ? undefined : files.get(path);
      if (path === undefined || file === undefined) return undefined;
      const known = parsed.get(path) ?? read(file);
      parsed.set(path, known);
      return known;
    },
  };
}
