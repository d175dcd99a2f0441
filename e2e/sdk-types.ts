// A chat prompt's messages go straight into the calls of the SDKs that services use: no mapping, no cast. Nothing here is
// run; it is type-checked with the rest of this folder, against the SDKs' own types.

import type Anthropic from "@anthropic-ai/sdk";
import type { ConverseCommandInput } from "@aws-sdk/client-bedrock-runtime";
import { load, type PromptOutput } from "@cuecard/prompts";
import { toAiSdk } from "@cuecard/runtime/ai-sdk";
import { toAnthropic } from "@cuecard/runtime/anthropic";
import { toBedrock } from "@cuecard/runtime/bedrock";
import { toGoogle } from "@cuecard/runtime/google";
import { toLangChain } from "@cuecard/runtime/langchain";
import { toMistral } from "@cuecard/runtime/mistral";
import { toOpenAiChat, toOpenAiResponse } from "@cuecard/runtime/openai";
import type { GenerateContentParameters } from "@google/genai";
import type { BaseMessageLike } from "@langchain/core/messages";
import type { ChatOpenAIFields } from "@langchain/openai";
import type { ChatCompletionRequest } from "@mistralai/mistralai/models/components";
import { type generateText, jsonSchema, type Schema } from "ai";
import type OpenAI from "openai";

const triage = load("incident_triage", "production");
const input = { alert: "Spending doubled", on_call: "Ada" };
const all = triage.messages(input);
const text = load("cost_analyst_prompt", "production").messages({ user_context: "admin", query: "What did we spend?" });

/** The AI SDK takes the system text apart from the messages. */
export const aiSdk: Pick<Parameters<typeof generateText>[0], "system" | "messages"> = triage.format(input);

/** A prompt with an `output.schema` has one for every version: no check for `undefined`. */
export const answer: Schema<PromptOutput<"incident_triage", "production">> = jsonSchema(triage.outputSchema);

export const openai: OpenAI.ChatCompletionCreateParams = { model: triage.model, messages: all };

export const anthropic: Anthropic.MessageCreateParams = {
  model: triage.model,
  max_tokens: triage.config.maxOutputTokens,
  ...triage.format(input),
};

export const langchain: BaseMessageLike[] = all;

/** The conversation so far keeps the SDK's own types, tool calls included. */
declare const openaiTurns: Exclude<OpenAI.ChatCompletionMessageParam, { role: "system" | "developer" | "function" }>[];
export const openaiAgent: OpenAI.ChatCompletionMessageParam[] = triage.messages(input, { history: openaiTurns });
declare const anthropicTurns: Anthropic.MessageParam[];
export const anthropicAgent: Pick<Anthropic.MessageCreateParams, "messages"> = {
  messages: triage.format(input, { history: anthropicTurns.filter(isTurn) }).messages,
};
declare const isTurn: (
  message: Anthropic.MessageParam,
) => message is Anthropic.MessageParam & { role: "user" | "assistant" };

export const texts: [OpenAI.ChatCompletionMessageParam[], Anthropic.MessageParam[], BaseMessageLike[]] = [
  text,
  text,
  text,
];

/** Requests that the functions for SDKs make; sdk-requests.test.ts has all kinds of prompts. */
const { messages, model, settings } = toLangChain(triage, input);
export const requests: [
  OpenAI.ChatCompletionCreateParamsNonStreaming,
  OpenAI.Responses.ResponseCreateParamsNonStreaming,
  Anthropic.MessageCreateParamsNonStreaming,
  Parameters<typeof generateText>[0],
  GenerateContentParameters,
  ChatCompletionRequest,
  ConverseCommandInput,
  [BaseMessageLike[], ChatOpenAIFields],
] = [
  toOpenAiChat(triage, input),
  toOpenAiResponse(triage, input),
  toAnthropic(triage, input),
  toAiSdk(triage, input),
  toGoogle(triage, input),
  toMistral(triage, input),
  toBedrock(triage, input),
  [messages, { model, ...settings }],
];
