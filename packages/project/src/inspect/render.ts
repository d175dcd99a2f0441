// Rendering a version with an input, in this process. Only this, and comparing examples, runs the project's helpers.

import type { HelperFunction, RunningPrompt } from "@cuecard/build";
import type { Diagnostic } from "@cuecard/model";
import { PromptInputError } from "@cuecard/runtime";
import { type LoadedVersion, loadVersion } from "../compile/load-version.js";
import { HelperError } from "../helpers/helper-error.js";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";

export interface RenderOptions {
  /** Identifies the caller, and selects the version of a weighted alias. */
  readonly key?: string | undefined;
}

/** A message of a rendered prompt. */
export type RenderedMessage = ReturnType<RunningPrompt["messages"]>[number];

/** A version with its values inserted. */
export interface Rendered {
  readonly version: LoadedVersion;
  /** All messages in their order; a text prompt is one message of the user. */
  readonly messages: readonly RenderedMessage[];
  /**
   * What the package's `format` returns: the text of a text prompt, `{ system, messages }` of a chat prompt. `undefined` if
   * a system message holds media, for which only `messages` has a place.
   */
  readonly formatted: string | FormattedChat | undefined;
}

export interface FormattedChat {
  readonly system: string | undefined;
  readonly messages: readonly RenderedMessage[];
}

/** The version exists but could not be rendered with the input. */
export interface RenderRefused {
  readonly kind: "refused";
  readonly version: LoadedVersion;
  /** `input`: a value is missing or of a wrong type. `helpers`: a helper, or its module, failed. */
  readonly cause: "input" | "helpers";
  readonly problem: string;
  readonly diagnostics: readonly Diagnostic[];
}

export type RenderOutcome = Outcome<Rendered> | RenderRefused;

export async function render(
  project: Project,
  reference: string,
  input: Readonly<Record<string, unknown>>,
  { key }: RenderOptions,
): Promise<RenderOutcome> {
  const loaded = await loadVersion(project, reference, key);
  if (loaded.kind !== "found") return loaded;
  const { value: version, diagnostics } = loaded;
  try {
    const prompt = await startPrompt(project, version);
    const messages = prompt.messages(input);
    const hasMedia = messages.some(({ role, content }) => role === "system" && typeof content !== "string");
    const formatted = hasMedia ? undefined : prompt.format(input);
    return { kind: "found", value: { version, messages, formatted }, diagnostics };
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal === undefined) throw error;
    return { kind: "refused", version, ...refusal, diagnostics };
  }
}

/**
 * The version as a running prompt. The helpers module is loaded, and so run, only if the version calls a helper.
 *
 * @param own Functions that are not the project's.
 */
export async function startPrompt(
  project: Project,
  { compiled, helpers }: Pick<LoadedVersion, "compiled" | "helpers">,
  own: ReadonlyMap<string, HelperFunction> = new Map(),
): Promise<RunningPrompt> {
  const { instantiate } = await project.compiler();
  let functions: ReadonlyMap<string, HelperFunction> = new Map();
  if (helpers !== undefined && compiled.content.render.helpers.some((name) => !own.has(name))) {
    const { loadHelperFunctions } = await import("../helpers/load-functions.js");
    functions = await loadHelperFunctions(project.dir, helpers);
  }
  return instantiate(compiled, new Map([...functions, ...own]));
}

/**
 * Why a version was not rendered; `undefined` for an error that is a bug.
 *
 * @param what What rejects an input, in place of the version's URI: the texts of two commits have the same one.
 */
export function readRefusal(
  error: unknown,
  what?: string | undefined,
): Pick<RenderRefused, "cause" | "problem"> | undefined {
  if (error instanceof HelperError) return { cause: "helpers", problem: error.message };
  if (!(error instanceof PromptInputError)) return undefined;
  const { message } = what === undefined ? error : new PromptInputError(what, error.issues);
  return { cause: "input", problem: message };
}
