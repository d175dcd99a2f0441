// From a version's compiled parts to the prompt that callers hold.

import { type InputIssue, PromptInputError } from "./errors.js";
import { findIssues, type Validator } from "./input.js";
import { type Message, MessageBuilder } from "./messages.js";
import type { FormatOptions, JsonSchema, MessageOptions } from "./prompt-types.js";
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
  readonly inputSchema: () => JsonSchema;
  readonly outputSchema?: () => JsonSchema;
  /** Values for variables that the caller leaves out. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Makes the validator, when it is first needed. */
  readonly validator: () => Validator;
}

type Values = Readonly<Record<string, unknown>>;

export interface TextDefinition extends Definition {
  readonly render: (input: Values, data: Values) => string;
}

export interface ChatDefinition extends Definition {
  readonly render: (input: Values, data: Values, messages: MessageBuilder) => void;
}

const NO_VALUES: Values = Object.freeze({});

/** Makes a text prompt. The compiler knows its type and declares it; by hand there is nothing to call this for. */
export function textPrompt(definition: TextDefinition): object {
  const acceptor = new Acceptor(definition);
  const bind = (bound: Values): object => {
    const render = (input: unknown, data: Values) => definition.render(acceptor.accept(bound, input), data);
    return makePrompt(definition, acceptor, bound, bind, {
      kind: "text",
      format: (input?: unknown, { context = NO_VALUES }: FormatOptions = {}) => render(input, context),
      messages: (input?: unknown, { history = [], context = NO_VALUES }: MessageOptions = {}) => [
        ...history.map((message) => ({ ...message })),
        { role: "user", content: render(input, context) },
      ],
    });
  };
  return bind(NO_VALUES);
}

/** Makes a chat prompt; see {@link textPrompt}. */
export function chatPrompt(definition: ChatDefinition): object {
  const acceptor = new Acceptor(definition);
  const bind = (bound: Values): object => {
    const messages = (input?: unknown, { history, context = NO_VALUES }: MessageOptions = {}): Message[] => {
      const builder = new MessageBuilder(history);
      definition.render(acceptor.accept(bound, input), context, builder);
      return builder.messages();
    };
    return makePrompt(definition, acceptor, bound, bind, {
      kind: "chat",
      messages,
      format: (input?: unknown, options?: FormatOptions) => {
        const all = messages(input, options);
        const system = all.filter((message) => message.role === "system");
        return {
          system: system.length === 0 ? undefined : system.map((message) => message.content).join("\n"),
          messages: all.filter((message) => message.role !== "system"),
        };
      },
    });
  };
  return bind(NO_VALUES);
}

/** What every prompt carries, and the methods of its kind. */
function makePrompt(
  definition: Definition,
  acceptor: Acceptor,
  bound: Values,
  bind: (bound: Values) => object,
  methods: object,
): object {
  const { name, version, commit, digest, notes, description, model, config, tags, tools, variables, template } =
    definition;
  return {
    name,
    version,
    uri: promptUri(name, version),
    commit,
    digest,
    notes,
    description,
    model,
    config,
    tags,
    tools,
    variables,
    template,
    // A schema is seldom asked for: it is made when it is, for each asker anew.
    get inputSchema() {
      return definition.inputSchema();
    },
    get outputSchema() {
      return definition.outputSchema?.();
    },
    ...methods,
    partial: (values: Values) => bind({ ...bound, ...values }),
    validate: (input: unknown) => acceptor.issues(bound, input),
  };
}

/** Judges a version's inputs; makes the validator when the first one comes. */
class Acceptor {
  readonly #definition: Definition;
  #validator: Validator | undefined;

  constructor(definition: Definition) {
    this.#definition = definition;
  }

  /**
   * The input with what was bound before and the defaults below it.
   * @throws PromptInputError when it does not fit.
   */
  accept(bound: Values, input: unknown): Values {
    const values = this.#merge(bound, input);
    const issues = this.#judge(values);
    if (issues.length > 0) {
      const { name, version } = this.#definition;
      throw new PromptInputError(promptUri(name, version), issues);
    }
    return values as Values;
  }

  issues(bound: Values, input: unknown): InputIssue[] {
    return this.#judge(this.#merge(bound, input));
  }

  #judge(values: unknown): InputIssue[] {
    this.#validator ??= this.#definition.validator();
    return findIssues(this.#validator, values, this.#definition.inputSchema);
  }

  #merge(bound: Values, input: unknown): unknown {
    const { defaults } = this.#definition;
    if (input === undefined) return { ...defaults, ...bound };
    if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
    if (defaults === undefined && bound === NO_VALUES) return input;
    return { ...defaults, ...bound, ...withoutUndefined(input) };
  }
}

/** `{ key: undefined }` is a variable left out: its default counts. */
function withoutUndefined(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
