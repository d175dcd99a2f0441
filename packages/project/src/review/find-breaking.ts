// What breaks callers as findings at places: of the prompt, of the alias, and of each call. Code hosts show them at their lines.

import { ALIASES_FILE, type Diagnostic, describeTarget, diagnose, sortDiagnostics } from "@cuecard/model";
import type { ResolvedUsage } from "../usages/usage.js";
import type { MoveReview, PromptReview } from "./report.js";

export function findBreaking(prompts: readonly PromptReview[], moves: readonly MoveReview[]): Diagnostic[] {
  return sortDiagnostics([...prompts.flatMap(ofPrompt), ...moves.flatMap(ofMove)]);
}

function ofPrompt({ name, path, change, breaking, broke, usages }: PromptReview): Diagnostic[] {
  if (!breaking) return [];
  const isDeleted = change === "deleted";
  const aliases = isDeleted ? [] : broke.map(({ alias, target }) => `${alias} (${describeTarget(target)})`);
  const problems = isDeleted ? ["the prompt is deleted"] : unique(broke.flatMap(({ breaks }) => breaks.map(toProblem)));
  return [
    diagnose("review/breaking-prompt", { name, aliases, problems }, { file: path }, { name }),
    ...ofCalls(usages, name, aliases, problems),
  ];
}

function ofMove({ name, alias, to, breaks, usages }: MoveReview): Diagnostic[] {
  const problems = to === undefined ? ["the alias is deleted"] : unique(breaks.map(toProblem));
  if (problems.length === 0) return [];
  return [
    diagnose("review/breaking-move", { name, alias, problems }, { file: ALIASES_FILE }, { name, alias }),
    ...ofCalls(usages, name, [], problems),
  ];
}

function ofCalls(
  usages: readonly ResolvedUsage[],
  name: string,
  aliases: readonly string[],
  problems: readonly string[],
): Diagnostic[] {
  return usages.map(({ file, line, column }) => {
    const start = { line, column };
    return diagnose(
      "review/breaking-call",
      { name, aliases, problems },
      { file, range: { start, end: start } },
      { name },
    );
  });
}

const toProblem = ({ problem }: { readonly problem: string }) => problem;

const unique = (texts: readonly string[]) => [...new Set(texts)];
