// The schemas in definitions of tools, which may be Picoschema, as JSON Schema. A definition has the form of the SDK that it is
// for: `inputSchema` (MCP, the AI SDK), `input_schema` (Anthropic), `parameters` (OpenAI, Google), also in a member `function`.

import type { JsonSchema } from "../model.js";
import { isObject } from "./json-schema.js";

const SCHEMA_KEYS = ["inputSchema", "outputSchema", "input_schema", "output_schema", "parameters"];

/**
 * A tool with its schemas replaced by what `convert` returns; everything else is passed through.
 *
 * @param convert Given a schema and its path within the tool. It may return `undefined` for a schema that is not valid.
 */
export function convertToolSchemas(
  tool: unknown,
  convert: (schema: unknown, path: readonly string[]) => JsonSchema | undefined,
  path: readonly string[] = [],
): unknown {
  if (!isObject(tool)) return tool;
  return Object.fromEntries(
    Object.entries(tool).map(([key, value]) => {
      const at = [...path, key];
      if (SCHEMA_KEYS.includes(key)) return [key, convert(value, at) ?? value];
      if (key === "function") return [key, convertToolSchemas(value, convert, at)];
      if ((key === "input" || key === "output") && isObject(value) && "schema" in value)
        return [key, { ...value, schema: convert(value["schema"], [...at, "schema"]) ?? value["schema"] }];
      return [key, value];
    }),
  );
}
