// Calls of models as commands to paste into a terminal.

import { toAnthropic } from "@cuecard/runtime/anthropic";
import { toGoogle } from "@cuecard/runtime/google";
import { toOpenAiChat } from "@cuecard/runtime/openai";

type AnyPrompt = Parameters<typeof toOpenAiChat>[0];

export const PROVIDERS = ["OpenAI", "Anthropic", "Google"] as const;

type Provider = (typeof PROVIDERS)[number];

/** @throws Error if the prompt has something that the provider does not know. */
export function curlOf(provider: Provider, prompt: AnyPrompt, input: Readonly<Record<string, unknown>>): string {
  const args = [prompt, input] as never;
  switch (provider) {
    case "OpenAI":
      return print("https://api.openai.com/v1/chat/completions", ["Authorization: Bearer $OPENAI_API_KEY"], {
        model: "gpt-5",
        ...call(toOpenAiChat, args),
      });
    case "Anthropic":
      return print(
        "https://api.anthropic.com/v1/messages",
        ["x-api-key: $ANTHROPIC_API_KEY", "anthropic-version: 2023-06-01"],
        { model: "claude-sonnet-4-5", max_tokens: 1024, ...call(toAnthropic, args) },
      );
    case "Google": {
      const { model = "gemini-2.5-flash", contents, config = {} } = call(toGoogle, args) as unknown as GoogleRequest;
      return print(
        `https://generativelanguage.googleapis.com/v1beta/models/${model}:generateContent`,
        ["x-goog-api-key: $GEMINI_API_KEY"],
        restOf(contents, config),
      );
    }
  }
}

interface GoogleRequest {
  readonly model?: string;
  readonly contents: unknown;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** The SDK takes these within its settings; the API beside them. */
const BESIDE = ["systemInstruction", "tools", "toolConfig", "safetySettings", "cachedContent"];

function restOf(contents: unknown, config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(config);
  const settings = entries.filter(([name]) => !BESIDE.includes(name));
  return {
    contents,
    ...Object.fromEntries(entries.filter(([name]) => BESIDE.includes(name))),
    ...(settings.length === 0 ? {} : { generationConfig: Object.fromEntries(settings) }),
  };
}

/** The types of prompts are known only when they compile; here any prompt is passed. */
function call(make: (...args: never) => unknown, args: never): Record<string, unknown> {
  return (make as (...values: never[]) => Record<string, unknown>)(...(args as never[]));
}

function print(url: string, headers: readonly string[], body: unknown): string {
  // The shell replaces the variable of the key, and nothing in the body.
  const lines = headers.map((header) => `  -H "${header}" \\\n`).join("");
  const data = quote(JSON.stringify(body, undefined, 2));
  return `curl ${quote(url)} \\\n  -H "Content-Type: application/json" \\\n${lines}  -d ${data}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
