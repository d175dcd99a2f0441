// What the files that all prompts of a package share contain of one prompt. It is small, so that it can be kept for every prompt of a
// registry, between builds as well.

import type { CompiledPrompt } from "../model.js";
import type { PackedCode } from "./prompt-code.js";
import { hasRetired } from "./prompt-types.js";

/** Plain data, kept in caches as JSON. */
export interface PromptFacts {
  readonly name: string;
  /** The working file, relative to the project's folder: what editors open. */
  readonly source?: string | undefined;
  /** Its aliases and, if there is one, `latest`; sorted by name. */
  readonly aliases: readonly { readonly alias: string; readonly isWeighted: boolean }[];
  /** What the newest version is for. */
  readonly description?: string | undefined;
  /** Whether a version is retired. */
  readonly hasRetired: boolean;
  /** What its part of the index uses of @cuecard/runtime. */
  readonly imports: readonly string[];
  /** The project's helpers that it calls. */
  readonly helpers: readonly string[];
}

export function factsOf(prompt: CompiledPrompt, code: PackedCode): PromptFacts {
  return {
    name: prompt.name,
    source: prompt.source?.path,
    aliases: prompt.aliases.map(({ alias, arms }) => ({ alias, isWeighted: arms.length > 1 })),
    description: prompt.versions.at(-1)?.content.description,
    hasRetired: hasRetired(prompt),
    imports: [...code.imports],
    helpers: [...code.helpers],
  };
}
