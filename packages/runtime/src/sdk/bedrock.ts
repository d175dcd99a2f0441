// Requests of Amazon Bedrock's Converse API: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html

import type { ContentPart } from "../content.js";
import { ownProperty } from "../safe-members.js";
import { decodeBase64 } from "./base64.js";
import { type Media, readMedia, refuseMedia } from "./media.js";
import { type ModelOf, modelOf } from "./model.js";
import { type FormatOf, jsonSchemaOf, schemaName } from "./output-format.js";
import { PromptRequestError } from "./request-error.js";
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
import { type ToolDefinition, type ToolsOf, toolsOf } from "./tools.js";

export { PromptRequestError } from "./request-error.js";

const PREFIXES = ["bedrock", "amazon-bedrock"] as const;

const NAMES = {
  temperature: "temperature",
  top_p: "topP",
  max_tokens: "maxTokens",
  max_output_tokens: "maxTokens",
  max_completion_tokens: "maxTokens",
  stop: "stopSequences",
  stop_sequences: "stopSequences",
} as const;

const IMAGES = { "image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/webp": "webp" } as const;
const DOCUMENTS = {
  "application/pdf": "pdf",
  "text/csv": "csv",
  "text/html": "html",
  "text/markdown": "md",
  "text/plain": "txt",
} as const;

interface Message {
  role: "user" | "assistant";
  content: Block[];
}

interface CachePoint {
  cachePoint: { type: "default" };
}

type Block =
  | { text: string }
  | { image: { format: (typeof IMAGES)[keyof typeof IMAGES]; source: Source } }
  | { document: { format: (typeof DOCUMENTS)[keyof typeof DOCUMENTS]; name: string; source: Source } }
  | CachePoint;

type Source = { bytes: Uint8Array } | { s3Location: { uri: string } };

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

interface Tool {
  toolSpec: { name: string; description?: string; inputSchema: { json: Json }; strict?: boolean };
}

interface Format {
  outputConfig: {
    textFormat: { type: "json_schema"; structure: { jsonSchema: { name: string; schema: string } } };
  };
}

type ModelIdOf<P extends Sendable> =
  ModelOf<P, (typeof PREFIXES)[number]> extends infer M
    ? M extends { model: infer Name }
      ? { modelId: Name }
      : M extends { model?: infer Name }
        ? { modelId?: Name & string }
        : unknown
    : never;

type InferenceConfig<P extends Sendable> = [keyof P["config"]] extends [never]
  ? unknown
  : string extends keyof P["config"]
    ? unknown
    : { inferenceConfig: Settings<P["config"], typeof NAMES, "stopSequences"> };

type ToolConfig<P extends Sendable> =
  ToolsOf<P, Tool> extends infer T
    ? T extends { tools: infer Tools }
      ? { toolConfig: { tools: Tools } }
      : T extends { tools?: infer Tools }
        ? { toolConfig?: { tools: NonNullable<Tools> } }
        : unknown
    : never;

/** A message of a conversation so far, as the SDK has it. */
interface BedrockTurn {
  readonly role: "user" | "assistant" | "system" | undefined;
}

/**
 * What a prompt contributes to `ConverseCommand` and `ConverseStreamCommand`: `messages`, and if it has them `system`, `modelId`,
 * `inferenceConfig`, `toolConfig` and `outputConfig`.
 *
 * @throws PromptInputError for a wrong input, PromptRequestError if the API has no place for something.
 * @example
 * ```ts
 * await client.send(new ConverseCommand(toBedrock(load("triage", "production"), { alert })));
 * ```
 */
export function toBedrock<P extends Sendable, H extends BedrockTurn = never>(
  prompt: P & Checked<P, typeof NAMES, "Bedrock's Converse API">,
  ...args: RequestArguments<P, H, CacheOption>
): { system?: ({ text: string } | CachePoint)[]; messages: (Message | H)[] } & ModelIdOf<P> &
  InferenceConfig<P> &
  ToolConfig<P> &
  FormatOf<P, Format>;
export function toBedrock(prompt: Sendable, ...args: readonly unknown[]): object {
  const { system, messages, prefix } = render(prompt, args);
  const model = ownProperty(modelOf(prompt, PREFIXES), "model") as string | undefined;
  // Other models refuse a request with a cache point.
  const caches = cacheOption(args, /anthropic\.|amazon\.nova/.test(model ?? ""));
  const marked = caches ? prefix.at(-1) : undefined;
  const settings = settingsOf(prompt, {
    sdk: "Bedrock's Converse API",
    names: NAMES,
    lists: ["stopSequences"],
  });
  const schema = jsonSchemaOf(prompt);
  const toolConfig = toolsOf(prompt, sentTool);
  const withCachePoint = (blocks: readonly Block[], message: TemplateMessage): readonly Block[] =>
    message === marked ? [...blocks, { cachePoint: { type: "default" } }] : blocks;
  return {
    ...(model === undefined ? {} : { modelId: model }),
    ...(system.length === 0
      ? {}
      : { system: system.flatMap((message) => withCachePoint([{ text: textOf(prompt, message) }], message)) }),
    messages: messages.map((message, index) =>
      message instanceof Turn
        ? message.message
        : { role: message.role, content: withCachePoint(blocksOf(prompt, message, index), message) },
    ),
    ...(Object.keys(settings).length === 0 ? {} : { inferenceConfig: { ...settings } }),
    ...(Object.keys(toolConfig).length === 0 ? {} : { toolConfig }),
    ...(schema && {
      outputConfig: {
        textFormat: {
          type: "json_schema",
          structure: { jsonSchema: { name: schemaName(prompt), schema: JSON.stringify(schema) } },
        },
      },
    }),
  };
}

function blocksOf(prompt: Sendable, { role, content }: TemplateMessage, at: number): Block[] {
  if (role === "tool") return refuseTool(prompt);
  if (typeof content === "string") return [{ text: content }];
  return content.map((part, index) => block(prompt, part, `document ${at + 1}-${index + 1}`));
}

/** @param name For a document: they have to differ. */
function block(prompt: Sendable, part: ContentPart, name: string): Block {
  if (part.type === "text") return { text: part.text };
  const media = readMedia(prompt, part);
  const image = ownProperty(IMAGES, media.type ?? "") as (typeof IMAGES)[keyof typeof IMAGES] | undefined;
  if (image !== undefined) return { image: { format: image, source: sourceOf(prompt, media) } };
  const format = ownProperty(DOCUMENTS, media.type ?? "") as (typeof DOCUMENTS)[keyof typeof DOCUMENTS] | undefined;
  if (format === undefined) return refuseMedia(prompt, media, "Bedrock's Converse API");
  return { document: { format, name, source: sourceOf(prompt, media) } };
}

function sourceOf(prompt: Sendable, { url, data }: Media): Source {
  if (data !== undefined) return { bytes: decodeBase64(data) };
  if (url.startsWith("s3://")) return { s3Location: { uri: url } };
  throw new PromptRequestError(prompt.uri, "Bedrock's Converse API takes media as data: or s3: URLs only");
}

function sentTool({ schema, ...tool }: ToolDefinition): Tool {
  return { toolSpec: { ...tool, inputSchema: { json: schema as Json } } };
}
