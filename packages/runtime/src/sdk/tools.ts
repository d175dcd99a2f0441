// The tools of a front matter, whichever SDK's form they are written in.

import type { JsonSchema } from "../json-schema.js";
import { ownProperty } from "../safe-members.js";
import { attempt, PromptRequestError } from "./request-error.js";
import type { Sendable } from "./sendable.js";
import { copyOf } from "./settings.js";

/** What the forms have in common. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  readonly schema: ObjectSchema;
  readonly strict?: boolean;
}

/** What a tool takes. */
export type ObjectSchema = JsonSchema & { type: "object" };

/** `{ tools }`; nothing if the prompt has none. A tool of the SDK's own, such as a web search, stays as it is. */
export type ToolsOf<P extends Sendable, Tool> = [P["tools"][number]] extends [never]
  ? unknown
  : unknown extends P["tools"][number]
    ? { tools?: Tool[] }
    : { tools: SentTool<P["tools"][number], Tool>[] };

/** A tool in the SDK's form, by how it is written. */
export type SentTool<T, Tool> = T extends unknown
  ? [Extract<keyof T, "function" | SchemaMember>] extends [never]
    ? T extends { readonly type: string }
      ? T
      : T extends { readonly name: string }
        ? Tool
        : T
    : Tool
  : never;

type SchemaMember = "inputSchema" | "input_schema" | "parameters" | "input";

/** A tool in the form that OpenAI's Chat Completions API introduced. A type and not an interface: LangChain requires records. */
export type FunctionTool = {
  type: "function";
  function: { name: string; description?: string; parameters: ObjectSchema; strict?: boolean };
};

export function functionTool({ schema, ...tool }: ToolDefinition): FunctionTool {
  return { type: "function", function: { ...tool, parameters: schema } };
}

/** @param send Makes the SDK's form of a definition. */
export function toolsOf(prompt: Sendable, send: (tool: ToolDefinition) => object): object {
  const tools = prompt.tools.map((tool) => {
    const definition = definitionOf(prompt, tool);
    return definition === undefined ? attempt(prompt.uri, () => copyOf(tool)) : send(definition);
  });
  return tools.length === 0 ? {} : { tools };
}

/** @returns `undefined` for a tool of the SDK's own: it has no schema, and has a type or no name. */
export function definitionOf(prompt: Sendable, tool: unknown): ToolDefinition | undefined {
  return attempt(prompt.uri, () => readDefinition(prompt, tool));
}

function readDefinition(prompt: Sendable, tool: unknown): ToolDefinition | undefined {
  if (typeof tool === "string")
    throw new PromptRequestError(
      prompt.uri,
      `the tool ${tool} is only a name: pass { ...prompt, tools: [its definition] }`,
    );
  const inner = ownProperty(tool, "function") ?? tool;
  const schema =
    ownProperty(inner, "inputSchema") ??
    ownProperty(inner, "input_schema") ??
    ownProperty(inner, "parameters") ??
    ownProperty(ownProperty(inner, "input"), "schema");
  const [name, description, strict] = ["name", "description", "strict"].map((member) => ownProperty(inner, member));
  const isOwn = ownProperty(tool, "type") !== undefined || name === undefined;
  if (inner === tool && schema === undefined && isOwn) return undefined;
  if (typeof name !== "string") throw new PromptRequestError(prompt.uri, "a tool has no name");
  const parameters = (schema ?? { type: "object", properties: {} }) as JsonSchema;
  if (ownProperty(parameters, "type") !== "object")
    throw new PromptRequestError(prompt.uri, `the schema of the tool ${name} does not describe an object`);
  return {
    name,
    ...(typeof description === "string" ? { description } : {}),
    schema: copyOf(parameters) as ObjectSchema,
    ...(typeof strict === "boolean" ? { strict } : {}),
  };
}
