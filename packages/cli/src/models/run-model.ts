// Runs a request on a model, and describes what arrives as events.

import type { ModelRequest, RunEvent, RunResult, RunUsage } from "@cuecard/project";
import { type LanguageModel, type LanguageModelUsage, streamText } from "ai";
import { explainFailure, type ModelCall } from "./explain-failure.js";

export interface ModelRun extends ModelCall {
  readonly request: Pick<ModelRequest, "call" | "unsupported" | "parseOutput">;
  readonly languageModel: LanguageModel;
  readonly signal: AbortSignal;
}

// Warnings are events. The SDK would also print them to the terminal.
globalThis.AI_SDK_LOG_WARNINGS = false;

/** In characters: a browser shows no more, and no prompt needs it. */
const MOST_TEXT = 1_000_000;

const NOTES: Readonly<Record<string, string>> = {
  length: "The answer was cut off: it reached the limit of output tokens. Raise max_tokens in the prompt's config.",
  "content-filter": "The provider's content filter stopped the answer.",
  other: "The provider did not say why the answer ended. It may be incomplete.",
  error: "The provider reports that an error ended the answer.",
};

/** Ends after `done` or `error`; without either if it is aborted. */
export async function* runModel(run: ModelRun): AsyncGenerator<RunEvent> {
  const { request, languageModel, signal } = run;
  for (const message of request.unsupported) yield { type: "warning", message };
  const seen = new Progress();
  try {
    const { stream } = streamText({
      ...(request.call as Pick<Parameters<typeof streamText>[0], "messages"> & { messages: [] }),
      model: languageModel,
      abortSignal: signal,
      // A person waits, and wants to know why.
      maxRetries: 0,
      // OpenAI would keep the answer for a month.
      providerOptions: { openai: { store: false } },
      onError: () => {},
    });
    for await (const part of stream) {
      switch (part.type) {
        case "text-delta":
        case "reasoning-delta": {
          const type = part.type === "text-delta" ? "text" : "reasoning";
          seen.part(type, part.text);
          yield { type, text: part.text };
          if (seen.length > MOST_TEXT) {
            yield {
              type: "error",
              problem: "The answer is longer than a million characters, so the run was stopped.",
              hint: "Ask for less, or set max_tokens in the prompt's config.",
            };
            return;
          }
          break;
        }
        case "tool-call":
          seen.tools++;
          seen.first();
          yield { type: "tool-call", name: part.toolName, input: part.input };
          break;
        case "start-step":
          for (const message of (part.warnings ?? []).map(describeWarning)) yield { type: "warning", message };
          break;
        case "error":
          if (!signal.aborted) yield { type: "error", ...explainFailure(part.error, run) };
          return;
        case "abort":
          return;
        case "finish":
          yield { type: "done", ...seen.result(part.finishReason, part.totalUsage, request) };
          return;
        default:
      }
    }
  } catch (error) {
    if (!signal.aborted) yield { type: "error", ...explainFailure(error, run) };
  }
}

/** What has arrived. */
class Progress {
  text = "";
  tools = 0;
  length = 0;
  readonly #started: number = performance.now();
  #firstAfter: number | undefined;

  first(): void {
    this.#firstAfter ??= performance.now() - this.#started;
  }

  part(type: "text" | "reasoning", text: string): void {
    if (text !== "") this.first();
    this.length += text.length;
    if (type === "text") this.text += text;
  }

  result(finishReason: string, usage: LanguageModelUsage, { parseOutput }: ModelRun["request"]): RunResult {
    const isEmpty = this.text.trim() === "" && this.tools === 0;
    const note = NOTES[finishReason] ?? (isEmpty ? "The answer is empty." : undefined);
    return {
      finishReason,
      usage: describeUsage(usage),
      ...(this.#firstAfter === undefined ? {} : { firstAfter: Math.round(this.#firstAfter) }),
      total: Math.round(performance.now() - this.#started),
      ...(parseOutput === undefined || this.tools > 0 ? {} : { answer: checkAnswer(this.text, parseOutput) }),
      ...(note === undefined ? {} : { note }),
    };
  }
}

function checkAnswer(text: string, parseOutput: (answer: string) => unknown): NonNullable<RunResult["answer"]> {
  try {
    return { isValid: true, value: parseOutput(text) };
  } catch (error) {
    return { isValid: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

function describeUsage({
  inputTokens,
  outputTokens,
  inputTokenDetails,
  outputTokenDetails,
}: LanguageModelUsage): RunUsage {
  const all = {
    input: inputTokens,
    output: outputTokens,
    cached: inputTokenDetails?.cacheReadTokens,
    reasoning: outputTokenDetails?.reasoningTokens,
  };
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count !== undefined));
}

interface Warning {
  readonly type: string;
  readonly feature?: string;
  readonly details?: string | undefined;
  readonly message?: string;
}

function describeWarning({ type, feature, details, message }: Warning): string {
  return (
    message ?? details ?? `${feature ?? type} is ${type === "compatibility" ? "changed for" : "not sent to"} this model`
  );
}
