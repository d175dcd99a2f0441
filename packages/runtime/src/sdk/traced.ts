// What the functions for tracing tools take.

import type { PromptTelemetry, TelemetryOptions } from "../telemetry.js";

/** A prompt of a generated package. */
export interface Traced {
  readonly name: string;
  readonly version: number | "working";
}

/** A prompt whose telemetry is recorded. */
export interface Recorded<I> {
  telemetry(input?: I, options?: TelemetryOptions): PromptTelemetry;
}

/** The prompt alone decides on the type of the input. TypeScript has `NoInfer` since 5.4. */
export type InputOfPrompt<I> = [I][I extends unknown ? 0 : never];
