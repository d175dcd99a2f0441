// What pages of `cuecard dev` send to run a prompt on a model, and what they get. Types only.

/** `models`: on which models a prompt can run. */
export interface ModelsRequest {
  /** The prompt's own, as it is written: `anthropic/claude-sonnet-4`. */
  readonly model?: string;
}

export type Models =
  /** `cuecard dev` was started without `--model-calls`. */
  | { readonly isOn: false }
  | {
      readonly isOn: true;
      /** Empty if no key and no server is set. */
      readonly providers: readonly ModelProvider[];
      /** What to begin with; left out if there is no provider. `model` is empty if none is known. */
      readonly chosen?: ModelChoice;
      /** Why `chosen` is not the prompt's own model. */
      readonly note?: string;
    };

export interface ModelProvider {
  /** `openai`, `anthropic`, `google`, or `compatible`: another server with OpenAI's API. */
  readonly id: string;
  /** As people know it: `OpenAI`. */
  readonly name: string;
  /** Where prompts are sent: `api.openai.com`. */
  readonly host: string;
  /** What it offers, as it says itself. */
  readonly models: readonly string[];
  /** Why it did not say. */
  readonly problem?: RunFailure;
}

export interface ModelChoice {
  /** The `id` of the provider. */
  readonly provider: string;
  /** As the provider knows it: `claude-sonnet-4`. */
  readonly model: string;
}

/** `run`: runs a version with an input. The answer is a stream: a {@link RunEvent} as JSON on each line. */
export interface RunRequest extends ModelChoice {
  /** Of the prompt. */
  readonly name: string;
  /** `v3` or `working`. */
  readonly version: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The whole text of an edited prompt, in place of its file. */
  readonly text?: string;
}

export type RunEvent =
  /** The next part of the answer, or of what the model thinks before it answers. */
  | { readonly type: "text" | "reasoning"; readonly text: string }
  /** The model asks for a tool. Nothing calls it. */
  | { readonly type: "tool-call"; readonly name: string; readonly input: unknown }
  /** Something was not sent as the prompt has it. */
  | { readonly type: "warning"; readonly message: string }
  /** The run failed; what came before it stays. No event follows. */
  | ({ readonly type: "error" } & RunFailure)
  | ({ readonly type: "done" } & RunResult);

export interface RunFailure {
  /** One sentence. */
  readonly problem: string;
  /** What to do. */
  readonly hint: string;
  /** What the provider said. */
  readonly detail?: string;
  /** After how many seconds the provider wants to be asked again. */
  readonly retryAfter?: number;
}

export interface RunResult {
  /** `stop`, `length`, `content-filter`, `tool-calls`, `error`, `other`. */
  readonly finishReason: string;
  /** In tokens, as the provider counted; left out if it did not. */
  readonly usage: RunUsage;
  /** Until the first part of the answer, and in all. In milliseconds. */
  readonly firstAfter?: number;
  readonly total: number;
  /** Whether the answer fits the prompt's output schema; left out without a schema, and if tools were asked for. */
  readonly answer?:
    | { readonly isValid: true; readonly value: unknown }
    | { readonly isValid: false; readonly problem: string };
  /** What the finish reason means, if it is not that the answer is complete. */
  readonly note?: string;
}

export interface RunUsage {
  readonly input?: number;
  readonly output?: number;
  /** Part of `input`: what the provider had in its cache. */
  readonly cached?: number;
  /** Part of `output`: what the model thought. */
  readonly reasoning?: number;
}
