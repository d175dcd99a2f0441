// A chat prompt's messages go straight into the calls of the SDKs that services use: no mapping, no cast. Nothing here is
// run; it is type-checked with the rest of this folder, against the SDKs' own types.

import type Anthropic from "@anthropic-ai/sdk";
import { load, type PromptOutput } from "@cuecard/prompts";
import type { BaseMessageLike } from "@langchain/core/messages";
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
