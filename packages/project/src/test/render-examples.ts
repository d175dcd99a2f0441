// Renders examples with a version that was compiled in this process.

import type { CompiledVersion, CoverageCounter, Example } from "@cuecard/build";
import { type InputIssue, PromptInputError } from "@cuecard/runtime";
import { type RenderedMessage, readRefusal, startPrompt } from "../inspect/render.js";
import type { Project } from "../read/project.js";
import type { WorkingPrompts } from "./compile-working.js";

export type Render = (input: Example["input"]) => { readonly messages: readonly RenderedMessage[] } | Refused;

/** Why an input was not rendered. */
export interface Refused {
  readonly problem: string;
  /** What is wrong with the input; `undefined` if a helper failed. */
  readonly issues?: readonly InputIssue[];
}

export interface Rendering {
  readonly compiled: CompiledVersion;
  readonly helpers: WorkingPrompts["helpers"];
  /** How a refusal names the version. Default: its URI. */
  readonly label?: string;
}

/** Renders examples with a version. A helper that fails is a problem of the example. */
export async function createRenderer(
  project: Project,
  { compiled, helpers, label }: Rendering,
  own?: CoverageCounter["helpers"],
): Promise<Render> {
  const prompt = await attempt(() => startPrompt(project, { compiled, helpers }, own));
  return (input) => {
    if ("problem" in prompt) return prompt;
    try {
      return { messages: prompt.value.messages(input) };
    } catch (error) {
      return refusalOf(error, label);
    }
  };
}

async function attempt<T>(work: () => Promise<T>): Promise<{ readonly value: T } | Refused> {
  try {
    return { value: await work() };
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown, label?: string): Refused {
  const refusal = readRefusal(error, label);
  if (refusal === undefined) throw error;
  const { problem } = refusal;
  return error instanceof PromptInputError ? { problem, issues: error.issues } : { problem };
}
