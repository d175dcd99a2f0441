// Metadata of LangSmith's runs: https://docs.langchain.com/langsmith/add-metadata-tags

import type { PromptTelemetry, TelemetryOptions } from "../telemetry.js";
import type { InputOfPrompt, Recorded } from "./traced.js";

/** Metadata of a run. */
export type LangSmithMetadata = PromptTelemetry & {
  /** The prompt's name, as LangSmith's own clients record it. */
  lc_hub_repo: string;
  /** The version's commit; left out for a working file. */
  lc_hub_commit_hash?: string;
};

/**
 * A prompt's telemetry as metadata, with the names by which LangSmith's clients record prompts.
 *
 * @param input What `format` or `messages` gets. Without it, no values are recorded.
 * @example
 * ```ts
 * traceable(answer, { name: "answer", run_type: "llm", metadata: toLangSmithMetadata(prompt) });
 * ```
 */
export function toLangSmithMetadata<I>(
  prompt: Recorded<I> & { readonly name: string; readonly commit: string },
  input?: InputOfPrompt<I>,
  options?: TelemetryOptions,
): LangSmithMetadata {
  const { name, commit } = prompt;
  return {
    lc_hub_repo: name,
    ...(commit && { lc_hub_commit_hash: commit }),
    ...prompt.telemetry(input, options),
  };
}
