// Requests of Google's Gen AI SDK: https://googleapis.github.io/js-genai

import type { ContentPart } from "../content.js";
import { readMedia } from "./media.js";
import { type ModelOf, modelOf } from "./model.js";
import { type FormatOf, jsonSchemaOf } from "./output-format.js";
import {
  type Checked,
  type RequestArguments,
  refuseTool,
  render,
  type Sendable,
  type TemplateMessage,
  Turn,
  textOf,
} from "./sendable.js";
import { type Settings, settingsOf } from "./settings.js";
import { definitionOf, type ObjectSchema, type SentTool } from "./tools.js";

export { PromptRequestError } from "./request-error.js";

const PREFIXES = ["google", "googleai", "vertexai", "gemini"] as const;

const NAMES = {
  temperature: "temperature",
  top_p: "topP",
  top_k: "topK",
  max_tokens: "maxOutputTokens",
  max_output_tokens: "maxOutputTokens",
  max_completion_tokens: "maxOutputTokens",
  frequency_penalty: "frequencyPenalty",
  presence_penalty: "presencePenalty",
  seed: "seed",
  random_seed: "seed",
  stop: "stopSequences",
  stop_sequences: "stopSequences",
  candidate_count: "candidateCount",
  n: "candidateCount",
  logprobs: "logprobs",
  response_logprobs: "responseLogprobs",
} as const;

interface Content {
  role: "user" | "model";
  parts: Part[];
}

type Part =
  | { text: string }
  | { inlineData: { data: string; mimeType: string } }
  | { fileData: { fileUri: string; mimeType?: string } };

interface Declarations {
  functionDeclarations: { name: string; description?: string; parametersJsonSchema: ObjectSchema }[];
}

type GoogleTools<P extends Sendable> = [P["tools"][number]] extends [never]
  ? unknown
  : unknown extends P["tools"][number]
    ? { tools?: Declarations[] }
    : { tools: SentTool<P["tools"][number], Declarations>[] };

interface Format {
  responseMimeType: "application/json";
  responseJsonSchema: Record<string, unknown>;
}

/** A message of a conversation so far, as the SDK has it. */
interface GoogleTurn {
  readonly role?: string;
  readonly parts?: readonly object[];
}

/**
 * What a prompt contributes to `generateContent`: `contents`, `config` (the system messages, settings, tools and the answer's schema)
 * and, if it has one, `model`.
 *
 * @throws PromptInputError for a wrong input, PromptRequestError if the API has no place for something.
 * @example
 * ```ts
 * await client.models.generateContent(toGoogle(load("triage", "production"), { alert }));
 * ```
 */
export function toGoogle<P extends Sendable, H extends GoogleTurn = never>(
  prompt: P & Checked<P, typeof NAMES, "Google's API">,
  ...args: RequestArguments<P, H>
): {
  contents: (Content | H)[];
  config: { systemInstruction?: { parts: { text: string }[] } } & Settings<P["config"], typeof NAMES, "stopSequences"> &
    GoogleTools<P> &
    FormatOf<P, Format>;
} & ModelOf<P, (typeof PREFIXES)[number]>;
export function toGoogle(prompt: Sendable, ...args: readonly unknown[]): object {
  const { system, messages } = render(prompt, args);
  const schema = jsonSchemaOf(prompt);
  return {
    ...modelOf(prompt, PREFIXES),
    contents: messages.map((message) => (message instanceof Turn ? message.message : contentOf(prompt, message))),
    config: {
      ...(system.length === 0
        ? {}
        : { systemInstruction: { parts: system.map((message) => ({ text: textOf(prompt, message) })) } }),
      ...settingsOf(prompt, { sdk: "Google's API", names: NAMES, lists: ["stopSequences"] }),
      ...(prompt.tools.length === 0 ? {} : { tools: prompt.tools.map((tool) => sentTool(prompt, tool)) }),
      ...(schema && { responseMimeType: "application/json", responseJsonSchema: schema }),
    },
  };
}

function contentOf(prompt: Sendable, { role, content }: TemplateMessage): Content {
  if (role === "tool") return refuseTool(prompt);
  const parts: readonly ContentPart[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
  return { role: role === "user" ? "user" : "model", parts: parts.map((part) => sentPart(prompt, part)) };
}

function sentPart(prompt: Sendable, part: ContentPart): Part {
  if (part.type === "text") return { text: part.text };
  const { url, type, data } = readMedia(prompt, part);
  if (data !== undefined) return { inlineData: { data, mimeType: type ?? "image/png" } };
  return { fileData: { fileUri: url, ...(type === undefined ? {} : { mimeType: type }) } };
}

function sentTool(prompt: Sendable, tool: unknown): unknown {
  const definition = definitionOf(prompt, tool);
  if (definition === undefined) return tool;
  const { name, description, schema } = definition;
  const declaration = { name, ...(description === undefined ? {} : { description }), parametersJsonSchema: schema };
  return { functionDeclarations: [declaration] };
}
