// The types of a loaded prompt. The compiler emits one `PromptSpec` a version; everything else follows from it.

import type { ContentPart } from "./content.js";
import type { Issue } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import type { Role } from "./messages.js";
import type { StandardInput } from "./standard-types.js";
import type { PromptTelemetry, TelemetryOptions } from "./telemetry.js";

/** What the compiler knows of one version. */
export interface PromptSpec {
  readonly name: string;
  readonly version: number | "working";
  readonly kind: "text" | "chat";
  readonly input: object;
  /** A model's answer as `output.schema` describes it; `never` if it has none. */
  readonly output: unknown;
  /** Whether the package contains validators. */
  readonly validated: boolean;
  /** Roles that the template names, system included, and the user's. */
  readonly role: Role;
  /** `string` if every input gives a system message, `undefined` if none does. */
  readonly system: string | undefined;
  readonly variable: string;
  /** Names of the template's `{{section}}`s. */
  readonly section: string;
  /** Whether messages may contain media. */
  readonly media: boolean;
  readonly model: string | undefined;
  readonly config: object;
  readonly tags: object;
  readonly tools: readonly unknown[];
  /** Left out if the front matter has none. */
  readonly metadata?: object;
  /** Names of variables with a default; left out if there are none. */
  readonly defaulted?: string;
}

/** The input that satisfies every version of a union. */
export type InputOf<S extends PromptSpec> = (S extends PromptSpec ? (input: S["input"]) => void : never) extends (
  input: infer I,
) => void
  ? I
  : never;

/** An input may be left out when it has no required variable. */
type Arguments<I, Options> =
  Record<never, never> extends I ? [input?: I, options?: Options] : [input: I, options?: Options];

/** Who speaks in a conversation so far. */
export type HistoryRole = "user" | "assistant";

/** What a call takes beside the input, whichever the prompt is. */
export interface CallOptions {
  /** Values of the template's `@` variables. */
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  /** `false` renders without validating the input. */
  readonly validate?: boolean | undefined;
}

export type FormatOptions<S extends PromptSpec> = CallOptions & SectionOptions<S["section"]>;

export type MessageOptions<S extends PromptSpec, H extends HistoryMessage = HistoryMessage> = FormatOptions<S> & {
  /** The conversation so far. It replaces `{{history}}`; without one, it goes before the last user message. */
  readonly history?: readonly H[] | undefined;
};

/**
 * A message of the conversation so far, as the SDK has it: all its fields are kept, such as `tool_calls` and `tool_call_id`.
 * The content is text or the SDK's parts; an assistant's message that only calls tools may have none.
 */
export type HistoryMessage =
  | { readonly role: "user" | "tool"; readonly content: HistoryContent }
  | { readonly role: "assistant"; readonly content?: HistoryContent | null | undefined };

type HistoryContent = string | readonly object[];

/** The type of the messages given, which the compiler infers from the argument and never from where the result goes. */
type Given<H> = [H][H extends unknown ? 0 : never];

/** Texts for the template's `{{section}}`s; a prompt without any takes none. */
type SectionOptions<Section extends string> = [Section] extends [never]
  ? unknown
  : { readonly sections?: { readonly [Name in Section]?: string | undefined } | undefined };

/** What every prompt carries beside its template. */
export interface PromptInfo<S extends PromptSpec> {
  readonly name: S["name"];
  readonly version: S["version"];
  /** `prompts:/<name>/<version>`: what a trace should record. */
  readonly uri: string;
  /** The commit the version is read from; empty for the working file. */
  readonly commit: string;
  /** `sha256-…` over the version's content. */
  readonly digest: string;
  /** The release notes. */
  readonly notes: string;
  /** Why the version is retired; `undefined` if it is not. */
  readonly retired?: string;
  readonly description: string | undefined;
  readonly model: S["model"];
  readonly config: S["config"];
  readonly tags: S["tags"];
  readonly tools: S["tools"];
  /** How many of the first messages are the same for every input; left out if there are none. */
  readonly staticMessages?: number;
  /** Your own data of the front matter, and that of other tools whose keys the setting `metadataKeys` names. */
  readonly metadata: MetadataOf<S>;
  /** The names of the input's variables. */
  readonly variables: readonly S["variable"][];
  /** The variables with a private part, whose values are never part of telemetry; left out if there are none. */
  readonly privateVariables?: readonly string[];
  /** The template as written, partials not merged in. */
  readonly template: string;
  readonly inputSchema: JsonSchema;
  /** JSON Schema of the model's answer, if the prompt has an `output.schema`. */
  readonly outputSchema: OutputSchemaOf<S>;
}

type MetadataOf<S extends PromptSpec> = S extends { readonly metadata: infer M } ? M : Record<never, never>;

/** For a union of versions, `undefined` is part of the type if one of them has no `output.schema`. */
type OutputSchemaOf<S extends PromptSpec> = S extends PromptSpec
  ? [S["output"]] extends [never]
    ? undefined
    : JsonSchema
  : never;

