// Calls of model SDKs as services write them: TypeScript that is checked against the SDKs' own types, and run.

/** The prompts, of a provider's model. */
export const promptsOf = (provider: string): Readonly<Record<string, string>> => ({
  "text.md": `---\nmodel: ${provider}/model-1\n---\nSummarize: {{text}}`,
  "chat.md": `---
model: ${provider}/model-1
config: { temperature: 0.2, top_p: 0.9, maxOutputTokens: 300, stop: [END] }
---
{{role "system"}}Answer in one sentence.{{role "user"}}{{question}}`,
  "shots.md": '{{role "system"}}You are {{name}}.{{role "user"}}2+2{{role "assistant"}}4{{role "user"}}{{question}}',
  "talk.md": `---
model: ${provider}/model-1
---
{{role "system"}}Be brief.{{role "user"}}Hi{{role "assistant"}}Hello{{history}}{{role "user"}}{{question}}`,
  "media.md": `---
model: ${provider}/model-1
---
Compare {{media url=photo}} with {{media url=report contentType="application/pdf"}}`,
  "link.md": `---
model: ${provider}/model-1
---
{{role "user"}}{{media url=photo}}What is it?`,
  "tools.md": `---
model: ${provider}/model-1
tools:
  - name: get_weather
    description: Current weather of a city
    inputSchema: { city: string, "unit?(enum)": [celsius, fahrenheit] }
  - type: function
    function: { name: get_time, parameters: { zone: string } }
---
What is the weather in {{city}}?`,
  "team/answer.md": `---
model: ${provider}/model-1
output: { schema: { answer: string, sure: boolean } }
---
{{question}}`,
});

export interface SdkCalls {
  /** The prefix of its models. */
  readonly provider: string;
  /** The statements before the calls: imports, and a client of the server at `url`. */
  readonly setup: string;
  /** A call, given the request. */
  readonly call: (request: string) => string;
  /** Messages of a conversation so far, as the SDK has them. */
  readonly history: string;
  /** Whether cache breakpoints have to be asked for. */
  readonly cache?: true;
  /** Whether its client only speaks HTTP/2. */
  readonly http2?: true;
  /** Prompts that the API has no place for, and what the error says. */
  readonly refused?: Readonly<Record<string, RegExp>>;
  /** What the request needs and a prompt does not have: `max_tokens: 100`. */
  readonly added?: (prompt: string) => string | undefined;
  /** Wrong calls, and what the compiler's message must contain. */
  readonly wrong: readonly (readonly [call: string, ...named: string[]])[];
}

const IMAGE = "data:image/png;base64,iVBORw0KGgo=";
const PDF = "data:application/pdf;base64,JVBERi0=";

/** The arguments of each prompt after itself. */
export const argumentsOf = ({ history, cache }: SdkCalls): Readonly<Record<string, string>> => ({
  text: '{ text: "long" }',
  chat: '{ question: "Why?" }',
  shots: '{ name: "Ada", question: "3+3" }',
  talk: `{ question: "And then?" }, { history: ${history}${cache ? ", cache: true" : ""} }`,
  media: `{ photo: "${IMAGE}", report: "${PDF}" }`,
  link: '{ photo: "https://example.com/a.png" }',
  tools: '{ city: "Paris" }',
  "team/answer": '{ question: "Why?" }',
});

/** Right with every SDK; not run. */
export const RIGHT: readonly string[] = [
  'const found = find("prompts:/chat/1"); if (found !== undefined) to(found, { anything: 1 });',
  'to(load("text", "latest").partial({ text: "x" }));',
  'to(load("tools", "latest"), { city: "x" }, { validate: false, context: {}, history: [] });',
  'const either: "text" | "link" = JSON.parse("1"); to(load(either, "latest"), { text: "x", photo: "y" });',
];

/** Wrong with every SDK. */
export const WRONG: SdkCalls["wrong"] = [
  ['to(load("text", "latest"), {});', "'text'"],
  ['to(load("text", "latest"));', "Expected 2-3 arguments"],
  ['to(load("text", "latest"), { text: "x" }, { histry: [] });', "'histry'"],
  ['to({ ...load("text", "latest"), config: { temprature: 1 } }, { text: "x" });', "has no setting temprature"],
  ['to({ ...load("text", "latest"), tools: ["search" as const] }, { text: "x" });', "the tool search is only a name"],
];

