// Requests of OpenAI's Responses API: https://platform.openai.com/docs/api-reference/responses

import type { ContentPart } from "../content.js";
import { ownProperty } from "../safe-members.js";
import { fileName, readMedia, refuseMedia } from "./media.js";
import { type ModelOf, modelOf } from "./model.js";
import { type Cacheable, sentMessage } from "./openai-message.js";
import { OPENAI_CHOICES, OPENAI_PREFIXES } from "./openai-models.js";
import { isStrict, jsonSchemaOf, schemaName } from "./output-format.js";
import {
  type CacheOption,
  type Checked,
  cacheOption,
  type RequestArguments,
  render,
  type Sendable,
  Turn,
  textOf,
} from "./sendable.js";
import { type Settings, settingsOf } from "./settings.js";
import { type ObjectSchema, type ToolDefinition, type ToolsOf, toolsOf } from "./tools.js";

const SDK = "OpenAI's Responses API";

const NAMES = {
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
  Settings<P["config"], typeof NAMES, never, typeof OPENAI_CHOICES> extends infer S
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
  prompt: P & Checked<P, typeof NAMES, typeof SDK>,
  ...args: RequestArguments<P, H, CacheOption>
): { instructions?: string; input: (InputMessage | H)[] } & ModelOf<P, (typeof OPENAI_PREFIXES)[number]> &
  ResponseSettings<P> &
  ToolsOf<P, ResponseTool>;
export function toOpenAiResponse(prompt: Sendable, ...args: readonly unknown[]): object {
  const { system, messages, prefix } = render(prompt, args);
  // Messages of the assistant cannot have a mark, nor instructions: with one, system messages are messages.
  const marked = cacheOption(args, false) ? prefix.findLast(({ role }) => role !== "assistant") : undefined;
  const instructions = marked === undefined ? system : [];
  const input = marked === undefined ? messages : [...system, ...messages];
  const { reasoning_effort, verbosity, ...settings } = settingsOf(prompt, {
    sdk: SDK,
    names: NAMES,
    choices: OPENAI_CHOICES,
  }) as Record<string, unknown>;
  const schema = jsonSchemaOf(prompt);
  const text = {
    ...(verbosity === undefined ? {} : { verbosity }),
    ...(schema && { format: { type: "json_schema", name: schemaName(prompt), schema, strict: isStrict(schema) } }),
  };
  return {
    ...modelOf(prompt, OPENAI_PREFIXES),
    ...(instructions.length === 0
      ? {}
      : { instructions: instructions.map((message) => textOf(prompt, message)).join("\n") }),
    input: input.map((message) =>
      message instanceof Turn ? message.message : sentMessage(prompt, message, message === marked, inputPart),
    ),
    ...settings,
    ...(reasoning_effort === undefined ? {} : { reasoning: { effort: reasoning_effort } }),
    ...toolsOf(prompt, responseTool),
    ...(Object.keys(text).length === 0 ? {} : { text }),
  };
}

function inputPart(prompt: Sendable, part: ContentPart): InputContent {
  if (part.type === "text") return { type: "input_text", text: part.text };
  const media = readMedia(prompt, part);
  const { url, kind, data } = media;
  if (kind === "image") return { type: "input_image", image_url: url, detail: "auto" };
  if (kind === "audio" || kind === "video") return refuseMedia(prompt, media, SDK);
  return data === undefined
    ? { type: "input_file", file_url: url }
    : { type: "input_file", file_data: url, filename: fileName(media.type) };
}

function responseTool({ schema, ...tool }: ToolDefinition): ResponseTool {
  return { type: "function", ...tool, parameters: schema, strict: ownProperty(tool, "strict") === true };
}
