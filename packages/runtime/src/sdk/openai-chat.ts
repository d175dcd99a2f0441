// Requests of OpenAI's Chat Completions API, which other servers have as well:
// https://platform.openai.com/docs/api-reference/chat

import type { ContentPart } from "../content.js";
import { fileName, type Media, readMedia, refuseMedia } from "./media.js";
import { type ModelOf, modelOf } from "./model.js";
import { type Cacheable, sentMessage } from "./openai-message.js";
import { OPENAI_CHOICES, OPENAI_PREFIXES } from "./openai-models.js";
import { type FormatOf, isStrict, jsonSchemaOf, schemaName } from "./output-format.js";
import {
  type CacheOption,
  type Checked,
  cacheOption,
  type RequestArguments,
  render,
  type Sendable,
  Turn,
} from "./sendable.js";
import { type Settings, settingsOf } from "./settings.js";
import { type FunctionTool, functionTool, type ToolsOf, toolsOf } from "./tools.js";

const SDK = "OpenAI's Chat Completions API";

const NAMES = {
  temperature: "temperature",
  top_p: "top_p",
  max_tokens: "max_tokens",
  max_output_tokens: "max_completion_tokens",
  max_completion_tokens: "max_completion_tokens",
  frequency_penalty: "frequency_penalty",
  presence_penalty: "presence_penalty",
  seed: "seed",
  random_seed: "seed",
  stop: "stop",
  stop_sequences: "stop",
  n: "n",
  candidate_count: "n",
  logprobs: "logprobs",
  top_logprobs: "top_logprobs",
  parallel_tool_calls: "parallel_tool_calls",
  reasoning_effort: "reasoning_effort",
  verbosity: "verbosity",
  stream: "stream",
  store: "store",
  user: "user",
} as const;

type ChatMessage =
  | { role: "system" | "assistant"; content: string | ChatText[] }
  | { role: "user"; content: string | ChatPart[] };

type ChatText = Cacheable & { type: "text"; text: string };

type ChatPart = ChatText | (Cacheable & ChatMedia);

type ChatMedia =
  | { type: "image_url"; image_url: { url: string } }
  | { type: "input_audio"; input_audio: { data: string; format: "wav" | "mp3" } }
  | { type: "file"; file: { file_data: string; filename: string } };

interface ChatFormat {
  response_format: {
    type: "json_schema";
    json_schema: { name: string; schema: Record<string, unknown>; strict: boolean };
  };
}

/** A message of a conversation so far: any of the SDK's. */
interface ChatTurn {
  readonly role: "user" | "assistant" | "tool" | "system" | "developer" | "function";
  readonly tool_calls?: readonly { readonly type: "function" | "custom" }[];
}

/**
 * What a prompt contributes to a chat completion: `messages`, and if it has them `model`, settings, `tools` and `response_format`.
 *
 * @throws PromptInputError for a wrong input, PromptRequestError if the API has no place for something.
 * @example
 * ```ts
 * await client.chat.completions.create(toOpenAiChat(load("triage", "production"), { alert }));
 * ```
 */
export function toOpenAiChat<P extends Sendable, H extends ChatTurn = never>(
  prompt: P & Checked<P, typeof NAMES, typeof SDK>,
  ...args: RequestArguments<P, H, CacheOption>
): { messages: (ChatMessage | H)[] } & ModelOf<P, (typeof OPENAI_PREFIXES)[number]> &
  Settings<P["config"], typeof NAMES, never, typeof OPENAI_CHOICES> &
  ToolsOf<P, FunctionTool> &
  FormatOf<P, ChatFormat>;
export function toOpenAiChat(prompt: Sendable, ...args: readonly unknown[]): object {
  const { inOrder, prefix } = render(prompt, args);
  const marked = cacheOption(args, false) ? prefix.at(-1) : undefined;
  const schema = jsonSchemaOf(prompt);
  return {
    ...modelOf(prompt, OPENAI_PREFIXES),
    messages: inOrder.map((message) =>
      message instanceof Turn ? message.message : sentMessage(prompt, message, message === marked, chatPart),
    ),
    ...settingsOf(prompt, { sdk: SDK, names: NAMES, choices: OPENAI_CHOICES }),
    ...toolsOf(prompt, functionTool),
    ...(schema && {
      response_format: {
        type: "json_schema",
        json_schema: { name: schemaName(prompt), schema, strict: isStrict(schema) },
      },
    }),
  };
}

function chatPart(prompt: Sendable, part: ContentPart): ChatText | ChatMedia {
  if (part.type === "text") return part;
  const media = readMedia(prompt, part);
  const { url, kind, data } = media;
  if (kind === "image") return { type: "image_url", image_url: { url } };
  const format = audioFormat(media);
  if (format !== undefined && data !== undefined) return { type: "input_audio", input_audio: { data, format } };
  if (kind === "application" && data !== undefined)
    return { type: "file", file: { file_data: url, filename: fileName(media.type) } };
  return refuseMedia(prompt, media, SDK);
}

function audioFormat({ type }: Media): "wav" | "mp3" | undefined {
  if (type === "audio/wav" || type === "audio/x-wav") return "wav";
  return type === "audio/mpeg" || type === "audio/mp3" ? "mp3" : undefined;
}
