// How large a prompt is, and how much of it providers can cache.

import type { CompiledVersion } from "@cuecard/build";
import type { PromptContent } from "@cuecard/model";
import type { Project } from "../read/project.js";
import type { CompiledSides } from "./compile-sides.js";
import { type CountTokens, isEstimate } from "./count-tokens.js";
import type { PromptSize } from "./report.js";

export interface Measuring {
  readonly sides: CompiledSides;
  readonly count: CountTokens;
}

/** @returns `undefined` if the prompt does not exist, or does not compile. */
export async function measure(
  project: Project,
  source: PromptContent | undefined,
  compiled: CompiledVersion | undefined,
  { sides, count }: Measuring,
): Promise<PromptSize | undefined> {
  if (source === undefined || compiled === undefined) return undefined;
  const { staticPrefix } = await project.compiler();
  const { name, content } = compiled;
  const prefix = staticPrefix({
    ...{ name, content: source },
    promptsDir: project.config.prompts,
    helpers: sides.helpers?.signatures ?? [],
  });
  const texts = [content.template, ...Object.values(content.partials)];
  return {
    estimated: isEstimate(content.model),
    template: texts.reduce((sum, text) => sum + count(text), 0),
    budget: content.budget,
    prefix: count(prefix?.text ?? ""),
    prefixEnd: prefix?.end,
  };
}
