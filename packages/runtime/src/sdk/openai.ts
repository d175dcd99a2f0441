// Requests of OpenAI's SDK and of servers that have the same API: chat completions and responses.
// https://platform.openai.com/docs/api-reference

import type { ContentPart } from "../content.js";
import { ownProperty } from "../safe-members.js";
import { type Media, readMedia, refuseMedia } from "./media.js";
import { type ModelOf, modelOf } from "./model.js";
import { type FormatOf, isStrict, jsonSchemaOf, schemaName } from "./output-format.js";
import {
  type CacheOption,
  type Checked,
  cacheOption,
  type RequestArguments,
  refuseTool,
  render,
  type Sendable,
  type TemplateMessage,
  Turn,
  textOf,
} from "./sendable.js";
import { type Settings, settingsOf } from "./settings.js";
import { type ObjectSchema, type ToolDefinition, type ToolsOf, toolsOf } from "./tools.js";

export { PromptRequestError } from "./request-error.js";

const PREFIXES = ["openai"] as const;
const CHOICES = {
  reasoning_effort: ["none", "minimal", "low", "medium", "high", "xhigh", "max"],
  verbosity: ["low", "medium", "high"],
} as const;

// ── Chat completions ────────────────────────────────────────────────────────────────────────────────────────────────────

const CHAT_NAMES = {
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

interface Cacheable {
  prompt_cache_breakpoint?: { mode: "explicit" };
}

type ChatMessage =
  | { role: "system" | "assistant"; content: string | ChatText[] }
  | { role: "user"; content: string | ChatPart[] };

type ChatText = Cacheable & { type: "text"; text: string };

type ChatPart = ChatText | (Cacheable & ChatMedia);

type ChatMedia =
  | { type: "image_url"; image_url: { url: string } }
  | { type: "input_audio"; input_audio: { data: string; format: "wav" | "mp3" } }
  | { type: "file"; file: { file_data: string; filename: string } };

interface ChatTool {
  type: "function";
  function: { name: string; description?: string; parameters: ObjectSchema; strict?: boolean };
}

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
  prompt: P & Checked<P, typeof CHAT_NAMES, "OpenAI's chat completions">,
  ...args: RequestArguments<P, H, CacheOption>
): { messages: (ChatMessage | H)[] } & ModelOf<P, (typeof PREFIXES)[number]> &
  Settings<P["config"], typeof CHAT_NAMES, never, typeof CHOICES> &
  ToolsOf<P, ChatTool> &
  FormatOf<P, ChatFormat>;
export function toOpenAiChat(prompt: Sendable, ...args: readonly unknown[]): object {
  const { inOrder, prefix } = render(prompt, args);
  const marked = cacheOption(args, false) ? prefix.at(-1) : undefined;
  const schema = jsonSchemaOf(prompt);
  return {
    ...modelOf(prompt, PREFIXES),
    messages: inOrder.map((message) =>
      message instanceof Turn ? message.message : chatMessage(prompt, message, message === marked),
    ),
    ...settingsOf(prompt, { sdk: "OpenAI's chat completions", names: CHAT_NAMES, choices: CHOICES }),
    ...toolsOf(prompt, chatTool),
    ...(schema && {
      response_format: {
        type: "json_schema",
        json_schema: { name: schemaName(prompt), schema, strict: isStrict(schema) },
      },
    }),
  };
}

function chatMessage(prompt: Sendable, message: TemplateMessage, isMarked: boolean): object {
  const { role, content } = message;
  if (role === "tool") return refuseTool(prompt);
  if (role !== "user") textOf(prompt, message);
  if (typeof content === "string" && !isMarked) return { role, content };
  return {
    role,
    content: withMark(
      partsOf(message).map((part) => chatPart(prompt, part)),
      isMarked,
    ),
  };
}

function partsOf({ content }: TemplateMessage): readonly ContentPart[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

function withMark<Part extends object>(parts: readonly Part[], isMarked: boolean): readonly (Part & Cacheable)[] {
  return parts.map((part, index) =>
    isMarked && index === parts.length - 1 ? { ...part, prompt_cache_breakpoint: { mode: "explicit" } } : part,
  );
}

function chatPart(prompt: Sendable, part: ContentPart): ChatText | ChatMedia {
  if (part.type === "text") return part;
  const media = readMedia(prompt, part);
  const { url, kind, data } = media;
  if (kind === "image") return { type: "image_url", image_url: { url } };
  const format = audioFormat(media);
  if (format !== undefined && data !== undefined) return { type: "input_audio", input_audio: { data, format } };
  if (kind === "application" && data !== undefined)
    return { type: "file", file: { file_data: url, filename: fileName(media) } };
  return refuseMedia(prompt, media, "OpenAI's chat completions");
}

function audioFormat({ type }: Media): "wav" | "mp3" | undefined {
  if (type === "audio/wav" || type === "audio/x-wav") return "wav";
  return type === "audio/mpeg" || type === "audio/mp3" ? "mp3" : undefined;
}

/** The API takes no file without a name. */
function fileName({ type = "" }: Media): string {
  return `file.${type.split("/").at(-1)}`;
}

function chatTool({ schema, ...tool }: ToolDefinition): ChatTool {
  return { type: "function", function: { ...tool, parameters: schema } };
}

// ── Responses ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const RESPONSE_NAMES = {
  temperature: "temperature",
  top_p: "top_p",
  max_tokens: "max_output_tokens",
  max_output_tokens: "max_output_tokens",
  max_completion_tokens: "max_output_tokens",
  top_logprobs: "top_logprobs",
  parallel_tool_calls: "parallel_tool_calls",
  reasoning_effort: "reasoning_effort",
  verbosity: "verbosity",
  stream: "stream",
  store: "store",
  user: "user",
} as const;

