// The front matter's JSON Schema: what the compiler checks and what editors complete. A superset of dotprompt's keys
// (https://google.github.io/dotprompt/reference/frontmatter/).

import type { JsonSchema } from "../model.js";

const anyObject: JsonSchema = { type: "object" };
const texts: JsonSchema = { type: ["string", "array"], items: { type: "string" } };
const textExpectations: Readonly<Record<string, JsonSchema>> = {
  contains: { ...texts, description: "A text that must be there, or a list of them" },
  "not-contains": { ...texts, description: "A text that must not be there, or a list of them" },
  matches: { ...texts, description: "A JavaScript regular expression that must match, or a list of them" },
  equals: { type: "string", description: "The whole text; line ends at its edges do not count" },
  "max-tokens": { type: "number", description: "How many tokens it may have at most" },
  json: { type: ["boolean", "object"], description: "true if it must be JSON, or a schema of that JSON" },
};
const roleExpectations: JsonSchema = { type: "object", properties: textExpectations, additionalProperties: false };
const expectations: JsonSchema = {
  type: "object",
  properties: {
    ...textExpectations,
    roles: { ...texts, description: "The roles of the messages, in their order" },
    system: { ...roleExpectations, description: "Expectations for the system message" },
    user: { ...roleExpectations, description: "Expectations for the user's messages" },
    assistant: { ...roleExpectations, description: "Expectations for the model's messages" },
    tool: { ...roleExpectations, description: "Expectations for the messages of tools" },
  },
  additionalProperties: false,
  description: "What `cuecard test` expects of the rendered text, of all messages or by role",
};

const schemaValue: JsonSchema = {
  description: "Picoschema, JSON Schema (draft 2020-12), or the name of a file in prompts/schemas: Recipe",
  type: ["object", "string"],
};

export const frontMatterSchema: JsonSchema & { readonly properties: Readonly<Record<string, JsonSchema>> } = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Cuecard prompt front matter",
  type: "object",
  properties: {
    name: { type: "string", description: "Ignored: a prompt's name is its path. Allowed for dotprompt files." },
    variant: { type: "string", description: "Ignored. Allowed for dotprompt files." },
    version: { description: "Ignored: a version is a git tag. Allowed for dotprompt files." },
    description: { type: "string", description: "What the prompt is for, in a sentence" },
    model: { type: "string", description: "The model to use; free text, passed through" },
    config: { ...anyObject, description: "Settings for the model, passed through: temperature, maxOutputTokens …" },
    input: {
      type: "object",
      properties: {
        schema: { ...schemaValue, description: "The variables; inferred from the template when absent" },
        default: { ...anyObject, description: "Values for variables that the caller leaves out" },
      },
      additionalProperties: false,
    },
    output: {
      type: "object",
      properties: {
        format: { type: "string", description: "json, text, or another name that the caller understands" },
        schema: schemaValue,
        constrained: { type: "boolean", description: "Genkit's; passed through to metadata.output" },
        contentType: { type: "string", description: "Genkit's; passed through to metadata.output" },
        instructions: { type: ["string", "boolean"], description: "Genkit's; passed through to metadata.output" },
      },
      additionalProperties: false,
    },
    tools: {
      type: ["array", "string"],
      items: { type: ["string", "object"] },
      description:
        "Names or definitions of tools, passed through; their schemas may be Picoschema. Names can also be a text with commas.",
    },
    toolDefs: { type: "array", items: anyObject, description: "Definitions of tools, as in tools" },
    tags: {
      type: ["object", "array", "string"],
      additionalProperties: { type: ["string", "number", "boolean"] },
      items: { type: ["string", "number", "boolean"] },
      description: "Labels to search by: key and value, or a list of keys whose value is true",
    },
    examples: {
      type: "array",
      items: {
        type: "object",
        properties: {
          name: { type: "string", description: "What the example shows" },
          input: anyObject,
          expected: { description: "The answer that you want, as data for your evaluations; not rendered" },
          expect: expectations,
        },
        required: ["name"],
        additionalProperties: false,
      },
      description: "Inputs that are rendered in checks, in reviews and in the catalog",
    },
    budget: {
      // Released versions may have a key of this name for another tool, so nothing is an error here.
      description: "The most that an example may render, for `cuecard check` and `cuecard test`: { tokens: 1200 }",
    },
    renamed_from: {
      type: ["string", "array"],
      items: { type: "string" },
      description: "The former name or names of the prompt; its history continues theirs",
    },
    metadata: { ...anyObject, description: "Your own data, passed through to the manifest" },
    ext: { ...anyObject, description: "Extension data, passed through to the manifest" },
  },
};

/** All keys that Cuecard reads. */
export const FRONT_MATTER_KEYS: readonly string[] = Object.keys(frontMatterSchema.properties);

/** Keys of `output` that only Genkit reads; they go to `metadata.output`. */
export const PASSED_OUTPUT_KEYS: readonly string[] = ["constrained", "contentType", "instructions"];

/** The front matter once it has passed the schema, in Cuecard's own forms. */
export interface FrontMatter {
  readonly description?: string;
  readonly model?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly input?: { readonly schema?: unknown; readonly default?: Readonly<Record<string, unknown>> };
  readonly output?: { readonly format?: string; readonly schema?: unknown };
  readonly tools?: readonly unknown[];
  readonly toolDefs?: readonly unknown[];
  readonly tags?: Readonly<Record<string, string | number | boolean>>;
  readonly examples?: readonly {
    readonly name: string;
    readonly input?: Readonly<Record<string, unknown>>;
    readonly expected?: unknown;
    /** As written: see read-expectations.ts. */
    readonly expect?: Readonly<Record<string, unknown>>;
  }[];
  readonly budget?: unknown;
  readonly renamed_from?: string | readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly ext?: Readonly<Record<string, unknown>>;
}
