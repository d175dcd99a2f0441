// Settings that most model APIs have, with the values that their references allow: OpenAI
// (https://platform.openai.com/docs/api-reference/chat/create), Anthropic (https://docs.anthropic.com/en/api/messages), Google
// (https://ai.google.dev/api/generate-content#generationconfig), Mistral (https://docs.mistral.ai/api) and the AI SDK
// (https://ai-sdk.dev/docs/ai-sdk-core/settings). Where they differ, the widest range counts, unless the model is known.

export interface ModelSetting {
  readonly kind: "number" | "integer" | "boolean" | "text" | "texts" | "text-or-texts" | "flag-or-integer";
  readonly min?: number;
  readonly max?: number;
}

export type Maker = "Anthropic" | "Mistral";

/** The settings, by their names in snake case. Each may be written in camel case as well. */
export const MODEL_SETTINGS: Readonly<Record<string, ModelSetting>> = {
  temperature: { kind: "number", min: 0, max: 2 },
  top_p: { kind: "number", min: 0, max: 1 },
  min_p: { kind: "number", min: 0, max: 1 },
  top_k: { kind: "integer", min: 1 },
  max_tokens: { kind: "integer", min: 1 },
  max_output_tokens: { kind: "integer", min: 1 },
  max_completion_tokens: { kind: "integer", min: 1 },
  frequency_penalty: { kind: "number", min: -2, max: 2 },
  presence_penalty: { kind: "number", min: -2, max: 2 },
  seed: { kind: "integer" },
  random_seed: { kind: "integer", min: 0 },
  stop: { kind: "text-or-texts" },
  stop_sequences: { kind: "texts" },
  n: { kind: "integer", min: 1, max: 128 },
  candidate_count: { kind: "integer", min: 1, max: 8 },
  logprobs: { kind: "flag-or-integer", min: 0, max: 20 },
  top_logprobs: { kind: "integer", min: 0, max: 20 },
  parallel_tool_calls: { kind: "boolean" },
  stream: { kind: "boolean" },
  reasoning_effort: { kind: "text" },
  max_retries: { kind: "integer", min: 0 },
};

/** Where a maker's reference allows other values. */
export const MAKERS: Readonly<Record<Maker, Readonly<Record<string, ModelSetting>>>> = {
  Anthropic: { temperature: { kind: "number", min: 0, max: 1 }, top_k: { kind: "integer", min: 0 } },
  Mistral: { temperature: { kind: "number", min: 0, max: 1.5 } },
};

/** Whose API a model certainly has: others serve open models, with ranges of their own. */
export function makerOf(model: string | undefined): Maker | undefined {
  if (model === undefined) return undefined;
  if (/(?:^|[/.])claude-/i.test(model)) return "Anthropic";
  return /^mistral\/|^(?:mistral|ministral|magistral|codestral|devstral|pixtral)-[^/:]*$/i.test(model)
    ? "Mistral"
    : undefined;
}

/** Settings of single APIs and servers that look like misspellings of the ones above. */
export const OTHER_SETTINGS: readonly string[] = ["min_tokens", "min_output_tokens", "min_completion_tokens"];
