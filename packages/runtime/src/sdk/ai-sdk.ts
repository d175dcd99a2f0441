// Calls of the AI SDK (`generateText`, `streamText`, agents): https://ai-sdk.dev/docs/reference/ai-sdk-core/generate-text

import type { ContentPart } from "../content.js";
import type { JsonSchema } from "../json-schema.js";
import { ownProperty } from "../safe-members.js";
import { readMedia } from "./media.js";
import { type ModelOf, modelOf } from "./model.js";
import { jsonSchemaOf, schemaName } from "./output-format.js";
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
import { definitionOf } from "./tools.js";

export { PromptRequestError } from "./request-error.js";

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
  max_retries: "maxRetries",
} as const;

type Message = Cacheable & ({ role: "user"; content: string | Part[] } | { role: "assistant"; content: string });

type SystemMessage = Cacheable & { role: "system"; content: string };

/** What the providers of Anthropic's models read; others ignore it. */
interface Cacheable {
  providerOptions?: {
    anthropic: { cacheControl: { type: "ephemeral" } };
    bedrock: { cachePoint: { type: "default" } };
  };
}
type Part = { type: "text"; text: string } | { type: "file"; data: string; mediaType: string };

/** A tool without `execute`: its calls are in the result. */
interface Tool {
  description?: string;
  strict?: boolean;
  inputSchema: StandardJsonSchema;
}

/** https://standardschema.dev/json-schema, as far as the AI SDK reads it. */
interface StandardJsonSchema {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "cuecard";
    readonly validate: (value: unknown) => { readonly value: unknown };
    readonly jsonSchema: { readonly input: () => JsonSchema; readonly output: () => JsonSchema };
  };
}

/** The names of tools, as `generateText` has them. */
type ToolsByName<P extends Sendable> = [P["tools"][number]] extends [never]
  ? unknown
  : unknown extends P["tools"][number]
    ? { tools?: Record<string, Tool> }
    : { tools: { [T in P["tools"][number] as NameOf<T>]: Tool } };

type NameOf<T> = T extends { readonly name: infer Name extends string }
  ? Name
  : T extends { readonly function: { readonly name: infer Name extends string } }
    ? Name
    : never;

/** What `Output.object` of the AI SDK makes, with the prompt's own parser. */
interface AnswerFormat<Answer> {
  name: string;
  responseFormat: Promise<{ type: "json"; schema: JsonSchema; name: string }>;
  parseCompleteOutput(answer: { text: string }): Promise<Answer>;
  /** The text so far: the SDK keeps text back until this has a value. */
  parsePartialOutput(answer: { text: string }): Promise<{ partial: string }>;
  createElementStreamTransform(): undefined;
}

type OutputOf<P extends Sendable> = [P["outputSchema"]] extends [undefined]
  ? unknown
  : { output?: AnswerFormat<P extends { parseOutput(answer: unknown): infer Answer } ? Answer : unknown> };

type AiSdkTurn = { readonly role: "user" | "assistant" | "tool" };

/**
 * What a prompt contributes to a call of the AI SDK: `messages`, and if it has them `instructions` (the system messages), `model`,
 * settings, `tools` and `output`. The model's name keeps its prefix, by which the SDK's gateway finds it; or replace `model` by that
 * of a provider.
 *
 * @throws PromptInputError for a wrong input, PromptRequestError if the SDK has no place for something.
 * @example
 * ```ts
 * await generateText({ ...toAiSdk(load("triage", "production"), { alert }), model: anthropic("claude-sonnet-4") });
 * ```
 */
export function toAiSdk<P extends Sendable, H extends AiSdkTurn = never>(
  prompt: P & Checked<P, typeof NAMES, "the AI SDK">,
  ...args: RequestArguments<P, H, CacheOption>
): { instructions?: string | SystemMessage[]; messages: (Message | H)[] } & ModelOf<P> &
  Settings<P["config"], typeof NAMES, "stopSequences"> &
  ToolsByName<P> &
  OutputOf<P>;
export function toAiSdk(prompt: Sendable, ...args: readonly unknown[]): object {
  const { system, messages, prefix } = render(prompt, args);
  const model = modelOf(prompt);
  const isOfAnthropic = String(ownProperty(model, "model")).startsWith("anthropic/");
  const marked = cacheOption(args, isOfAnthropic) ? prefix.at(-1) : undefined;
  const mark = (message: TemplateMessage): Cacheable => (message === marked ? cacheMark() : {});
  const texts = system.map((message) => textOf(prompt, message));
  const schema = jsonSchemaOf(prompt);
  return {
    ...model,
    ...(system.length === 0
      ? {}
      : {
          instructions: marked
            ? system.map((message, index) => ({ role: "system", content: texts[index], ...mark(message) }))
            : texts.join("\n"),
        }),
    messages: messages.map((message) =>
      message instanceof Turn ? message.message : { ...sentMessage(prompt, message), ...mark(message) },
    ),
    ...settingsOf(prompt, { sdk: "the AI SDK", names: NAMES, lists: ["stopSequences"] }),
    ...(prompt.tools.length === 0 ? {} : { tools: toolsByName(prompt) }),
    ...(schema && { output: answerFormat(prompt, schema) }),
  };
}

function cacheMark(): Cacheable {
  return {
    providerOptions: {
      anthropic: { cacheControl: { type: "ephemeral" } },
      bedrock: { cachePoint: { type: "default" } },
    },
  };
}

function sentMessage(prompt: Sendable, message: TemplateMessage): Message {
  const { role, content } = message;
  if (role === "user")
    return { role, content: typeof content === "string" ? content : content.map((part) => sentPart(prompt, part)) };
  return role === "assistant" ? { role, content: textOf(prompt, message) } : refuseTool(prompt);
}

function sentPart(prompt: Sendable, part: ContentPart): Part {
  if (part.type === "text") return part;
  const { url, type, data } = readMedia(prompt, part);
  return { type: "file", data: data ?? url, mediaType: type ?? "image/*" };
}

function toolsByName(prompt: Sendable): Record<string, Tool> {
  const tools: Record<string, Tool> = Object.create(null);
  for (const tool of prompt.tools) {
    const definition = definitionOf(prompt, tool);
    if (definition === undefined)
      throw new PromptRequestError(
        prompt.uri,
        "the AI SDK takes provider tools as functions; pass { ...prompt, tools: [] } and add them to the call",
      );
    const { name, schema, ...rest } = definition;
    tools[name] = { ...rest, inputSchema: standardSchema(schema) };
  }
  return tools;
}

function standardSchema(schema: JsonSchema): StandardJsonSchema {
  return {
    "~standard": {
      version: 1,
      vendor: "cuecard",
      validate: (value) => ({ value }),
      jsonSchema: { input: () => schema, output: () => schema },
    },
  };
}

function answerFormat(prompt: Sendable, schema: JsonSchema): AnswerFormat<unknown> {
  const parseOutput = (ownProperty(prompt, "parseOutput") ?? JSON.parse) as (answer: string) => unknown;
  return {
    name: "object",
    responseFormat: Promise.resolve({ type: "json", schema, name: schemaName(prompt) }),
    parseCompleteOutput: async ({ text }) => parseOutput(text),
    parsePartialOutput: async ({ text }) => ({ partial: text }),
    createElementStreamTransform: () => undefined,
  };
}
