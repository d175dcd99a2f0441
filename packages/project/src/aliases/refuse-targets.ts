// Why aliases may not point at versions that exist: what every command refuses, and what a review says about the way back.

import {
  ALIASES_FILE,
  type AliasTarget,
  type Diagnostic,
  diagnose,
  PROMPT_EXTENSION,
  type Score,
} from "@cuecard/model";
import { checkGates } from "../gates/check-gates.js";
import type { Gates } from "../settings/gates.js";
import { labelsOf } from "./assess-edit.js";

/** A pointer that would move. */
export interface ProposedMove {
  readonly name: string;
  readonly alias: string;
  /** Where callers get their text now, as the gates compare it; `undefined` if they do not. */
  readonly from: AliasTarget | undefined;
  readonly to: AliasTarget;
}

export interface TargetFacts {
  readonly versions: readonly TargetVersion[];
  /** The names of the prompts that have a file. */
  readonly names: ReadonlySet<string>;
  readonly promptsDir: string;
  readonly gates: Gates;
  readonly scores: readonly Score[];
}

/** A version of any prompt. */
export interface TargetVersion {
  readonly name: string;
  readonly version: number;
  readonly unmerged?: boolean | undefined;
  readonly retired?: string | undefined;
}

export function refuseTargets(moves: readonly ProposedMove[], facts: TargetFacts): Diagnostic[] {
  const { gates, scores } = facts;
  return [
    ...moves.flatMap((move) => unusableTargets(move, facts)),
    ...moves.flatMap((move) => deletedPrompts(move, facts)),
    ...checkGates(gates, moves, scores),
  ];
}

function unusableTargets({ name, alias, to }: ProposedMove, { versions }: TargetFacts): Diagnostic[] {
  return labelsOf(to).flatMap((label) => {
    const found = versions.find((candidate) => candidate.name === name && `v${candidate.version}` === label);
    if (found === undefined) return [];
    const args = { name, alias, version: found.version };
    const place = { file: ALIASES_FILE };
    const diagnostics: Diagnostic[] = [];
    if (found.unmerged === true) diagnostics.push(diagnose("alias/unmerged-target", args, place, args));
    if (found.retired !== undefined)
      diagnostics.push(diagnose("alias/retired-target", { ...args, reason: found.retired }, place, args));
    return diagnostics;
  });
}

function deletedPrompts({ name, alias }: ProposedMove, { versions, names, promptsDir }: TargetFacts): Diagnostic[] {
  if (names.has(name) || !versions.some((version) => version.name === name)) return [];
  const path = `${promptsDir}/${name}${PROMPT_EXTENSION}`;
  const args = { name, alias, path, became: undefined };
  return [diagnose("prompt/file-deleted", args, { file: ALIASES_FILE }, { name, alias })];
}
