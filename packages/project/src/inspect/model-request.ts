// What a model is sent for a version and an input, as the AI SDK takes it. Nothing is sent from here.

import type { RunningPrompt } from "@cuecard/build";
import { type Diagnostic, PROMPT_EXTENSION } from "@cuecard/model";
import { parseRef } from "@cuecard/registry";
import { PromptRequestError, toAiSdk } from "@cuecard/runtime/ai-sdk";
import { type LoadedVersion, loadFrom, loadVersion } from "../compile/load-version.js";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { type RenderedMessage, type RenderOptions, readRefusal, startPrompt } from "./render.js";

export interface ModelRequestOptions extends RenderOptions {
  /** Whether a version that calls the project's helpers is rendered, which runs them. Default: no. */
  readonly runsHelpers?: boolean | undefined;
  /** The whole text of an edited prompt, in place of its file. Then the reference is that of the working file: `greet@working`. */
  readonly source?: string | undefined;
}

export interface ModelRequest {
  readonly version: LoadedVersion;
  /** All messages in their order. */
  readonly messages: readonly RenderedMessage[];
  /** What `generateText` and `streamText` of `ai` take: instructions, messages, settings, tools, output; `model` as it is written. */
  readonly call: Readonly<Record<string, unknown>>;
  /** Settings and tools that the AI SDK has no place for, each with the reason. They are not part of the call. */
  readonly unsupported: readonly string[];
  /** Reads the model's answer as services do; left out if the prompt has no output schema. Throws if the answer does not fit it. */
  readonly parseOutput?: (answer: string) => unknown;
}

/** The version exists but gives no request for this input. */
export interface ModelRequestRefused {
  readonly kind: "refused";
  readonly version: LoadedVersion;
  /**
   * - `input`: a value is missing or of a wrong type.
   * - `helpers`: a helper, or its module, failed, or must not run.
   * - `request`: the AI SDK has no place for something in the messages.
   */
  readonly cause: "input" | "helpers" | "request";
  readonly problem: string;
  readonly diagnostics: readonly Diagnostic[];
}

export type ModelRequestOutcome = Outcome<ModelRequest> | ModelRequestRefused;

/** What the function for the AI SDK reads of a prompt, and a running prompt has. */
type Sent = RunningPrompt & {
  readonly config: Readonly<Record<string, unknown>>;
  readonly tools: readonly unknown[];
};

type Input = Readonly<Record<string, unknown>>;

export async function modelRequest(
  project: Project,
  reference: string,
  input: Input,
  { key, runsHelpers = false, source }: ModelRequestOptions,
): Promise<ModelRequestOutcome> {
  const loaded =
    source === undefined
      ? await loadVersion(project, reference, key)
      : await loadFrom(withDraft(project, reference, source), reference, key);
  if (loaded.kind !== "found") return loaded;
  const { value: version, diagnostics } = loaded;
  const refuse = (cause: ModelRequestRefused["cause"], problem: string): ModelRequestRefused => ({
    ...{ kind: "refused", version, cause, problem, diagnostics },
  });
  const { helpers } = version.compiled.content.render;
  if (helpers.length > 0 && !runsHelpers)
    return refuse(
      "helpers",
      `it calls helpers of the project (${helpers.join(", ")}), which run only if that is allowed`,
    );
  try {
    const prompt = (await startPrompt(project, version)) as Sent;
    const messages = prompt.messages(input);
    const { parseOutput } = prompt;
    const value = {
      version,
      messages,
      ...callOf(prompt, input),
      ...(parseOutput === undefined ? {} : { parseOutput }),
    };
    return { kind: "found", value, diagnostics };
  } catch (error) {
    if (error instanceof PromptRequestError) return refuse("request", error.message);
    const refusal = readRefusal(error);
    if (refusal === undefined) throw error;
    return refuse(refusal.cause, refusal.problem);
  }
}

function withDraft(project: Project, reference: string, source: string): Project {
  const name = parseRef(reference)?.name ?? "";
  return project.about([name], new Map([[`${project.config.prompts}/${name}${PROMPT_EXTENSION}`, source]]));
}

/** @throws PromptRequestError if the messages cannot be sent. */
function callOf(prompt: Sent, input: Input): Pick<ModelRequest, "call" | "unsupported"> {
  const whole = request(prompt, input);
  if (!(whole instanceof PromptRequestError)) return { call: whole, unsupported: [] };
  // One by one, to find out which cannot be sent: a person who tries a prompt cannot pass a copy of it, as code can.
  const unsupported: string[] = [];
  const isSent = (part: Partial<Pick<Sent, "config" | "tools">>) => {
    const alone = request({ ...prompt, config: {}, tools: [], ...part }, input);
    if (alone instanceof PromptRequestError) unsupported.push(alone.message);
    return !(alone instanceof PromptRequestError);
  };
  const rest = request({ ...prompt, config: {}, tools: [] }, input);
  if (rest instanceof PromptRequestError) throw rest;
  const config = Object.fromEntries(
    Object.entries(prompt.config).filter(([name, value]) => isSent({ config: { [name]: value } })),
  );
  const tools = prompt.tools.filter((tool) => isSent({ tools: [tool] }));
  const call = request({ ...prompt, config, tools }, input);
  if (call instanceof PromptRequestError) throw call;
  return { call, unsupported };
}

function request(prompt: Sent, input: Input): Readonly<Record<string, unknown>> | PromptRequestError {
  try {
    // The types of prompts are known only when they compile; here any prompt is passed.
    return (toAiSdk as unknown as (prompt: Sent, input: Input) => Readonly<Record<string, unknown>>)(prompt, input);
  } catch (error) {
    if (error instanceof PromptRequestError) return error;
    throw error;
  }
}
