// Links from MLflow's traces to versions: https://mlflow.org/docs/latest/genai/prompt-registry/

import type { Traced } from "./traced.js";

/** How MLflow names a version. */
export interface MlflowPromptVersion {
  name: string;
  version: string;
}

/**
 * The versions as MLflow's REST API and its clients take them, each once. Working files have no version and are left out. MLflow's names
 * contain no slash: `finance/forecast` is `finance.forecast`, and so is a prompt that has this name itself.
 */
export function promptVersions(...prompts: readonly Traced[]): MlflowPromptVersion[] {
  const found = new Map<string, MlflowPromptVersion>();
  for (const { name: path, version } of prompts) {
    const name = path.replaceAll("/", ".");
    if (version !== "working") found.set(`${name}/${version}`, { name, version: String(version) });
  }
  return [...found.values()];
}

/**
 * The value of MLflow's tag `mlflow.linkedPrompts`, which shows the prompts of a trace. On a span that is sent by OpenTelemetry, the attribute
 * `mlflow.traceTag.mlflow.linkedPrompts` of the root span sets the tag.
 *
 * @example
 * ```ts
 * span.setAttribute("mlflow.traceTag.mlflow.linkedPrompts", linkedPrompts(prompt));
 * ```
 */
export function linkedPrompts(...prompts: readonly Traced[]): string {
  return JSON.stringify(promptVersions(...prompts));
}
