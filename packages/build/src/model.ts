// What passes between the compiler's stages.

import type { TypeSource } from "./emit/type-of-schema.js";
import type { JsonSchema } from "./schema/json-schema.js";

/**
 * Everything that a content compiles to, whichever versions have it: plain data, kept in caches as JSON.
 * Paths in it are those within the prompts folder.
 */
export interface CompiledContent {
  readonly kind: "text" | "chat";
  readonly roles: readonly string[];
  readonly description?: string;
  readonly model?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly tools: readonly unknown[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly examples: readonly Example[];
  readonly variables: readonly string[];
  readonly template: string;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly inputSchema: JsonSchema;
  readonly inputType: TypeSource;
  readonly outputFormat?: string;
  readonly outputSchema?: JsonSchema;
  /** Source of the rendering function. */
  readonly render: string;
  /** Source of a function that makes the validator. */
  readonly validator: string;
  /** Names that `render` and `validator` use of @cuecard/runtime, sorted. */
  readonly imports: readonly string[];
  /** The texts of the partials by their paths within the prompts folder, sorted. */
  readonly partials: Readonly<Record<string, string>>;
}

export interface Example {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A version of a prompt with what it compiled to. */
export interface CompiledVersion {
  readonly name: string;
  readonly version: number | "working";
  /** Hex object id; empty for the working file. */
  readonly commit: string;
  readonly digest: string;
  readonly notes: string;
  readonly content: CompiledContent;
}

export interface CompiledPrompt {
  readonly name: string;
  /** Ascending; the working file last. */
  readonly versions: readonly CompiledVersion[];
  /** Aliases and, if there is one, `latest`; sorted by name. Only those that every arm of can be loaded. */
  readonly aliases: readonly ResolvedAlias[];
}

export interface ResolvedAlias {
  readonly alias: string;
  /** One arm for a plain alias; several, by ascending version, for a weighted one. */
  readonly arms: readonly { readonly version: number | "working"; readonly weight: number }[];
}
