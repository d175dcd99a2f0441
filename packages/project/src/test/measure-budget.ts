// Compares what the examples of a prompt render with its budget.

import type { CompiledVersion } from "@cuecard/build";
import { type Diagnostic, diagnose, type WorkingPrompt } from "@cuecard/model";
import type { Project } from "../read/project.js";
import { isEstimate, loadTokenCounter } from "../review/count-tokens.js";
import { compileWorking } from "./compile-working.js";
import { createRenderer } from "./render-examples.js";

/** Findings about the budgets of the working files. Helpers of the project are not run. */
export async function checkBudgets(
  project: Project,
  working: readonly WorkingPrompt[],
): Promise<readonly Diagnostic[]> {
  // Most projects have no budget, and then nothing is compiled here.
  const names = working
    .filter(({ content }) => /^["']?budget["']?[ \t]*:/m.test(content.prompt.text))
    .map(({ name }) => name);
  if (names.length === 0) return [];
  const compiled = await compileWorking(project, names);
  if ("kind" in compiled) return [];
  const found: Diagnostic[] = [];
  for (const { working: prompt, compiled: version } of compiled.prompts)
    if (version !== undefined) found.push(...(await checkBudget(project, prompt, version)));
  return found;
}

async function checkBudget(project: Project, working: WorkingPrompt, compiled: CompiledVersion): Promise<Diagnostic[]> {
  const { budget, examples, render: emitted, model } = compiled.content;
  if (budget === undefined) return [];
  const { countTokensOf, locateFrontMatter } = await project.compiler();
  const place = locateFrontMatter(working.content.prompt)(["budget", "tokens"]);
  const reason = emitted.helpers.length > 0 ? "helpers" : examples.length === 0 ? "no-example" : undefined;
  if (reason !== undefined) return [diagnose("example/budget-not-measured", { reason }, place)];
  const render = await createRenderer(project, { compiled, helpers: undefined });
  const count = await loadTokenCounter();
  const over = examples
    .flatMap(({ name, input }) => {
      const rendered = render(input);
      // An input that cannot be rendered has a finding of its own.
      if ("problem" in rendered) return [];
      return [{ name, tokens: countTokensOf(rendered.messages, count) }];
    })
    .filter(({ tokens }) => tokens > budget)
    .sort((a, b) => b.tokens - a.tokens);
  const [largest] = over;
  if (largest === undefined) return [];
  const { name: example, tokens } = largest;
  const args = { example, tokens, budget, estimated: isEstimate(model), others: over.length - 1 };
  return [diagnose("example/over-budget", args, place)];
}
