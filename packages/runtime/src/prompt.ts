// From a version's compiled parts to the prompt that callers hold.

import { PromptInputError } from "./errors.js";
import { findIssues, type Validator } from "./input.js";
import { type Message, MessageBuilder } from "./messages.js";
import type { JsonSchema, MessageOptions } from "./prompt-types.js";
import { promptUri } from "./uri.js";

/** What the compiler emits for one version, whatever its kind. */
export interface Definition {
  readonly name: string;
  readonly version: number | "working";
  readonly commit: string;
  readonly digest: string;
  readonly notes: string;
  readonly description?: string;
  readonly model?: string;
  readonly config: object;
  readonly tags: Readonly<Record<string, string>>;
  readonly tools: readonly unknown[];
  readonly variables: readonly string[];
  readonly template: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema?: JsonSchema;
  /** Values for variables that the caller leaves out. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly accepts: Validator;
}

type Values = Readonly<Record<string, unknown>>;

export interface TextDefinition extends Definition {
  readonly render: (input: Values, data: Values) => string;
}

export interface ChatDefinition extends Definition {
  readonly render: (input: Values, data: Values, messages: MessageBuilder) => void;
}

const NO_VALUES: Values = Object.freeze({});

/** Makes a text prompt. The compiler knows its type and casts; by hand there is nothing to call this for. */
export function textPrompt(definition: TextDefinition): object {
  const bind = (bound: Values): object => {
    const render = (input: unknown, data: Values) => definition.render(accept(definition, bound, input), data);
    return {
      ...describe(definition),
      kind: "text",
      format: (input?: unknown) => render(input, NO_VALUES),
      messages: (input?: unknown, options: MessageOptions = {}) => [
        ...copy(options.history),
        { role: "user", content: render(input, options.context ?? NO_VALUES) },
      ],
      partial: (values: Values) => bind({ ...bound, ...values }),
      validate: (input: unknown) => findIssues(definition.accepts, merge(definition, bound, input)),
    };
  };
  return bind(NO_VALUES);
}

/** Makes a chat prompt; see {@link textPrompt}. */
export function chatPrompt(definition: ChatDefinition): object {
  const bind = (bound: Values): object => {
    const messages = (input?: unknown, options: MessageOptions = {}): Message[] => {
      const accepted = accept(definition, bound, input);
      const builder = new MessageBuilder(options.history);
      definition.render(accepted, options.context ?? NO_VALUES, builder);
      return builder.messages();
    };
    return {
      ...describe(definition),
      kind: "chat",
      format: (input?: unknown) => {
        const all = messages(input);
        const system = all.filter((message) => message.role === "system");
        return {
          system: system.length === 0 ? undefined : system.map((message) => message.content).join("\n"),
          messages: all.filter((message) => message.role !== "system"),
        };
      },
      messages,
      partial: (values: Values) => bind({ ...bound, ...values }),
      validate: (input: unknown) => findIssues(definition.accepts, merge(definition, bound, input)),
    };
  };
  return bind(NO_VALUES);
}

/** The input with what was bound before and the defaults below it, once it is known to fit. */
function accept(definition: Definition, bound: Values, input: unknown): Values {
  const values = merge(definition, bound, input);
  const issues = findIssues(definition.accepts, values);
  if (issues.length > 0) throw new PromptInputError(promptUri(definition.name, definition.version), issues);
  return values as Values;
}

function merge({ defaults }: Definition, bound: Values, input: unknown): unknown {
  if (input === undefined) return { ...defaults, ...bound };
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  if (defaults === undefined && bound === NO_VALUES) return input;
  return { ...defaults, ...bound, ...withoutUndefined(input) };
}

/** `{ key: undefined }` is a variable left out: its default counts. */
function withoutUndefined(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function describe(definition: Definition): object {
  const { name, version, commit, digest, notes, description, model, config, tags, tools } = definition;
  const { variables, template, inputSchema, outputSchema } = definition;
  const uri = promptUri(name, version);
  return {
    ...{ name, version, uri, commit, digest, notes, description, model, config, tags, tools },
    ...{ variables, template, inputSchema, outputSchema },
  };
}

function copy(history: readonly Message[] = []): Message[] {
  return history.map((message) => ({ ...message }));
}
