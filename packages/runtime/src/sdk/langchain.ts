// Calls of LangChain's chat models: https://docs.langchain.com/oss/javascript/langchain/models

import type { ContentPart } from "../content.js";
import type { JsonSchema } from "../json-schema.js";
import { fileName, readMedia } from "./media.js";
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
import { type FunctionTool, functionTool, type ToolsOf, toolsOf } from "./tools.js";

export { PromptRequestError } from "./request-error.js";

const PREFIXES = [
  "openai",
  "anthropic",
  "google",
  "googleai",
  "vertexai",
  "gemini",
  "mistral",
  "mistralai",
  "bedrock",
  "amazon-bedrock",
] as const;

/** Those that the classes of chat models have in common. */
const NAMES = {
  temperature: "temperature",
  top_p: "topP",
  max_tokens: "maxTokens",
  max_output_tokens: "maxTokens",
  max_completion_tokens: "maxTokens",
  max_retries: "maxRetries",
  stop: "stop",
  stop_sequences: "stop",
} as const;

// Types and not interfaces: LangChain requires records.
type Message = { role: "system" | "assistant"; content: string } | { role: "user"; content: string | Part[] };

type Part =
  | { type: "text"; text: string }
  | { type: "image_url"; image_url: { url: string } }
  | (File & { source_type: "base64"; data: string })
  | (File & { source_type: "url"; url: string });

type File = { type: "file" | "audio" | "video"; mime_type: string; metadata: { filename: string } };

type AllSettings<P extends Sendable> = Settings<P["config"], typeof NAMES, "stop">;

/**
 * What a prompt contributes to a call of a chat model: `messages` and `options` for `invoke`, `settings` and, if it has them, `model`
 * for the constructor, `tools` for `bindTools` and `schema` for `withStructuredOutput`.
 *
 * @throws PromptInputError for a wrong input, PromptRequestError if LangChain has no place for something.
 * @example
 * ```ts
 * const { model, settings, messages, options } = toLangChain(load("triage", "production"), { alert });
 * await new ChatOpenAI({ model, ...settings }).invoke(messages, options);
 * ```
 */
export function toLangChain<P extends Sendable, H extends object = never>(
  prompt: P & Checked<P, typeof NAMES, "LangChain">,
  ...args: RequestArguments<P, H>
): {
  messages: (Message | H)[];
  settings: Omit<AllSettings<P>, "stop">;
  options: Pick<AllSettings<P>, "stop" & keyof AllSettings<P>>;
} & ModelOf<P, (typeof PREFIXES)[number]> &
  ToolsOf<P, FunctionTool> &
  FormatOf<P, { schema: JsonSchema }>;
export function toLangChain(prompt: Sendable, ...args: readonly unknown[]): object {
  const { inOrder } = render(prompt, args);
  const schema = jsonSchemaOf(prompt);
  const { stop, ...settings } = settingsOf(prompt, { sdk: "LangChain", names: NAMES, lists: ["stop"] }) as {
    readonly stop?: unknown;
  };
  return {
    ...modelOf(prompt, PREFIXES),
    messages: inOrder.map((message) => (message instanceof Turn ? message.message : sentMessage(prompt, message))),
    settings: { ...settings },
    options: stop === undefined ? {} : { stop },
    ...toolsOf(prompt, functionTool),
    ...(schema && { schema }),
  };
}

function sentMessage(prompt: Sendable, message: TemplateMessage): Message {
  const { role, content } = message;
  if (role === "tool") return refuseTool(prompt);
  if (role !== "user") return { role, content: textOf(prompt, message) };
  return { role, content: typeof content === "string" ? content : content.map((part) => sentPart(prompt, part)) };
}

function sentPart(prompt: Sendable, part: ContentPart): Part {
  if (part.type === "text") return { type: "text", text: part.text };
  const { url, type = "", kind, data } = readMedia(prompt, part);
  if (kind === "image") return { type: "image_url", image_url: { url } };
  const media: File = {
    type: kind === "audio" || kind === "video" ? kind : "file",
    mime_type: type,
    metadata: { filename: fileName(type) },
  };
  return data === undefined ? { ...media, source_type: "url", url } : { ...media, source_type: "base64", data };
}