type InputMessage = { role: "user" | "system"; content: string | InputPart[] } | { role: "assistant"; content: string };

type InputPart = Cacheable & InputContent;

type InputContent =
  | { type: "input_text"; text: string }
  | { type: "input_image"; image_url: string; detail: "auto" }
  | { type: "input_file"; file_url: string }
  | { type: "input_file"; file_data: string; filename: string };

interface ResponseTool {
  type: "function";
  name: string;
  description?: string;
  parameters: ObjectSchema;
  strict: boolean;
}

interface ResponseFormat {
  format: { type: "json_schema"; name: string; schema: Record<string, unknown>; strict: boolean };
}

type ResponseSettings<P extends Sendable> =
  Settings<P["config"], typeof RESPONSE_NAMES, never, typeof CHOICES> extends infer S
    ? Omit<S, "reasoning_effort" | "verbosity"> &
        (S extends { reasoning_effort: infer Effort } ? { reasoning: { effort: Effort } } : unknown) & {
          text?: Partial<ResponseFormat> & Partial<Pick<S, "verbosity" & keyof S>>;
        }
    : never;

/** An item of a conversation so far: any of the SDK's. */
type ResponseTurn =
  | { readonly role: "user" | "assistant" | "developer"; readonly type?: "message" }
  | { readonly type?: "function_call" | "function_call_output" | "reasoning" | (string & Record<never, never>) };

/**
 * What a prompt contributes to a response: `input`, and if it has them `instructions` (the system messages), `model`, settings,
 * `tools` and `text.format`.
 *
 * @throws PromptInputError for a wrong input, PromptRequestError if the API has no place for something.
 */
export function toOpenAiResponse<P extends Sendable, H extends ResponseTurn = never>(
  prompt: P & Checked<P, typeof RESPONSE_NAMES, "OpenAI's responses">,
  ...args: RequestArguments<P, H, CacheOption>
): { instructions?: string; input: (InputMessage | H)[] } & ModelOf<P, (typeof PREFIXES)[number]> &
  ResponseSettings<P> &
  ToolsOf<P, ResponseTool>;
export function toOpenAiResponse(prompt: Sendable, ...args: readonly unknown[]): object {
  const { system, messages, prefix } = render(prompt, args);
  // Messages of the assistant cannot have a mark, nor instructions: with one, system messages are messages.
  const marked = cacheOption(args, false) ? prefix.findLast(({ role }) => role !== "assistant") : undefined;
  const instructions = marked === undefined ? system : [];
  const input = marked === undefined ? messages : [...system, ...messages];
  const { reasoning_effort, verbosity, ...settings } = settingsOf(prompt, {
    sdk: "OpenAI's responses",
    names: RESPONSE_NAMES,
    choices: CHOICES,
  }) as Record<string, unknown>;
  const schema = jsonSchemaOf(prompt);
  const text = {
    ...(verbosity === undefined ? {} : { verbosity }),
    ...(schema && { format: { type: "json_schema", name: schemaName(prompt), schema, strict: isStrict(schema) } }),
  };
  return {
    ...modelOf(prompt, PREFIXES),
    ...(instructions.length === 0
      ? {}
      : { instructions: instructions.map((message) => textOf(prompt, message)).join("\n") }),
    input: input.map((message) =>
      message instanceof Turn ? message.message : inputMessage(prompt, message, message === marked),
    ),
    ...settings,
    ...(reasoning_effort === undefined ? {} : { reasoning: { effort: reasoning_effort } }),
    ...toolsOf(prompt, responseTool),
    ...(Object.keys(text).length === 0 ? {} : { text }),
  };
}

function inputMessage(prompt: Sendable, message: TemplateMessage, isMarked: boolean): object {
  const { role, content } = message;
  if (role === "tool") return refuseTool(prompt);
  if (role !== "user") textOf(prompt, message);
  if (typeof content === "string" && !isMarked) return { role, content };
  return {
    role,
    content: withMark(
      partsOf(message).map((part) => inputPart(prompt, part)),
      isMarked,
    ),
  };
}

function inputPart(prompt: Sendable, part: ContentPart): InputContent {
  if (part.type === "text") return { type: "input_text", text: part.text };
  const media = readMedia(prompt, part);
  const { url, kind, data } = media;
  if (kind === "image") return { type: "input_image", image_url: url, detail: "auto" };
  if (kind === "audio" || kind === "video") return refuseMedia(prompt, media, "OpenAI's responses");
  return data === undefined
    ? { type: "input_file", file_url: url }
    : { type: "input_file", file_data: url, filename: fileName(media) };
}

function responseTool({ schema, ...tool }: ToolDefinition): ResponseTool {
  return { type: "function", ...tool, parameters: schema, strict: ownProperty(tool, "strict") === true };
}
