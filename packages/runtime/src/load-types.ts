// The types of the functions that load prompts. The compiler emits the interface `Prompts`: for each prompt, what its references
// resolve to. Everything else follows from it.

import type { ChatPrompt, InputOf, PromptSpec, TextPrompt } from "./prompt-types.js";

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

/** A weighted alias, as a prompt's own entry point exports it. */
export interface WeightedPrompt<S extends PromptSpec> {
  /** The version that a key falls to. */
  choose(options: SplitOptions): LoadedSpec<S>;
}

/** The type of an argument that is refused: the compiler's message contains the reason. No value has this type. */
export interface CannotLoad<Reason extends string> {
  readonly [refused]: Reason;
}
declare const refused: unique symbol;

/** Why a reference is refused. `Known` lists each prompt's references in words. */
export type RefusedRef<Known, N, R> = [R] extends [never]
  ? R // Never chosen; the compiler infers R from it.
  : CannotLoad<
      string extends R
        ? `check this string with isAlias(), or use find(); ${InWords<Known, N>}`
        : `not ${R & (string | number)}; ${InWords<Known, N>}`
    >;

type InWords<Known, N> = N extends keyof Known & string ? `${N} has ${Known[N] & string}` : never;

// ── A loader for one alias ──────────────────────────────────────────────────────────────────────────────────────────────

/** Loads any prompt by one alias. */
export interface LoadAt<Prompts, Unweighted, A> {
  /** @throws PromptNotFoundError from untyped callers. */
  <N extends NamesWith<Prompts, A>>(name: N, options: SplitOptions): Loaded<RefAt<Prompts, N, A>>;
  <N extends NamesWith<Unweighted, A> | CannotLoad<NotAtAlias>>(
    name: N,
    options?: Partial<SplitOptions>,
  ): Loaded<RefAt<Unweighted, N, A>>;
}

type NotAtAlias = "no such prompt, or it lacks the alias (or one of several), or the alias is weighted: pass { key }";

/** The prompts that have an alias; for a union, all of its aliases. */
type NamesWith<Prompts, A> = {
  [N in keyof Prompts]: [A] extends [keyof Prompts[N]] ? N : never;
}[keyof Prompts];

type RefAt<Prompts, N, A> = N extends keyof Prompts ? (A extends keyof Prompts[N] ? Prompts[N][A] : never) : never;

// ── Prompts that are only known at run time ─────────────────────────────────────────────────────────────────────────────

/**
 * A prompt whose name or reference was only known at run time. It takes any input and validates it when it is called;
 * `kind` shows whether it is a text prompt or a chat prompt.
 */
export type FoundPrompt<Validated extends boolean = true> = (
  | TextPrompt<FoundSpec<"text", Validated, never> | FoundSpec<"text", Validated, unknown>>
  | ChatPrompt<FoundSpec<"chat", Validated, never> | FoundSpec<"chat", Validated, unknown>>
) & {
  /**
   * Reads a model's answer; only there if the prompt has an `output.schema` and the package validates.
   * @throws PromptOutputError naming everything that is wrong with it.
   */
  parseOutput?(answer: unknown): unknown;
};

interface FoundSpec<Kind extends "text" | "chat", Validated extends boolean, Output> extends PromptSpec {
  readonly kind: Kind;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: Output;
  readonly validated: Validated;
  readonly config: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

// ── Retired versions ────────────────────────────────────────────────────────────────────────────────────────────────────

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

/** The options for loading a retired version. For any other version, a type that no call satisfies. */
export type RetiredOptions<Reason> = [Reason] extends [never] ? [isRetired: never] : [options?: Partial<SplitOptions>];

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

/** The type that a URI argument must have: its own, or the reason why it is refused. */
export type CheckedUri<Prompts, Unweighted, Known, U extends string> = [ResolveUri<Unweighted, U>] extends [never]
  ? string extends U
    ? CannotLoad<"this URI is not known at compile time: use find(), which returns undefined if it does not exist">
    : [ParseUri<U>] extends [never]
      ? CannotLoad<
          U extends keyof Prompts
            ? `pass a reference too; ${InWords<Known, U>}`
            : `${U} is not a URI: prompts:/name/version or prompts:/name@alias`
        >
      : ParseUri<U> extends { name: infer N extends string; ref: infer R extends string }
        ? N extends keyof Prompts
          ? CannotLoad<
              R extends keyof Prompts[N] ? `${R} of ${N} is weighted: pass { key }` : `not ${R}; ${InWords<Known, N>}`
            >
          : CannotLoad<`no prompt is named ${N}`>
        : never
  : U;
