// From a version's compiled parts to the prompt that callers hold. What validates comes as a part, so that packages without
// validation have none of its code.

import type { InputJudge } from "./input.js";
import type { JsonSchema } from "./json-schema.js";
import { type Message, placeHistory } from "./messages.js";
import type { OutputReader } from "./output.js";
import type { MessageOptions, PromptSpec } from "./prompt-types.js";
import { own } from "./template.js";

type CallOptions = MessageOptions<PromptSpec>;
type Values = Readonly<Record<string, unknown>>;

/** What a prompt carries as it stands. Schemas are made for each asker anew. */
export interface Facts {
  readonly uri: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema?: JsonSchema;
}

/** Makes a prompt's facts as a fresh object. */
export type MakeFacts = () => Facts;

type Demand = (input: unknown) => void;
type Call<Result> = (input?: unknown, options?: CallOptions) => Result;

/** What a prompt is made of. */
export interface PromptParts<Result> {
  /** Values for variables that the caller leaves out. */
  readonly defaults?: Values;
  readonly input?: InputJudge;
  readonly output?: OutputReader;
  /**
   * Gives the compiled template as a call.
   * @param demand Throws what is wrong with an input. Only there with `input`.
   */
  readonly render: (demand: Demand) => Call<Result>;
}

/** Makes a text prompt. The compiler knows its type and declares it; by hand there is nothing to call this for. */
export function textPrompt(makeFacts: MakeFacts, parts: PromptParts<string>): object {
  return makePrompt(makeFacts, parts, (format) => ({
    kind: "text",
    format,
    messages: (input?: unknown, options?: CallOptions) =>
      placeHistory([{ role: "user", content: format(input, options) }], 0, options),
  }));
}

/** Makes a chat prompt; see {@link textPrompt}. */
export function chatPrompt(makeFacts: MakeFacts, parts: PromptParts<Message[]>): object {
  return makePrompt(makeFacts, parts, (messages, uri) => ({
    kind: "chat",
    messages,
    format(input?: unknown, options?: CallOptions) {
      const all = messages(input, options);
      const system = all.filter(isSystem).map(({ content }) => content);
      if (!system.every((content) => typeof content === "string"))
        throw new TypeError(`a system message of ${uri} holds media: use messages(), which keeps it in its place`);
      return {
        system: system.length === 0 ? undefined : system.join("\n"),
        messages: all.filter((message) => !isSystem(message)),
      };
    },
  }));
}

function isSystem({ role }: Message): boolean {
  return role === "system";
}

function makePrompt<Result>(
  makeFacts: MakeFacts,
  parts: PromptParts<Result>,
  makeCalls: (call: Call<Result>, uri: string) => object,
  base = parts.defaults,
): object {
  const facts = makeFacts();
  const { uri, inputSchema } = facts;
  const complete = (input: unknown) => merge(base, input);
  const judged = parts.input?.(inputSchema, uri, complete);
  const call = parts.render(judged?.demand as Demand);
  // Assigned and not spread: facts have getters.
  return Object.assign(
    facts,
    { variables: Object.keys(inputSchema["properties"] ?? {}) },
    makeCalls(base ? (input, options) => call(complete(input), options) : call, uri),
    judged?.methods,
    // A prompt that reads answers has a schema of them.
    parts.output?.(facts.outputSchema as JsonSchema, uri),
    { partial: (values: Values) => makePrompt(makeFacts, parts, makeCalls, merge(base ?? {}, values) as Values) },
  );
}

/** `{ key: undefined }` is a variable left out: what is below it counts. */
function merge(base: Values | undefined, input: unknown = {}): unknown {
  if (!base || typeof input !== "object" || input === null || Array.isArray(input)) return input;
  // Many times as fast as spreading. What an own `__proto__` of the input does to the new object's prototype, nobody reads.
  const merged: Record<string, unknown> = Object.assign({}, base, input);
  for (const name in base) if (merged[name] === undefined) merged[name] = own(base, name);
  return merged;
}
