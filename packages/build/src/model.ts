// What passes between the compiler's stages.

import type { Score } from "@cuecard/model";
import type { RenderFunction } from "./emit/render-function.js";
import type { TypeSource } from "./emit/type-of-schema.js";
import type { JsonSchema } from "./schema/json-schema.js";
import type { SchemaGuard } from "./schema/schema-guard.js";

/**
 * Everything that a content compiles to, whichever versions have it: plain data, kept in caches as JSON.
 * Paths in it are those within the prompts folder.
 */
export interface CompiledContent {
  readonly kind: "text" | "chat";
  readonly roles: readonly string[];
  /** Whether messages may hold media. */
  readonly media: boolean;
  /** Names of the template's `{{section}}`s, sorted. */
  readonly sections: readonly string[];
  readonly description?: string;
  readonly model?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly tools: readonly unknown[];
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Extension data by namespace: `acme.owner: Ada` is `{ acme: { owner: "Ada" } }`. */
  readonly ext: Readonly<Record<string, unknown>>;
  readonly examples: readonly Example[];
  /** The names that the prompt had before. */
  readonly renamedFrom: readonly string[];
  readonly variables: readonly string[];
  readonly template: string;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly inputSchema: JsonSchema;
  readonly inputType: TypeSource;
  readonly outputFormat?: string;
  readonly outputSchema?: JsonSchema;
  readonly outputType?: TypeSource;
  readonly render: RenderFunction;
  readonly inputCheck: CheckCode;
  readonly outputCheck?: CheckCode;
  /** The texts of the partials by their paths within the prompts folder, sorted. */
  readonly partials: Readonly<Record<string, string>>;
}

/** How a package checks values against a schema. */
export type CheckCode =
  /** By reading the schema. */
  | {
      readonly kind: "plain";
      readonly guard?: SchemaGuard;
    }
  /** By a validator of its own. */
  | {
      readonly kind: "compiled";
      /** Source of a function that makes the validator. */
      readonly code: string;
      /** What the code uses of @cuecard/runtime, sorted. */
      readonly imports: readonly string[];
    };

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
  /** Why nobody should use the version any more; `undefined` while people may. */
  readonly retired: string | undefined;
  /** The newest for each metric and data set. */
  readonly scores: readonly Score[];
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
