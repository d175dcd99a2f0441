// Everything that a package contains of one prompt: a function of that prompt alone, so that builds can keep it while the prompt does
// not change. emit-shared.ts makes a package of it.

import type { CompiledPrompt } from "../model.js";
import { emitCommonJsPrompt } from "./common-js.js";
import { emitContracts } from "./contracts.js";
import { addDeclarations, mapPromptTypes, TYPES_OF } from "./declaration-maps.js";
import { emitIndexEntry } from "./index-module.js";
import { emitKnownReferences } from "./index-types.js";
import { emitManifestEntry } from "./manifest.js";
import type { PackageOptions } from "./package-options.js";
import { coldVersions, emitPackedCode, emitPromptCode } from "./prompt-code.js";
import { factsOf, type PromptFacts } from "./prompt-facts.js";
import { emitPromptModule } from "./prompt-module.js";
import { emitPromptTypes } from "./prompt-types.js";

export interface PromptPieces {
  readonly facts: PromptFacts;
  /** The files that are only this prompt's: text by path within dist. */
  readonly files: ReadonlyMap<string, string>;
  /** Its parts of files that all prompts share, by the path of the file. */
  readonly parts: ReadonlyMap<string, string>;
}

/** @param prompt One with at least one version. */
export function emitPrompt(prompt: CompiledPrompt, options: PackageOptions): PromptPieces {
  const { validation, helpers, project } = options;
  const { name } = prompt;
  const code = emitPromptCode(prompt, { validation, cold: coldVersions(prompt) });
  const packed = emitPackedCode(prompt, { validation });
  const files = new Map([
    [`prompts/${name}.js`, emitPromptModule(name, code, helpers?.entry)],
    [`prompts/${name}.cjs`, emitCommonJsPrompt(name, packed, helpers?.commonJsEntry)],
  ]);
  const types = emitPromptTypes(prompt, { validation });
  const map = project === undefined ? undefined : mapPromptTypes(prompt.source)(types, project);
  for (const ending of Object.values(TYPES_OF)) addDeclarations(files, `prompts/${name}.${ending}`, types, map);
  const contracts = emitContracts(prompt);
  return {
    facts: factsOf(prompt, packed),
    files,
    parts: new Map([
      ["index.js", emitIndexEntry(name, packed)],
      ["follow.js", contracts],
      ["follow.cjs", contracts],
      ["manifest.json", emitManifestEntry(prompt)],
      ...Object.values(TYPES_OF).map((ending) => [`index.${ending}`, emitKnownReferences(prompt)] as const),
    ]),
  };
}
