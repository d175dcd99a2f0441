// The types of a loaded prompt. The compiler emits one `PromptSpec` a version; everything else follows from it.

import type { ContentPart } from "./content.js";
import type { Issue } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import type { Role } from "./messages.js";

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
  readonly variable: string;
  /** Names of the template's `{{section}}`s. */
  readonly section: string;
  /** Whether messages may contain media. */
  readonly media: boolean;
  readonly model: string | undefined;
  readonly config: object;
  readonly tags: object;
  readonly tools: readonly unknown[];
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

export type MessageOptions<S extends PromptSpec> = FormatOptions<S> & {
  /** The conversation so far. It replaces `{{history}}`; without one, it goes before the last user message. */
  readonly history?: readonly ChatMessage<HistoryRole, ContentOf<S>>[] | undefined;
};

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
  /** The names of the input's variables. */
  readonly variables: readonly S["variable"][];
  /** The template as written, partials not merged in. */
  readonly template: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema: JsonSchema | undefined;
}

/** A prompt whose result is one text. */
export type TextPrompt<S extends PromptSpec, I = InputOf<S>> = TextCalls<S, I> & InputValidator<S> & OutputParser<S>;

/** A prompt whose result is a list of messages. */
export type ChatPrompt<S extends PromptSpec, I = InputOf<S>> = ChatCalls<S, I> & InputValidator<S> & OutputParser<S>;

export interface TextCalls<S extends PromptSpec, I> extends PromptInfo<S> {
  readonly kind: "text";
  /**
   * Renders the prompt.
   * @throws PromptInputError naming every missing and invalid variable.
   */
  format(...args: Arguments<I, FormatOptions<S>>): string;
  /** The text as one user message, the history before it. */
  messages(...args: Arguments<I, MessageOptions<S>>): ChatMessage<HistoryRole>[];
  /** The same prompt with some of its variables filled in. */
  partial<K extends keyof I>(values: Pick<I, K>): TextPrompt<S, Omit<I, K> & Partial<Pick<I, K>>>;
}

export interface ChatCalls<S extends PromptSpec, I> extends PromptInfo<S> {
  readonly kind: "chat";
  /**
   * Renders the prompt, the system texts joined (by a line end) apart from the other messages.
   * @throws PromptInputError naming every missing and invalid variable.
   */
  format(...args: Arguments<I, FormatOptions<S>>): FormattedChat<S>;
  /** Every message in order, system included. */
  messages(...args: Arguments<I, MessageOptions<S>>): ChatMessage<S["role"] | HistoryRole, ContentOf<S>>[];
  /** The same prompt with some of its variables filled in. */
  partial<K extends keyof I>(values: Pick<I, K>): ChatPrompt<S, Omit<I, K> & Partial<Pick<I, K>>>;
}

/** Of a package with validators. */
type InputValidator<S extends PromptSpec> = [S["validated"]] extends [true]
  ? {
      /** Everything that is wrong with an input; empty when it fits. */
      validate(input: unknown): Issue[];
    }
  : unknown;

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

export interface FormattedChat<S extends PromptSpec> {
  /** `undefined` when the prompt has no system message. */
  system: "system" extends S["role"] ? string | undefined : undefined;
  messages: ChatMessage<Exclude<S["role"], "system"> | HistoryRole, ContentOf<S>>[];
}

/** A message with one of several roles. `role` is the discriminant, as in the SDKs' own types. */
export type ChatMessage<R extends string, C = string> = R extends string ? { role: R; content: C } : never;

/** Parts are only for prompts with media: without, a message's content is text. */
export type ContentOf<S extends PromptSpec> = true extends S["media"] ? string | ContentPart[] : string;

/** What a model's answer is; for a union of versions, any of theirs. */
export type OutputOf<S extends PromptSpec> = S["output"];

/** A weighted alias in the types of a package. */
export interface Weighted<S extends PromptSpec> {
  readonly arms: S;
}

/** The specs that a reference, or a union of references, may resolve to. */
export type SpecOf<R> = R extends Weighted<infer S> ? S : R extends PromptSpec ? R : never;

/** The prompt that a reference resolves to; for a union, one whose input satisfies every version of it. */
export type Loaded<R> = LoadedSpec<SpecOf<R>>;

type LoadedSpec<S extends PromptSpec> = [S["kind"]] extends ["text"]
  ? TextPrompt<S>
  : [S["kind"]] extends ["chat"]
    ? ChatPrompt<S>
    : TextPrompt<Extract<S, { kind: "text" }>, InputOf<S>> | ChatPrompt<Extract<S, { kind: "chat" }>, InputOf<S>>;

/** The caller that a weighted alias assigns to one version. */
export interface SplitOptions {
  /** A user's or a session's id: the same key always gets the same version. */
  readonly key: string;
}

/** `{ key }` is required as soon as one reference of the union is weighted. */
export type LoadOptions<R> = [Extract<R, Weighted<PromptSpec>>] extends [never]
  ? [options?: Partial<SplitOptions>]
  : [options: SplitOptions];

/** The additional member of a retired version. */
export interface Retired<Reason> {
  /** Why the version is retired. */
  readonly retired: Reason;
}

/** Why a reference is retired, among the prompts with retired versions; `never` when it is not, or not all of a union. */
export type ReasonOf<Retirements, N, R> = N extends keyof Retirements
  ? [R] extends [keyof Retirements[N]]
    ? Retirements[N][R]
    : never
  : never;

/** The options of loading a retired version; of any other, ones that no call has. */
export type RetiredOptions<Reason, Options extends unknown[]> = [Reason] extends [never] ? [isRetired: never] : Options;

/** A weighted alias, as a prompt's own entry point exports it. */
export interface WeightedPrompt<S extends PromptSpec> {
  /** The version that a key falls to. */
  choose(options: SplitOptions): LoadedSpec<S>;
}

// ── URIs ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The name and reference in a URI's literal type. */
export type ParseUri<U extends string> = U extends `prompts:/${infer Rest}`
  ? Rest extends `${infer Name}@${infer Ref}`
    ? { name: Name; ref: NormalizeRef<Ref> }
    : SplitAtLastSlash<Rest>
  : never;

type SplitAtLastSlash<T extends string, Name extends string = ""> = T extends `${infer Head}/${infer Tail}`
  ? SplitAtLastSlash<Tail, Name extends "" ? Head : `${Name}/${Head}`>
  : Name extends ""
    ? never
    : { name: Name; ref: NormalizeRef<T> };

type NormalizeRef<R extends string> = R extends `${bigint}` ? `v${R}` : R;

/** What a URI refers to among `Prompts`; `never` if there is no such prompt or reference. */
export type ResolveUri<Prompts, U extends string> =
  ParseUri<U> extends { name: infer N extends keyof Prompts; ref: infer R }
    ? R extends keyof Prompts[N]
      ? Prompts[N][R]
      : never
    : never;

/** The type that a URI argument must have: its own, or a sentence that explains what is wrong with it. */
export type CheckedUri<Prompts, U extends string> = [ParseUri<U>] extends [never]
  ? U extends keyof Prompts
    ? `after "${U}" comes a version or an alias, and { key } when the alias is weighted`
    : `there is no prompt "${U}", and it is not a URI (prompts:/name/version or prompts:/name@alias)`
  : ParseUri<U> extends { name: infer N extends string; ref: infer R extends string }
    ? N extends keyof Prompts
      ? R extends keyof Prompts[N]
        ? U
        : `prompt "${N}" has no version or alias "${R}"`
      : `there is no prompt "${N}"`
    : never;
