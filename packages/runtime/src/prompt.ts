// From a version's compiled parts to the prompt that callers hold. What validates comes as a part, so that packages without
// validation have none of its code.

import type { InputJudge } from "./input.js";
import { copyMessage, type Message } from "./messages.js";
import type { OutputReader } from "./output.js";
import type { FormatOptions, MessageOptions, PromptSpec } from "./prompt-types.js";

type CallOptions = FormatOptions<PromptSpec>;
type ConversationOptions = MessageOptions<PromptSpec>;
type Values = Readonly<Record<string, unknown>>;
type Texts = Readonly<Record<string, string | undefined>>;

/** What a prompt carries as it stands (name, version, template, schemas …), as a fresh object. */
export type MakeFacts = () => { readonly uri: string };

/** What a prompt of either kind is made of. */
export interface PromptParts {
  /** Values for variables that the caller leaves out. */
  readonly defaults?: Values;
  readonly input?: InputJudge;
  readonly output?: OutputReader;
}

export interface TextParts extends PromptParts {
  readonly render: (input: Values, data: Values, sections: Texts) => string;
}

export interface ChatParts extends PromptParts {
  readonly render: (input: Values, data: Values, sections: Texts, history: readonly Message[]) => Message[];
}

const NOTHING: Readonly<Record<string, never>> = Object.freeze({});
const NO_HISTORY: readonly Message[] = [];

/** Makes a text prompt. The compiler knows its type and declares it; by hand there is nothing to call this for. */
export function textPrompt(makeFacts: MakeFacts, parts: TextParts): object {
  return makePrompt(makeFacts, parts, (accept) => {
    const format = (input?: unknown, options?: CallOptions) =>
      parts.render(accept(input, options), options?.context ?? NOTHING, options?.sections ?? NOTHING);
    return {
      kind: "text",
      format,
      messages: (input?: unknown, options?: ConversationOptions) => [
        ...(options?.history ?? NO_HISTORY).map(copyMessage),
        { role: "user", content: format(input, options) },
      ],
    };
  });
}

/** Makes a chat prompt; see {@link textPrompt}. */
export function chatPrompt(makeFacts: MakeFacts, parts: ChatParts): object {
  return makePrompt(makeFacts, parts, (accept, uri) => {
    const messages = (input?: unknown, options?: ConversationOptions): Message[] =>
      parts.render(
        accept(input, options),
        options?.context ?? NOTHING,
        options?.sections ?? NOTHING,
        options?.history ?? NO_HISTORY,
      );
    return {
      kind: "chat",
      messages,
      format(input?: unknown, options?: ConversationOptions) {
        const all = messages(input, options);
        const system = all.filter(({ role }) => role === "system").map(({ content }) => content);
        if (!system.every((content) => typeof content === "string"))
          throw new TypeError(`a system message of ${uri} holds media: use messages(), which keeps it in its place`);
        return {
          system: system.length === 0 ? undefined : system.join("\n"),
          messages: all.filter(({ role }) => role !== "system"),
        };
      },
    };
  });
}

/** Gives an input as it is rendered: with defaults and bound values below it, and validated unless that is not wanted. */
type Accept = (input: unknown, options: CallOptions | undefined) => Values;

function makePrompt(
  makeFacts: MakeFacts,
  parts: PromptParts,
  makeCalls: (accept: Accept, uri: string) => object,
): object {
  const { input: judge, output: reader } = parts;
  const bind = (base: Values | undefined): object => {
    const facts = makeFacts();
    const { uri } = facts;
    const accept: Accept = (input, options) => {
      const values = merge(base, input);
      if (judge !== undefined && options?.validate !== false) judge.demand(values, uri);
      return values as Values;
    };
    // Assigned and not spread: facts have getters.
    return Object.assign(
      facts,
      makeCalls(accept, uri),
      judge?.methods((input) => merge(base, input)),
      reader?.(uri),
      {
        partial: (values: Values) => bind(merge(base ?? NOTHING, values) as Values),
      },
    );
  };
  return bind(parts.defaults);
}

/** `{ key: undefined }` is a variable left out: what is below it counts. */
function merge(base: Values | undefined, input: unknown): unknown {
  if (input === undefined) return base ?? NOTHING;
  if (base === undefined || typeof input !== "object" || input === null || Array.isArray(input)) return input;
  // Many times as fast as spreading. What an own `__proto__` of the input does to the new object's prototype, nobody reads.
  const merged: Record<string, unknown> = Object.assign({}, base, input);
  for (const name in base) if (merged[name] === undefined) merged[name] = base[name];
  return merged;
}
