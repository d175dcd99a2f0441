// The compiler: a snapshot in, the files of a typed package and diagnostics out. Pure, synchronous, deterministic.
import type { Diagnostic, Snapshot } from "@cuecard/model";

export interface CompileOptions {
  /** Which versions the package holds: every one, or those that aliases point at and each prompt's latest. */
  readonly versions: "all" | "aliased";
  /** Whether every prompt's working file is built, and not only those that an alias points at. */
  readonly working: boolean;
  /** Compiled versions of earlier builds: asked by digest, told what is new. */
  readonly cache?: CompileCache;
}

/** Keeps compiled versions between builds; what it holds is opaque text of this compiler. Released content never changes. */
export interface CompileCache {
  get(digest: string): string | undefined;
  set(digest: string, compiled: string): void;
}

/** Changes whenever the same content may compile to something else: the key of every cache. */
export declare const COMPILER_VERSION: string;

export interface CompileResult {
  /** Text by path within the package's dist folder; empty when there are errors. */
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  /** Everything that compiled, also when there are errors elsewhere; sorted by name. */
  readonly prompts: readonly CompiledPrompt[];
}

export interface CompiledPrompt {
  readonly name: string;
  /** Ascending; the working file last. */
  readonly versions: readonly CompiledVersion[];
  /** Every name that resolves: aliases and `latest`. */
  readonly aliases: ReadonlyMap<string, readonly { readonly version: number | "working"; readonly weight: number }[]>;
}

export interface CompiledVersion {
  readonly name: string;
  readonly version: number | "working";
  readonly commit: string | undefined;
  readonly digest: string;
  readonly notes: string;
  readonly kind: "text" | "chat";
  readonly description: string | undefined;
  readonly model: string | undefined;
  readonly config: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly tools: readonly unknown[];
  readonly variables: readonly string[];
  readonly template: string;
  /** JSON Schema of the input. */
  readonly inputSchema: object;
  /** TypeScript source of the input's type. */
  readonly inputType: string;
  readonly outputSchema: object | undefined;
  readonly examples: readonly { readonly name: string; readonly input: Readonly<Record<string, unknown>> }[];
}

/** A version as a running prompt, of the same code that the package would hold. */
export interface RunningPrompt {
  /** Text for a text prompt, `{ system, messages }` for a chat prompt. Throws `PromptInputError` of @cuecard/runtime. */
  format(
    input: Record<string, unknown>,
  ): string | { system: string | undefined; messages: readonly { role: string; content: unknown }[] };
  messages(input: Record<string, unknown>): readonly { role: string; content: unknown }[];
}
export declare function instantiate(version: CompiledVersion): RunningPrompt;

export declare function compile(snapshot: Snapshot, options: CompileOptions): CompileResult;

/** The names of the partials that a file's template uses, in any form that can be seen without running it. */
export declare function partialReferences(text: string): readonly string[];

/** The JSON Schema of a prompt's front matter, as shipped to editors. */
export declare const frontMatterSchema: object;