/** A prompt whose result is one text. */
export type TextPrompt<S extends PromptSpec, I = InputOf<S>> = TextCalls<S, I> & InputValidator<S, I> & OutputParser<S>;

/** A prompt whose result is a list of messages. */
export type ChatPrompt<S extends PromptSpec, I = InputOf<S>> = ChatCalls<S, I> & InputValidator<S, I> & OutputParser<S>;

export interface TextCalls<S extends PromptSpec, I> extends PromptInfo<S> {
  readonly kind: "text";
  /**
   * Renders the prompt.
   * @throws PromptInputError naming every missing and invalid variable.
   */
  format(...args: Arguments<I, FormatOptions<S>>): string;
  /** The text as one user message, the history before it. */
  messages<H extends HistoryMessage = never>(
    ...args: Arguments<I, MessageOptions<S, H>>
  ): (ChatMessage<HistoryRole> | Given<H>)[];
  /**
   * Attributes for a span: which version this is, and with an input also its variables, except the private ones. Pass the input that
   * `format` or `messages` gets. Never throws.
   */
  telemetry(input?: I, options?: TelemetryOptions): PromptTelemetry;
  /** The same prompt with some of its variables filled in. */
  partial<K extends keyof I>(values: Pick<I, K>): TextPrompt<S, Omit<I, K> & Partial<Pick<I, K>>>;
}

export interface ChatCalls<S extends PromptSpec, I> extends PromptInfo<S> {
  readonly kind: "chat";
  /**
   * Renders the prompt, the system texts joined (by a line end) apart from the other messages.
   * @throws PromptInputError naming every missing and invalid variable.
   */
  format<H extends HistoryMessage = never>(...args: Arguments<I, MessageOptions<S, H>>): FormattedChat<S, Given<H>>;
  /** Every message in order, system included. */
  messages<H extends HistoryMessage = never>(
    ...args: Arguments<I, MessageOptions<S, H>>
  ): (ChatMessage<S["role"] | HistoryRole, ContentOf<S>> | Given<H>)[];
  /**
   * Attributes for a span: which version this is, and with an input also its variables, except the private ones. Pass the input that
   * `format` or `messages` gets. Never throws.
   */
  telemetry(input?: I, options?: TelemetryOptions): PromptTelemetry;
  /** The same prompt with some of its variables filled in. */
  partial<K extends keyof I>(values: Pick<I, K>): ChatPrompt<S, Omit<I, K> & Partial<Pick<I, K>>>;
}

/** Of a package with validators. */
type InputValidator<S extends PromptSpec, I> = [S["validated"]] extends [true]
  ? {
      /**
       * The input as a Standard Schema and Standard JSON Schema, for libraries such as tRPC, Hono and the AI SDK. It gives the input with
       * its defaults.
       */
      readonly input: StandardInput<I, CompleteInput<S, I>>;
      /** Everything that is wrong with an input; empty when it fits. */
      validate(input: unknown): Issue[];
    }
  : unknown;

/** An input with its defaults. */
type CompleteInput<S extends PromptSpec, I> = [DefaultedOf<S> & keyof I] extends [never]
  ? I
  : Omit<I, DefaultedOf<S>> & { [K in DefaultedOf<S> & keyof I]: Exclude<I[K], undefined> };

/** The variables that have a default; for a union of versions, those that have one in each. */
type DefaultedOf<S extends PromptSpec> = (
  S extends PromptSpec
    ? (names: S extends { readonly defaulted: infer D extends string } ? D : never) => void
    : never
) extends (names: infer D extends string) => void
  ? D
  : never;

/** Of versions that all have an `output.schema`, in a package with validators. */
type OutputParser<S extends PromptSpec> = [WithoutParser<S>] extends [never]
  ? {
      /**
       * Reads a model's answer: JSON text, also in one Markdown code fence, or a value that was parsed already.
       * @throws PromptOutputError naming everything that is wrong with it.
       */
      parseOutput(answer: unknown): S["output"];
    }
  : unknown;

type WithoutParser<S extends PromptSpec> = S extends PromptSpec
  ? [S["output"], S["validated"]] extends [never, boolean] | [unknown, false]
    ? S
    : never
  : never;

/** What `format` of a chat prompt returns; `H` is the type of the messages in its history. */
export interface FormattedChat<S extends PromptSpec, H extends HistoryMessage = never> {
  /** `undefined` when there is no system message. */
  system: S["system"];
  messages: (ChatMessage<Exclude<S["role"], "system"> | HistoryRole, ContentOf<S>> | H)[];
}

/** A message with one of several roles. `role` is the discriminant, as in the SDKs' own types. */
export type ChatMessage<R extends string, C = string> = R extends string ? { role: R; content: C } : never;

/** Parts are only for prompts with media: without, a message's content is text. */
export type ContentOf<S extends PromptSpec> = true extends S["media"] ? string | ContentPart[] : string;

/** What a model's answer is; for a union of versions, any of theirs. */
export type OutputOf<S extends PromptSpec> = S["output"];
