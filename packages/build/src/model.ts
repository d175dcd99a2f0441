// What passes between the compiler's stages.

import type { Range, Score } from "@cuecard/model";
import type { Role } from "@cuecard/runtime";

/**
 * Everything that a content compiles to, whichever versions have it: plain data, kept in caches as JSON.
 * Paths in it are those within the prompts folder.
 */
export interface CompiledContent {
  readonly kind: "text" | "chat";
  readonly roles: readonly string[];
  /** Whether there is a system message for every input. */
  readonly system: "always" | "sometimes" | "never";
  /** Whether messages may contain media. */
  readonly media: boolean;
  /** How many of the first messages are the same for every input; left out if there are none. */
  readonly staticMessages?: number;
  /** The variables whose values have a private part; left out if there are none. */
  readonly privateVariables?: readonly string[];
  /** Names of the template's `{{section}}`s, sorted. */
  readonly sections: readonly string[];
  /** Set if the template has `{{history}}`. */
  readonly placesHistory?: true;
  /** Set if the template has `@` variables that the caller passes in `context`. */
  readonly usesContext?: true;
  readonly description?: string;
  readonly model?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  /** As in the front matter, with their schemas as JSON Schema. */
  readonly tools: readonly unknown[];
  /** With the values of other tools' keys that the setting `metadataKeys` names. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Extension data by namespace: `acme.owner: Ada` is `{ acme: { owner: "Ada" } }`. */
  readonly ext: Readonly<Record<string, unknown>>;
  readonly examples: readonly Example[];
  /** How many tokens an example may have at most; left out if there is no limit. */
  readonly budget?: number;
  /** The names that the prompt had before. */
  readonly renamedFrom: readonly string[];
  readonly variables: readonly string[];
  /** Set if the template uses its input as a whole, such as `{{json this}}`: then any variable counts. */
  readonly usesInput?: true;
  readonly template: string;
  /** Set if the template's line ends at the edges of messages are removed. */
  readonly trimMessages?: true;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly inputSchema: JsonSchema;
  readonly inputType: TypeSource;
  readonly outputFormat?: string;
  readonly outputSchema?: JsonSchema;
  readonly outputType?: TypeSource;
  readonly render: RenderFunction;
  /** Where the prompt's file declares variables and members of the answer. */
  readonly places: SourcePlaces;
  readonly inputCheck: CheckCode;
  readonly outputCheck?: CheckCode;
  /** The texts of the partials by their paths within the prompts folder, sorted. */
  readonly partials: Readonly<Record<string, string>>;
  /** The same for the files of named schemas; left out if there are none. */
  readonly schemas?: Readonly<Record<string, string>>;
}

/** Where names are in a prompt's file. Names without a place are in partials, or in a part of a schema that others share. */
export interface SourcePlaces {
  readonly input: Readonly<Record<string, Range>>;
  readonly output: Readonly<Record<string, Range>>;
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
  /** The answer that the author wants, in any form; `undefined` if the example has none. It is not rendered. */
  readonly expected?: unknown;
  /** What `cuecard test` checks of the rendered text; left out if there is nothing. */
  readonly expect?: readonly Expectation[];
}

/** One thing that is expected of a rendered example. */
export type Expectation = {
  /** Whose messages it is about; left out for all messages together. */
  readonly role?: Role;
  /** Where it is written within `expect`: `["system", "contains", "0"]`. */
  readonly path: readonly string[];
} & (
  | { readonly kind: "contains" | "not-contains" | "matches" | "equals"; readonly value: string }
  | { readonly kind: "max-tokens"; readonly value: number }
  | { readonly kind: "roles"; readonly value: readonly Role[] }
  /** `true`: any JSON. */
  | { readonly kind: "json"; readonly value: JsonSchema | true }
);

/** A version of a prompt with what it compiled to. */
export interface CompiledVersion {
  readonly name: string;
  readonly version: number | "working";
  /** Hex object id; empty for the working file. */
  readonly commit: string;
  readonly digest: string;
  readonly notes: string;
  /** Why the version should not be used anymore; `undefined` if it is not retired. */
  readonly retired: string | undefined;
  /** Set if the version was never merged: `latest` then never means it. */
  readonly unmerged?: true | undefined;
  /** The newest for each metric and data set. */
  readonly scores: readonly Score[];
  readonly content: CompiledContent;
}

export interface CompiledPrompt {
  readonly name: string;
  /** The working file, if it compiled: what editors open. */
  readonly source?: PromptSource;
  /** Ascending; the working file last. */
  readonly versions: readonly CompiledVersion[];
  /** Aliases and, if there is one, `latest`; sorted by name. Only those that every arm of can be loaded. */
  readonly aliases: readonly ResolvedAlias[];
}

export interface PromptSource {
  /** Relative to the project's folder: `prompts/greet.md`. */
  readonly path: string;
  readonly places: SourcePlaces;
}

export interface ResolvedAlias {
  readonly alias: string;
  /** One arm for a plain alias; several, by ascending version, for a weighted one. */
  readonly arms: readonly { readonly version: number | "working"; readonly weight: number }[];
}

/** JSON Schema (draft 2020-12) as data, as far as the compiler looks into it. */
export type JsonSchema = {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly patternProperties?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly (JsonSchema | boolean)[];
  readonly minItems?: number;
  /** OpenAPI's way to allow null, which Ajv reads as well. */
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly (JsonSchema | boolean)[];
  readonly oneOf?: readonly (JsonSchema | boolean)[];
  readonly allOf?: readonly (JsonSchema | boolean)[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly default?: unknown;
};

/** An emitted function that renders a template. */
export interface RenderFunction {
  /** Names of members that it reads directly. */
  readonly names: readonly string[];
  /** Source of an arrow function: `render` of the runtime's `CompiledTemplate`. */
  readonly code: string;
  /** Long texts that are constants outside of the function; their places in the code are `\0<index>\0`. */
  readonly texts: readonly string[];
  /** What it uses of @cuecard/runtime, sorted. */
  readonly imports: readonly string[];
  /** The project's helpers that it calls, sorted; each by the local name that {@link helperConstant} gives. */
  readonly helpers: readonly string[];
}

/** A schema as TypeScript source. */
export interface TypeSource {
  /** Names of definitions are between NUL characters, which no literal or comment contains: see `declareType`. */
  readonly text: string;
  /** How to write it in a larger type: an object may be an interface; a compound needs parentheses before `[]` and in `&`. */
  readonly form: "object" | "simple" | "compound";
  /** Types that refer to themselves, by name. */
  readonly definitions?: Readonly<Record<string, TypeSource>>;
  /** What it uses of @cuecard/runtime; left out if there is nothing. */
  readonly imports?: readonly string[];
}

/** Emitted tests that accept most valid inputs without reading the schema. */
export interface SchemaGuard {
  /** Sources of what all must hold of a plain object `input` (see `isPlain` of the runtime). */
  readonly tests: readonly string[];
  /** The members that they read: where every object has one of them, they say nothing. */
  readonly names: readonly string[];
  /** What they use of @cuecard/runtime. */
  readonly imports: readonly string[];
}
