// Sets what a prompt's telemetry() gives on OpenTelemetry's active span. Needs @opentelemetry/api, which a service with tracing has.

import { trace } from "@opentelemetry/api";
import type { PromptTelemetry, TelemetryOptions } from "../telemetry.js";
import type { InputOfPrompt, Recorded } from "./traced.js";

/** Part of OpenTelemetry's `Span`. */
interface RecordingSpan {
  isRecording(): boolean;
  setAttributes(attributes: PromptTelemetry): unknown;
}

export interface RecordOptions extends TelemetryOptions {
  /** The span that gets the attributes. Default: the active one. */
  readonly span?: RecordingSpan | undefined;
}

/**
 * Records on a span which version of a prompt a call uses and, with an input, the values of its variables, except the private ones. Does
 * nothing without an active span, and on a span that is not sampled.
 *
 * @param input What `format` or `messages` gets. Without it, no values are recorded.
 * @example
 * ```ts
 * const prompt = load("cost_analyst", "production");
 * recordPrompt(prompt, input);
 * const text = prompt.format(input);
 * ```
 */
export function recordPrompt<I>(prompt: Recorded<I>, input?: InputOfPrompt<I>, options?: RecordOptions): void {
  const span: RecordingSpan | undefined = options?.span ?? trace.getActiveSpan();
  if (span?.isRecording()) span.setAttributes(prompt.telemetry(input, options));
}

export type { PromptTelemetry } from "../telemetry.js";
