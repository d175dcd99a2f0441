// The types of a loaded prompt. The compiler emits one `PromptSpec` a version; everything else follows from it.

import type { InputIssue } from "./errors.js";
import type { Message, Role } from "./messages.js";

/** What the compiler knows of one version. */
export interface PromptSpec {
  readonly name: string;
  readonly version: number | "working";
  readonly kind: "text" | "chat";
  readonly input: object;
  /** Roles that the template names, system included, and the user's. */
  readonly role: Role;
  readonly variable: string;
  readonly model: string | undefined;
  readonly config: object;
  readonly tags: object;
  readonly tools: readonly unknown[];
}

/** A JSON Schema (draft 2020-12) document. */
export type JsonSchema = { [keyword: string]: unknown };

/** The input that satisfies every version of a union. */
export type InputOf<S extends PromptSpec> = (S extends PromptSpec ? (input: S["input"]) => void : never) extends (
  input: infer I,
) => void
  ? I
  : never;

/** An input may be left out when it has no required variable. */
type FormatArguments<I> =
  Record<never, never> extends I ? [input?: I, options?: FormatOptions] : [input: I, options?: FormatOptions];

type MessagesArguments<I> =
  Record<never, never> extends I ? [input?: I, options?: MessageOptions] : [input: I, options?: MessageOptions];

/** Who speaks in a conversation so far. */
export type HistoryRole = "user" | "assistant";

export interface FormatOptions {
  /** Values of the template's `@` variables. */
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

export interface MessageOptions extends FormatOptions {
  /** The conversation so far; fills `{{history}}`, else stands before the last user message. */
  readonly history?: readonly ChatMessage<HistoryRole>[] | undefined;
}

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
export interface TextPrompt<S extends PromptSpec, I = InputOf<S>> extends PromptInfo<S> {
  readonly kind: "text";
  /**
   * Renders the prompt.
   * @throws PromptInputError naming every missing and invalid variable.
   */
  format(...args: FormatArguments<I>): string;
  /** The text as one user message, the history before it. */
  messages(...args: MessagesArguments<I>): ChatMessage<HistoryRole>[];
  /** The same prompt with some of its variables filled in. */
  partial<K extends keyof I>(values: Pick<I, K>): TextPrompt<S, Omit<I, K> & Partial<Pick<I, K>>>;
  /** Everything that is wrong with an input; empty when it fits. */
  validate(input: unknown): InputIssue[];
}

/** A prompt whose result is a list of messages. */
export interface ChatPrompt<S extends PromptSpec, I = InputOf<S>> extends PromptInfo<S> {
  readonly kind: "chat";
  /**
   * Renders the prompt, the system texts joined (by a line end) apart from the other messages.
   * @throws PromptInputError naming every missing and invalid variable.
   */
  format(...args: FormatArguments<I>): FormattedChat<S>;
  /** Every message in order, system included. */
  messages(...args: MessagesArguments<I>): ChatMessage<S["role"] | HistoryRole>[];
  /** The same prompt with some of its variables filled in. */
  partial<K extends keyof I>(values: Pick<I, K>): ChatPrompt<S, Omit<I, K> & Partial<Pick<I, K>>>;
  /** Everything that is wrong with an input; empty when it fits. */
  validate(input: unknown): InputIssue[];
}

export interface FormattedChat<S extends PromptSpec> {
  /** `undefined` when the prompt has no system message. */
  system: "system" extends S["role"] ? string | undefined : undefined;
  messages: ChatMessage<Exclude<S["role"], "system"> | HistoryRole>[];
}

/** A message of one of several roles, told apart by `role`, as the SDKs' own types have it. */
export type ChatMessage<R extends string> = R extends string ? Message<R> : never;

/** What a weighted alias stands for in the types of a package. */
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

/** Whom a weighted alias shall keep on one arm. */
export interface SplitOptions {
  /** A user's or a session's id: the same key always gets the same version. */
  readonly key: string;
}

/** `{ key }` is required as soon as one reference of the union is weighted. */
export type LoadOptions<R> = [Extract<R, Weighted<PromptSpec>>] extends [never]
  ? [options?: Partial<SplitOptions>]
  : [options: SplitOptions];

/** A weighted alias, as a prompt's own entry point exports it. */
export interface WeightedPrompt<S extends PromptSpec> {
  /** The version that a key falls to. */
  choose(options: SplitOptions): LoadedSpec<S>;
}

// ── URIs ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The name and reference that a URI's literal type holds. */
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

/** What a URI refers to among `Prompts`; `never` when there is no such prompt or reference. */
export type ResolveUri<Prompts, U extends string> =
  ParseUri<U> extends { name: infer N extends keyof Prompts; ref: infer R }
    ? R extends keyof Prompts[N]
      ? Prompts[N][R]
      : never
    : never;

/** The type a URI argument must have: itself, or a sentence that says what is wrong with it. */
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