export const SDKS: Readonly<Record<string, SdkCalls>> = {
  "openai-chat": {
    provider: "openai",
    setup: `import OpenAI from "openai";
import { toOpenAiChat as to } from "@cuecard/runtime/openai";
const client = (baseURL: string) => new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });`,
    call: (request) => `client(url).chat.completions.create(${request})`,
    cache: true,
    history: `[
  { role: "user", content: "Time?" },
  { role: "assistant", content: null, tool_calls: [{ id: "c1", type: "function", function: { name: "time", arguments: "{}" } }] },
  { role: "tool", content: "noon", tool_call_id: "c1" },
]`,
    added: (prompt) => (prompt === "shots" ? 'model: "gpt-5"' : undefined),
    wrong: [
      [
        'to({ ...load("text", "latest"), config: { topK: 3 } }, { text: "x" });',
        "OpenAI's Chat Completions API has no setting topK",
      ],
      ['client("").chat.completions.create(to(load("shots", "latest"), { name: "a", question: "b" }));', "'model'"],
      [
        'client("").chat.completions.create(to({ ...load("text", "latest"), config: { temperature: "hot" } }, { text: "x" }));',
        "'string'",
      ],
    ],
  },
  "openai-responses": {
    provider: "openai",
    setup: `import OpenAI from "openai";
import { toOpenAiResponse as to } from "@cuecard/runtime/openai";
const client = (baseURL: string) => new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });`,
    call: (request) => `client(url).responses.create(${request})`,
    cache: true,
    history: `[
  { role: "user", content: "Time?" },
  { type: "function_call", call_id: "c1", name: "time", arguments: "{}" },
  { type: "function_call_output", call_id: "c1", output: "noon" },
]`,
    refused: { chat: /OpenAI's Responses API has no setting stop/ },
    wrong: [['to(load("chat", "latest"), { question: "x" });', "OpenAI's Responses API has no setting stop"]],
  },
  anthropic: {
    provider: "anthropic",
    setup: `import Anthropic from "@anthropic-ai/sdk";
import { toAnthropic as to } from "@cuecard/runtime/anthropic";
const client = (baseURL: string) => new Anthropic({ baseURL, apiKey: "none", maxRetries: 0 });`,
    call: (request) => `client(url).messages.create(${request})`,
    history: `[
  { role: "user", content: "Time?" },
  { role: "assistant", content: [{ type: "tool_use" as const, id: "c1", name: "time", input: {} }] },
  { role: "user", content: [{ type: "tool_result" as const, tool_use_id: "c1", content: "noon" }] },
]`,
    added: (prompt) =>
      prompt === "chat" ? undefined : `max_tokens: 100${prompt === "shots" ? ', model: "claude"' : ""}`,
    wrong: [
      ['to({ ...load("text", "latest"), config: { seed: 3 } }, { text: "x" });', "Anthropic's API has no setting seed"],
      ['client("").messages.create(to(load("text", "latest"), { text: "x" }));', "'max_tokens'"],
    ],
  },
  "ai-sdk": {
    provider: "anthropic",
    setup: `import { createGateway, generateText } from "ai";
import { toAiSdk as to } from "@cuecard/runtime/ai-sdk";
const model = (baseURL: string) => createGateway({ baseURL, apiKey: "none" })("anthropic/model-1");`,
    call: (request) => `generateText({ ...${request}, model: model(url), maxRetries: 0 })`,
    history: `[
  { role: "user", content: "Time?" },
  { role: "assistant", content: [{ type: "tool-call" as const, toolCallId: "c1", toolName: "time", input: {} }] },
  { role: "tool", content: [{ type: "tool-result" as const, toolCallId: "c1", toolName: "time", output: { type: "text" as const, value: "noon" } }] },
]`,
    wrong: [
      ['to({ ...load("text", "latest"), config: { n: 3 } }, { text: "x" });', "the AI SDK has no setting n"],
      [
        'const n: number = (await generateText(to(load("team/answer", "latest"), { question: "x" }))).output.answer;',
        "'string'",
      ],
    ],
  },
  google: {
    provider: "google",
    setup: `import { GoogleGenAI } from "@google/genai";
import { toGoogle as to } from "@cuecard/runtime/google";
const client = (baseUrl: string) => new GoogleGenAI({ apiKey: "none", httpOptions: { baseUrl } });`,
    call: (request) => `client(url).models.generateContent(${request})`,
    history: `[
  { role: "user", parts: [{ text: "Time?" }] },
  { role: "model", parts: [{ functionCall: { id: "c1", name: "time", args: {} } }] },
  { role: "user", parts: [{ functionResponse: { id: "c1", name: "time", response: { output: "noon" } } }] },
]`,
    added: (prompt) => (prompt === "shots" ? 'model: "gemini"' : undefined),
    wrong: [
      ['to({ ...load("text", "latest"), config: { min_p: 1 } }, { text: "x" });', "Google's API has no setting min_p"],
      ['client("").models.generateContent(to(load("shots", "latest"), { name: "a", question: "b" }));', "'model'"],
    ],
  },
  mistral: {
    provider: "mistral",
    setup: `import { Mistral } from "@mistralai/mistralai";
import { toMistral as to } from "@cuecard/runtime/mistral";
const client = (serverURL: string) => new Mistral({ serverURL, apiKey: "none", retryConfig: { strategy: "none" } });`,
    call: (request) => `client(url).chat.complete(${request})`,
    history: `[
  { role: "user", content: "Time?" },
  { role: "assistant", content: "", toolCalls: [{ id: "c1", function: { name: "time", arguments: {} } }] },
  { role: "tool", content: "noon", toolCallId: "c1" },
]`,
    added: (prompt) => (prompt === "shots" ? 'model: "mistral-large"' : undefined),
    wrong: [
      ['to({ ...load("text", "latest"), config: { topK: 3 } }, { text: "x" });', "Mistral's API has no setting topK"],
      ['client("").chat.complete(to(load("shots", "latest"), { name: "a", question: "b" }));', "'model'"],
    ],
  },
  bedrock: {
    provider: "bedrock",
    setup: `import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { toBedrock as to } from "@cuecard/runtime/bedrock";
const credentials = { accessKeyId: "none", secretAccessKey: "none" };
const client = (endpoint: string) => new BedrockRuntimeClient({ endpoint, credentials, region: "local", maxAttempts: 1 });`,
    call: (request) => `client(url).send(new ConverseCommand(${request}))`,
    http2: true,
    history: `[
  { role: "user", content: [{ text: "Time?" }] },
  { role: "assistant", content: [{ toolUse: { toolUseId: "c1", name: "time", input: {} } }] },
  { role: "user", content: [{ toolResult: { toolUseId: "c1", content: [{ text: "noon" }] } }] },
]`,
    added: (prompt) => (prompt === "shots" ? 'modelId: "amazon.nova"' : undefined),
    cache: true,
    refused: { link: /Bedrock's Converse API needs the type of its media/ },
    wrong: [
      [
        'to({ ...load("text", "latest"), config: { topK: 3 } }, { text: "x" });',
        "Bedrock's Converse API has no setting topK",
      ],
      ['new ConverseCommand(to(load("shots", "latest"), { name: "a", question: "b" }));', "'modelId'"],
    ],
  },
  langchain: {
    provider: "openai",
    setup: `import { AIMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import type { BaseMessageLike } from "@langchain/core/messages";
import { ChatOpenAI, type ChatOpenAIFields } from "@langchain/openai";
import { toLangChain as to } from "@cuecard/runtime/langchain";
interface Request {
  model: string; settings: ChatOpenAIFields; messages: BaseMessageLike[]; options: { stop?: string[] };
  tools?: Record<string, unknown>[]; schema?: Record<string, unknown>;
}
const invoke = (baseURL: string, { model, settings, messages, options, tools, schema }: Request) => {
  const chat = new ChatOpenAI({ model, ...settings, apiKey: "none", maxRetries: 0, configuration: { baseURL } });
  if (schema !== undefined) return chat.withStructuredOutput(schema).invoke(messages);
  return (tools === undefined ? chat : chat.bindTools(tools)).invoke(messages, options);
};`,
    call: (request) => `invoke(url, ${request})`,
    history: `[
  new HumanMessage("Time?"),
  new AIMessage({ content: "", tool_calls: [{ id: "c1", name: "time", args: {} }] }),
  new ToolMessage({ content: "noon", tool_call_id: "c1" }),
]`,
    added: (prompt) => (prompt === "shots" ? 'model: "gpt"' : undefined),
    wrong: [
      ['to({ ...load("text", "latest"), config: { topK: 3 } }, { text: "x" });', "LangChain has no setting topK"],
      ['invoke("", to(load("shots", "latest"), { name: "a", question: "b" }));', "'model'"],
    ],
  },
};
