// Pointers that one build uses instead of those in aliases.json: `build --as production=working`.

import { ALIASES_FILE, type AliasTarget, type Diagnostic, diagnose, versionsOf } from "@cuecard/model";
import type { Pointer, PromptPointers } from "../alias-file/parse-aliases.js";
import { isSameTarget } from "../history/alias-moves.js";

/** A pointer for one build. aliases.json stays as it is. */
export interface Replacement {
  /** `undefined` for every prompt that has the alias. */
  readonly name: string | undefined;
  readonly alias: string;
  readonly target: Exclude<AliasTarget, { kind: "split" }>;
}

/** A pointer that was replaced. */
export interface ReplacedPointer {
  readonly name: string;
  readonly alias: string;
  readonly target: AliasTarget;
}

export interface ReplacedPointers {
  readonly prompts: readonly PromptPointers[];
  /** In the order of the prompts. */
  readonly replaced: readonly ReplacedPointer[];
  readonly diagnostics: readonly Diagnostic[];
}

const NOWHERE = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

/**
 * Replaces pointers. A replacement for every prompt leaves out prompts without a file if it points at `working`: their files
 * were deleted, and their versions are still served.
 *
 * @param working Names of the prompts in the working tree.
 */
export function replacePointers(
  prompts: readonly PromptPointers[],
  replacements: readonly Replacement[],
  working: ReadonlySet<string>,
): ReplacedPointers {
  const named = replacements.flatMap(({ name }) => name ?? []);
  const missing = named.filter((name) => !prompts.some((prompt) => prompt.name === name));
  const all = [...prompts, ...[...new Set(missing)].map((name) => ({ name, range: NOWHERE, pointers: [] }))];
  const replaced: ReplacedPointer[] = [];
  const used = new Set<Replacement>();
  const edited = all.map((prompt) => {
    const pointers = new Map(prompt.pointers.map((pointer) => [pointer.alias, pointer]));
    for (const replacement of replacements) {
      const { name, alias, target } = replacement;
      const existing = pointers.get(alias);
      if (name === undefined ? existing === undefined : name !== prompt.name) continue;
      used.add(replacement);
      if (name === undefined && target.kind === "working" && !working.has(prompt.name)) continue;
      if (existing !== undefined && isSameTarget(existing.target, target)) continue;
      pointers.set(alias, toPointer(alias, target, existing));
      replaced.push({ name: prompt.name, alias, target });
    }
    return { ...prompt, pointers: [...pointers.values()] };
  });
  const aliases = new Set(prompts.flatMap(({ pointers }) => pointers.map(({ alias }) => alias)));
  const diagnostics = replacements
    .filter((replacement) => !used.has(replacement))
    .map(({ alias }) => {
      const isPrompt = working.has(alias) || prompts.some(({ name }) => name === alias);
      const known = [...aliases].sort();
      return diagnose("alias/nothing-to-replace", { alias, known, isPrompt }, { file: ALIASES_FILE });
    });
  return { prompts: edited, replaced, diagnostics };
}

/** At the place of the pointer that it replaces. */
function toPointer(alias: string, target: AliasTarget, existing: Pointer | undefined): Pointer {
  const range = existing?.range ?? NOWHERE;
  return { alias, target, range, versions: versionsOf(target).map((version) => ({ version, range })) };
}
