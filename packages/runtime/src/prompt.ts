// Turns the compiled parts of a version into the prompt that callers use. Validation comes in as a part, so that packages
// built without it contain none of its code.

import { PromptArgumentError } from "./errors.js";
import type { Guard, InputChecks, MakeInputValidator } from "./input.js";
import type { JsonSchema } from "./json-schema.js";
import { type Message, placeHistory } from "./messages.js";
import type { MakeOutputParser, OutputChecks } from "./output.js";
import type { MessageOptions, PromptSpec } from "./prompt-types.js";
import { isArray, ownProperty, type Render, renderInput } from "./safe-members.js";
import { describeCall, type Origin, type TelemetryOptions } from "./telemetry.js";

type CallOptions = MessageOptions<PromptSpec, Message<"user" | "assistant" | "tool">>;
type Values = Readonly<Record<string, unknown>>;

/** What a prompt exposes besides its methods. */
export interface Metadata {
  readonly uri: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema?: JsonSchema;
  /** The variables whose values are never part of telemetry. */
  readonly privateVariables?: readonly string[];
  metadata?: object;
}

/** Makes a prompt's metadata as a new object, with getters that make a new schema for each caller. */
export type CreateMetadata = () => Metadata;

type Call<Result> = (input?: unknown, options?: CallOptions) => Result;

/** A compiled template with what belongs to it. */
export interface CompiledTemplate<Result> extends InputChecks, OutputChecks {
  readonly render: Render<CallOptions | undefined, Result>;
  /** Whether Object.prototype has one of the names that `render` or `accepts` reads. */
  readonly isPolluted: (prototype: object) => boolean;
  /** Values for variables that the caller leaves out. */
  readonly defaults?: Values;
  /** Whether `render` calls helpers of the project. */
  readonly callsHelpers?: boolean;
  readonly input?: MakeInputValidator;
  readonly output?: MakeOutputParser;
}

interface ValidatedRender<Result> {
  readonly render: Render<CallOptions | undefined, Result>;
  readonly complete?: (input: unknown) => unknown;
  readonly guard?: Guard;
  readonly methods?: object;
}

/** What differs between kinds of prompts: their methods. */
type MakeCalls<Result> = (call: Call<Result>, guard: Guard) => object;

/** Makes a text prompt. Only emitted code calls this; the type of the result is in the emitted declarations. */
export const textPrompt = (createMetadata: CreateMetadata, template: CompiledTemplate<string>): object =>
  makePrompt(createMetadata, template, (format, guard) => ({
    kind: "text",
    format,
    messages: guard((input?: unknown, options?: CallOptions) =>
      placeHistory([{ role: "user", content: format(input, options) }], 0, options),
    ),
  }));

/** Makes a chat prompt; see {@link textPrompt}. */
export const chatPrompt = (createMetadata: CreateMetadata, template: CompiledTemplate<Message[]>): object =>
  makePrompt(createMetadata, template, (messages) => ({
    kind: "chat",
    messages,
    format(input?: unknown, options?: CallOptions) {
      const all = messages(input, options);
      const system = all.filter(isSystem).map(({ content }) => content);
      if (!system.every((content) => typeof content === "string"))
        throw new PromptArgumentError(
          `a system message of ${createMetadata().uri} contains media: use messages(), which keeps it in its place`,
        );
      return {
        system: system.length === 0 ? undefined : system.join("\n"),
        messages: all.filter((message) => !isSystem(message)),
      };
    },
  }));

function isSystem({ role }: Message): boolean {
  return role === "system";
}

/** What a prompt made by `partial`, or loaded by an alias, has beside its template. */
interface Variant {
  readonly filled?: Values;
  readonly origin: Origin;
}

const NO_ORIGIN: Origin = { alias: undefined, arm: undefined };

/** For each prompt, what makes the same prompt with another origin. Not a member, because copies of prompts have all members. */
const atOrigin = new WeakMap<object, (origin: Origin) => object>();

/** The same prompt, as it is loaded by an alias: its telemetry names the alias, and the arm if the alias is weighted. */
export function atAlias<T extends object>(prompt: T, alias: string, arm?: string): T {
  return (atOrigin.get(prompt)?.({ alias, arm }) ?? prompt) as T;
}

function makePrompt<Result>(
  createMetadata: CreateMetadata,
  template: CompiledTemplate<Result>,
  makeCalls: MakeCalls<Result>,
  { filled, origin }: Variant = { origin: NO_ORIGIN },
): object {
  const metadata = createMetadata();
  metadata.metadata ??= {};
  const base = filled ? (merge(template.defaults ?? {}, filled) as Values) : template.defaults;
  const fillIn = (input: unknown) => merge(base, input);
  const {
    render,
    complete = fillIn,
    guard = (run) => run,
    methods,
  }: ValidatedRender<Result> = template.input?.(template, metadata, { values: filled, fillIn }) ?? template;
  const call: Call<Result> = guard((input, options) => renderInput(template, render, complete(input), options));
  const fill = guard((values: Values) => merge(filled ?? {}, values) as Values);
  const described = Object.assign(metadata, { variables: Object.keys(metadata.inputSchema["properties"] ?? {}) });
  const traced = (from: Origin) => ({
    partial: (values: Values) =>
      makePrompt(createMetadata, template, makeCalls, { filled: fill(values), origin: from }),
    telemetry: (input?: unknown, options?: TelemetryOptions) => describeCall(described, from, [input, filled], options),
  });
  // Assigned and not spread: the metadata has getters.
  const prompt = freeze(
    Object.assign(described, makeCalls(call, guard), methods, template.output?.(template, metadata), traced(origin)),
  );
  const variant = (from: Origin): object => {
    const own = Object.getOwnPropertyDescriptors(traced(from));
    const made = Object.freeze(Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(prompt), ...own }));
    atOrigin.set(made, variant);
    return made;
  };
  atOrigin.set(prompt, variant);
  return prompt;
}

/** Freezes an object and all that it contains: what one caller of `load` gets, others get as well. What getters return is new for each. */
function freeze<T extends object>(object: T): T {
  for (const name in object) {
    const member = object[name];
    if (member instanceof Object) freeze(member);
  }
  return Object.freeze(object);
}

/** `{ key: undefined }` is a variable left out: its default counts. */
function merge(base: Values | undefined, input: unknown = {}): unknown {
  if (!base || typeof input !== "object" || input === null || isArray(input)) return input;
  // Assigning is many times as fast as spreading, but an own `__proto__`, which JSON.parse makes, would set the new object's prototype.
  const isSpread = Object.hasOwn(input, "__proto__") || Object.hasOwn(base, "__proto__");
  const merged: Record<string, unknown> = isSpread ? { ...base, ...input } : Object.assign({}, base, input);
  for (const name in base) if (merged[name] === undefined) merged[name] = ownProperty(base, name);
  return merged;
}
