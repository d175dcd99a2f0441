// Requests of Anthropic's SDK: https://docs.anthropic.com/en/api/messages

import type { ContentPart } from "../content.js";
import { readMedia, refuseMedia } from "./media.js";
import { type ModelOf, modelOf } from "./model.js";
import { type FormatOf, jsonSchemaOf } from "./output-format.js";
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

const PREFIXES = ["anthropic"] as const;

const NAMES = {
  temperature: "temperature",
  top_p: "top_p",
  top_k: "top_k",
  max_tokens: "max_tokens",
  max_output_tokens: "max_tokens",
  max_completion_tokens: "max_tokens",
  stop: "stop_sequences",
  stop_sequences: "stop_sequences",
  stream: "stream",
} as const;

type Message = { role: "user"; content: string | Block[] } | { role: "assistant"; content: string | TextBlock[] };

type Block = TextBlock | MediaBlock;
interface TextBlock extends Cacheable {
  type: "text";
  text: string;
}
type MediaBlock = Cacheable &
  (
    | { type: "image"; source: UrlSource | { type: "base64"; media_type: ImageType; data: string } }
    | { type: "document"; source: UrlSource | { type: "base64"; media_type: "application/pdf"; data: string } }
  );
interface UrlSource {
  type: "url";
  url: string;
}
interface Cacheable {
  cache_control?: { type: "ephemeral" };
}

const IMAGE_TYPES = ["image/jpeg", "image/png", "image/gif", "image/webp"] as const;
type ImageType = (typeof IMAGE_TYPES)[number];

interface Tool {
  name: string;
  description?: string;
  input_schema: ObjectSchema;
  strict?: boolean;
}

interface Format {
  output_config: { format: { type: "json_schema"; schema: Record<string, unknown> } };
}

/**
 * What a prompt contributes to a message of Anthropic's API: `messages`, and if it has them `system`, `model`, settings, `tools`
 * and `output_config`. The last of the messages that are the same for every input has a cache breakpoint.
 *
 * @throws PromptInputError for a wrong input, PromptRequestError if the API has no place for something.
 * @example
 * ```ts
 * await client.messages.create({ max_tokens: 1000, ...toAnthropic(load("triage", "production"), { alert }) });
 * ```
 */
export function toAnthropic<P extends Sendable, H extends { readonly role: "user" | "assistant" | "system" } = never>(
  prompt: P & Checked<P, typeof NAMES, "Anthropic's API">,
  ...args: RequestArguments<P, H, CacheOption>
): { system?: TextBlock[]; messages: (Message | H)[] } & ModelOf<P, (typeof PREFIXES)[number]> &
  Settings<P["config"], typeof NAMES, "stop_sequences"> &
  ToolsOf<P, Tool> &
  FormatOf<P, Format>;
export function toAnthropic(prompt: Sendable, ...args: readonly unknown[]): object {
  const { system, messages, prefix } = render(prompt, args);
  const marked = cacheOption(args, true) ? prefix.at(-1) : undefined;
  const schema = jsonSchemaOf(prompt);
  return {
    ...modelOf(prompt, PREFIXES),
    ...(system.length === 0
      ? {}
      : {
          system: system.map((message): TextBlock => {
            const block: TextBlock = { type: "text", text: textOf(prompt, message) };
            return message === marked ? cached(block) : block;
          }),
        }),
    messages: messages.map((message) =>
      message instanceof Turn ? message.message : sentMessage(prompt, message, message === marked),
    ),
    ...settingsOf(prompt, { sdk: "Anthropic's API", names: NAMES, lists: ["stop_sequences"] }),
    ...toolsOf(prompt, sentTool),
    ...(schema && { output_config: { format: { type: "json_schema", schema } } }),
  };
}

function sentMessage(prompt: Sendable, message: TemplateMessage, isMarked: boolean): object {
  const { role, content } = message;
  if (role === "tool") return refuseTool(prompt);
  if (role !== "user") textOf(prompt, message);
  if (typeof content === "string" && !isMarked) return { role, content };
  const parts: readonly ContentPart[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
  const blocks = parts.map((part) => block(prompt, part));
  const last = blocks.at(-1);
  if (isMarked && last) blocks[blocks.length - 1] = cached(last);
  return { role, content: blocks };
}

function cached<B extends Block>(block: B): B {
  return { ...block, cache_control: { type: "ephemeral" } };
}

function block(prompt: Sendable, part: ContentPart): Block {
  if (part.type === "text") return part;
  const media = readMedia(prompt, part);
  const { url, type, kind, data } = media;
  const isDocument = type === "application/pdf";
  if (kind !== "image" && !isDocument) return refuseMedia(prompt, media, "Anthropic's API");
  if (data === undefined) return { type: isDocument ? "document" : "image", source: { type: "url", url } };
  if (isDocument) return { type: "document", source: { type: "base64", media_type: type, data } };
  const imageType = IMAGE_TYPES.find((known) => known === type);
  if (imageType === undefined) return refuseMedia(prompt, media, "Anthropic's API");
  return { type: "image", source: { type: "base64", media_type: imageType, data } };
}

function sentTool({ schema, ...tool }: ToolDefinition): Tool {
  return { ...tool, input_schema: schema };
}
