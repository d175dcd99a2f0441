// Requests of Mistral's SDK: https://docs.mistral.ai/api

import type { ContentPart } from "../content.js";
import { readMedia, refuseMedia } from "./media.js";
import { type ModelOf, modelOf } from "./model.js";
import { type FormatOf, isStrict, jsonSchemaOf, schemaName } from "./output-format.js";
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
import { type FunctionTool, functionTool, type ToolsOf, toolsOf } from "./tools.js";

export { PromptRequestError } from "./request-error.js";

const PREFIXES = ["mistral", "mistralai"] as const;

const NAMES = {
  temperature: "temperature",
  top_p: "topP",
  max_tokens: "maxTokens",
  max_output_tokens: "maxTokens",
  max_completion_tokens: "maxTokens",
  frequency_penalty: "frequencyPenalty",
  presence_penalty: "presencePenalty",
  seed: "randomSeed",
  random_seed: "randomSeed",
  stop: "stop",
  stop_sequences: "stop",
  n: "n",
  candidate_count: "n",
  parallel_tool_calls: "parallelToolCalls",
  reasoning_effort: "reasoningEffort",
  safe_prompt: "safePrompt",
} as const;
const CHOICES = { reasoningEffort: ["none", "minimal", "low", "medium", "high", "xhigh"] } as const;

type Message =
  | { role: "system"; content: string }
  | { role: "user"; content: string | Part[] }
  | { role: "assistant"; content: string; prefix?: true };

type Part =
  | { type: "text"; text: string }
  | { type: "image_url"; imageUrl: string }
  | { type: "document_url"; documentUrl: string }
  | { type: "input_audio"; inputAudio: string };

interface Format {
  responseFormat: {
    type: "json_schema";
    jsonSchema: { name: string; schemaDefinition: Record<string, unknown>; strict: boolean };
  };
}

/** A message of a conversation so far, as the SDK has it. */
interface MistralTurn {
  readonly role?: "user" | "assistant" | "tool" | "system" | undefined;
}

/**
 * What a prompt contributes to `chat.complete` and `chat.stream`: `messages`, and if it has them `model`, settings, `tools` and
 * `responseFormat`.
 *
 * @throws PromptInputError for a wrong input, PromptRequestError if the API has no place for something.
 * @example
 * ```ts
 * await client.chat.complete(toMistral(load("triage", "production"), { alert }));
 * ```
 */
export function toMistral<P extends Sendable, H extends MistralTurn = never>(
  prompt: P & Checked<P, typeof NAMES, "Mistral's API">,
  ...args: RequestArguments<P, H>
): { messages: (Message | H)[] } & ModelOf<P, (typeof PREFIXES)[number]> &
  Settings<P["config"], typeof NAMES, never, typeof CHOICES> &
  ToolsOf<P, FunctionTool> &
  FormatOf<P, Format>;
export function toMistral(prompt: Sendable, ...args: readonly unknown[]): object {
  const { inOrder } = render(prompt, args);
  const schema = jsonSchemaOf(prompt);
  return {
    ...modelOf(prompt, PREFIXES),
    messages: inOrder.map((message, index) =>
      message instanceof Turn ? message.message : sentMessage(prompt, message, index === inOrder.length - 1),
    ),
    ...settingsOf(prompt, { sdk: "Mistral's API", names: NAMES, choices: CHOICES }),
    ...toolsOf(prompt, functionTool),
    ...(schema && {
      responseFormat: {
        type: "json_schema",
        jsonSchema: { name: schemaName(prompt), schemaDefinition: schema, strict: isStrict(schema) },
      },
    }),
  };
}

function sentMessage(prompt: Sendable, message: TemplateMessage, isLast: boolean): Message {
  const { role, content } = message;
  if (role === "tool") return refuseTool(prompt);
  if (role === "user")
    return { role, content: typeof content === "string" ? content : content.map((part) => sentPart(prompt, part)) };
  const text = { role, content: textOf(prompt, message) };
  // The API takes an assistant's message at the end only as the beginning of the answer.
  return role === "assistant" && isLast ? { ...text, role, prefix: true } : text;
}

function sentPart(prompt: Sendable, part: ContentPart): Part {
  if (part.type === "text") return { type: "text", text: part.text };
  const media = readMedia(prompt, part);
  const { url, kind, data } = media;
  if (kind === "image") return { type: "image_url", imageUrl: url };
  if (kind === "audio") return { type: "input_audio", inputAudio: data ?? url };
  return kind === "video" ? refuseMedia(prompt, media, "Mistral's API") : { type: "document_url", documentUrl: url };
}
