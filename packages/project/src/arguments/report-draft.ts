// Reports what is wrong with a prompt that a program registers. The compiler knows what other tools call its properties.

import { type Diagnostic, diagnose, PROMPT_EXTENSION } from "@cuecard/model";
import { loadCompiler } from "../read/compiler.js";
import { explainMisfit } from "./explain-misfit.js";
import type { Misfit } from "./shape.js";

/** @param prompts The prompts folder. */
export async function reportDraft(misfits: readonly Misfit[], draft: unknown, prompts: string): Promise<Diagnostic[]> {
  if (misfits.length === 0) return [];
  const { suggestForProperty } = await loadCompiler();
  return misfits.map((misfit) => {
    const { path, unknown } = misfit;
    // Only the prompt's own properties: those of its examples have no other names.
    if (unknown === undefined || path !== unknown.name) return reportOne(prompts, misfit, draft);
    const value = (draft as Readonly<Record<string, unknown>>)[path];
    const instead = suggestForProperty(path, value);
    if (instead === undefined) return reportOne(prompts, misfit, draft);
    return reportOne(prompts, { ...misfit, instead, unknown: { ...unknown, nearest: undefined } }, draft);
  });
}

/** The finding is placed in the file that the prompt would be written to. */
function reportOne(prompts: string, misfit: Misfit, draft: unknown): Diagnostic {
  const { path, instead } = misfit;
  const name = typeof draft === "object" && draft !== null && "name" in draft ? draft.name : undefined;
  const subject = typeof name === "string" ? { name } : undefined;
  const file = subject === undefined ? prompts : `${prompts}/${subject.name}${PROMPT_EXTENSION}`;
  return diagnose("register/invalid-draft", { problem: explainMisfit(misfit), path, instead }, { file }, subject);
}
