// Links from Langfuse's generations to versions: https://langfuse.com/docs/prompt-management/features/link-to-traces

import type { Traced } from "./traced.js";

/** The attribute `prompt` of a generation in @langfuse/tracing. */
export interface LangfusePrompt {
  name: string;
  version: number;
  /** Set for a working file, which Langfuse does not link. */
  isFallback: boolean;
}

/** Attributes for a span that is sent to Langfuse by OpenTelemetry. */
export type LangfuseAttributes = {
  "langfuse.observation.prompt.name"?: string;
  "langfuse.observation.prompt.version"?: number;
};

/**
 * The prompt of a generation, for the clients of Langfuse.
 *
 * @example
 * ```ts
 * startObservation("answer", { prompt: toLangfusePrompt(prompt), input }, { asType: "generation" });
 * ```
 */
export function toLangfusePrompt({ name, version }: Traced): LangfusePrompt {
  return { name, version: version === "working" ? 0 : version, isFallback: version === "working" };
}

/** The same for spans that the service creates itself; nothing for a working file. */
export function langfuseAttributes({ name, version }: Traced): LangfuseAttributes {
  return version === "working"
    ? {}
    : { "langfuse.observation.prompt.name": name, "langfuse.observation.prompt.version": version };
}
