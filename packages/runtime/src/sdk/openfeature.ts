// Feature flags that name a prompt's version, through any OpenFeature client (https://openfeature.dev/docs/reference/concepts/evaluation-api).
// The flag is asked for each call; what it names is used only if the caller's code works with it.

import { PromptArgumentError } from "../errors.js";
import { FLAG_POINTERS, type FlagPointers, isRefusal, type Refusal } from "../follow/flag-pointers.js";
import { describeValue, inLine } from "../issue.js";
import { normalizeRef, parsePromptUri } from "../uri.js";

export { PromptArgumentError } from "../errors.js";

/** What an OpenFeature client returns for a flag: `EvaluationDetails<string>`. */
export interface FlagDetails {
  readonly flagKey: string;
  readonly value: string;
  readonly variant?: string;
  readonly reason?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** The part of an OpenFeature client that is used; the server SDK's `Client` has it. */
export interface FlagClient<Context, Options> {
  getStringDetails(
    flagKey: string,
    defaultValue: string,
    context?: Context,
    options?: Options,
  ): FlagDetails | Promise<FlagDetails>;
}

/** `prompts` of a package's entry point `follow`. */
export interface FlaggedPackage<Load> {
  readonly follow: (options: never) => { readonly load: Load };
}

/** Why the prompt is the compiled one, although a flag was asked. */
export interface FlagFallback {
  /**
   * `flag-error`: the client reports an error. `no-value`: the flag is empty. `not-loaded`: `choose` did not call `load`. Otherwise: why the
   * flag's value was refused.
   */
  readonly code: "flag-error" | "no-value" | "not-loaded" | Refusal["code"];
  readonly reason: string;
}

/** A prompt, and what decided about its version. */
export interface FlaggedPrompt<Prompt> {
  readonly prompt: Prompt;
  /** As the client returned them: value, variant, reason. */
  readonly flag: FlagDetails;
  /** `undefined` if the flag's value was used, also where it names the compiled version. */
  readonly fallback: FlagFallback | undefined;
}

export interface FlaggedPrompts<Load, Context, Options> {
  /**
   * Asks a flag, and loads the prompt that it names: a version (`v7`, `7`), an alias, `latest`, or a URI of the same prompt. If the flag
   * fails, or names what the caller's code was not compiled for, this is the prompt that the code names.
   *
   * @param context `targetingKey` is also the key of weighted aliases.
   * @param choose Loads the prompt, as without a flag: `(load, caller) => load("greet", "production", caller)`. May be asynchronous.
   * @param options Passed to the client: hooks of this evaluation.
   * @throws PromptArgumentError, PromptNotFoundError: what `choose` throws.
   */
  load<Prompt>(
    flagKey: string,
    context: Context & { readonly targetingKey: string },
    choose: (load: Load, caller: { readonly key: string }) => Prompt,
    options?: Options,
  ): Promise<FlaggedPrompt<Awaited<Prompt>>>;
}

/**
 * Loads prompts whose versions feature flags select.
 *
 * @param prompts What `<package>/follow` exports.
 * @throws PromptArgumentError for other values.
 * @example
 * ```ts
 * const flags = withFlags(prompts, OpenFeature.getClient());
 * const { prompt } = await flags.load("analyst-version", { targetingKey: user.id }, (load) =>
 *   load("cost_analyst", "production"),
 * );
 * ```
 */
export function withFlags<Load, Context, Options>(
  prompts: FlaggedPackage<Load>,
  client: FlagClient<Context, Options>,
): FlaggedPrompts<Load, Context, Options> {
  const pointers = pointersOf(prompts);
  if (typeof (client as FlagClient<Context, Options> | undefined)?.getStringDetails !== "function")
    throw new PromptArgumentError(
      `pass an OpenFeature client, such as OpenFeature.getClient(), not ${describeValue(client)}`,
    );
  return Object.freeze({
    async load<Prompt>(
      flagKey: string,
      context: Context & { readonly targetingKey: string },
      choose: (load: Load, caller: { readonly key: string }) => Prompt,
      options?: Options,
    ): Promise<FlaggedPrompt<Awaited<Prompt>>> {
      if (typeof choose !== "function")
        throw new PromptArgumentError(`pass a function that loads the prompt, not ${describeValue(choose)}`);
      const { flag, value, problem } = await ask(() => client.getStringDetails(flagKey, "", context, options), flagKey);
      const key = keyOf(context);
      let isLoaded = false;
      let fallback = problem;
      const load = (...args: readonly unknown[]): object => {
        isLoaded = true;
        const found = fallback ?? pointers.find(requestOf(args), value, key);
        if (found === undefined) return pointers.load(...args);
        if (!isRefusal(found)) return found;
        fallback = { code: found.code, reason: found.reason };
        return pointers.load(...args);
      };
      const prompt = await choose(load as Load, (key === undefined ? {} : { key }) as { readonly key: string });
      if (!isLoaded) fallback ??= { code: "not-loaded", reason: "the function did not call the `load` that it got" };
      return Object.freeze({ prompt, flag, fallback });
    },
  });
}

function pointersOf(prompts: FlaggedPackage<unknown> | undefined): FlagPointers {
  const follow = prompts?.follow as { readonly [FLAG_POINTERS]?: FlagPointers } | undefined;
  const pointers = follow?.[FLAG_POINTERS];
  if (pointers !== undefined) return pointers;
  throw new PromptArgumentError(
    `pass the \`prompts\` that the entry point \`follow\` of a generated package exports, not ${describeValue(prompts)}`,
  );
}

interface Answer {
  readonly flag: FlagDetails;
  readonly value: string;
  readonly problem: FlagFallback | undefined;
}

/** A client returns errors. Whatever it does instead, a flag must not break the call. */
async function ask(evaluate: () => FlagDetails | Promise<FlagDetails>, flagKey: string): Promise<Answer> {
  try {
    const flag: unknown = await evaluate();
    // Each member is read once, here: a getter may throw.
    const { value, errorCode, errorMessage } = Object(flag) as { readonly [name in keyof FlagDetails]?: unknown };
    if (typeof value !== "string") return failed(flagKey, `the client returned ${describeValue(flag)}`);
    return { flag: flag as FlagDetails, value, problem: problemOf(flagKey, value, errorCode, errorMessage) };
  } catch (error) {
    return failed(flagKey, messageOf(error));
  }
}

function failed(flagKey: string, errorMessage: string): Answer {
  const flag = { flagKey, value: "", reason: "ERROR", errorCode: "GENERAL", errorMessage };
  return { flag, value: "", problem: problemOf(flagKey, "", flag.errorCode, errorMessage) };
}

/** Clients in JavaScript may return anything: `null` for no error, and an error without a text. */
function problemOf(
  flagKey: string,
  value: string,
  errorCode: unknown,
  errorMessage: unknown,
): FlagFallback | undefined {
  if (errorCode !== undefined && errorCode !== null) {
    const code = typeof errorCode === "string" ? inLine(errorCode) : describeValue(errorCode);
    const message = typeof errorMessage === "string" && errorMessage !== "" ? `: ${inLine(errorMessage)}` : "";
    return { code: "flag-error", reason: code + message };
  }
  return value === "" ? { code: "no-value", reason: `the flag ${inLine(String(flagKey))} has no value` } : undefined;
}

/** What is thrown may be anything, also something that throws when it is read. */
function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : describeValue(error);
  } catch {
    return describeValue(error);
  }
}

/** A context that cannot be read has no key; the client reports what is wrong with it. */
function keyOf(context: unknown): string | undefined {
  try {
    const { targetingKey } = (context ?? {}) as { readonly targetingKey?: unknown };
    return typeof targetingKey === "string" ? targetingKey : undefined;
  } catch {
    return undefined;
  }
}

/** The prompt and alias that arguments of `load` ask for; what is wrong with them, `load` itself reports. */
function requestOf([first, second]: readonly unknown[]): { readonly name: string; readonly alias: string } {
  const uri = typeof first === "string" ? parsePromptUri(first) : undefined;
  if (uri) return { name: uri.name, alias: uri.ref };
  const isRef = typeof second === "string" || typeof second === "number";
  return { name: typeof first === "string" ? first : "", alias: isRef ? normalizeRef(second) : "" };
}
