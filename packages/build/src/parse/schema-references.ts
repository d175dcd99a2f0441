// Which named schemas a file uses. The registry asks this to read all files of a version.

import { PROMPT_EXTENSION, type SourceFile } from "@cuecard/model";
import { isObject } from "../schema/json-schema.js";
import { type NamedSchemaLookup, toJsonSchema } from "../schema/picoschema.js";
import { convertToolSchemas } from "../schema/tool-schemas.js";
import { parseYaml } from "./parse-yaml.js";
import { SchemaFileReader } from "./read-schema-file.js";
import { locateFences } from "./split-front-matter.js";

/**
 * The names in a prompt's front matter, or in the file of a schema, that are not types; sorted, each once. For a file with
 * errors, which the compiler reports, there may be none.
 */
export function schemaReferences(file: SourceFile): readonly string[] {
  const names = new Set<string>();
  const collect: NamedSchemaLookup = (name) => {
    names.add(name);
    return { problem: "" };
  };
  const schemas = file.path.endsWith(PROMPT_EXTENSION)
    ? schemasOf(file.text)
    : [new SchemaFileReader().read(file).value?.data];
  for (const schema of schemas) toJsonSchema(schema, false, [], collect);
  return [...names].sort();
}

function schemasOf(text: string): unknown[] {
  const fences = locateFences(text);
  const parsed = fences.kind === "fenced" ? parseYaml(text.slice(fences.start, fences.end)) : undefined;
  if (parsed?.kind !== "parsed" || !isObject(parsed.data)) return [];
  const { input, output, tools, toolDefs } = parsed.data;
  const found: unknown[] = [input, output].map((value) => (isObject(value) ? value["schema"] : undefined));
  for (const tool of [tools, toolDefs].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])))
    convertToolSchemas(tool, (schema) => {
      found.push(schema);
      return undefined;
    });
  return found;
}
