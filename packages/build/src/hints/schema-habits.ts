// Schemas as other tools write them, in the places where Picoschema (https://google.github.io/dotprompt/reference/picoschema/)
// is read: what was meant, and the line to write instead.

import { isObject, typesOf } from "../schema/json-schema.js";
import type { SchemaProblem } from "../schema/picoschema.js";
import { yamlValue } from "./inline-yaml.js";
import { DEFINITION_KEYWORDS, readDefinition, readForm, readJsonSchema, readKey } from "./read-definition.js";
import { readSchemaName, readType } from "./type-words.js";
import { asJsonSchema, writeDefinition } from "./write-definition.js";

export interface ExplainedProblem extends SchemaProblem {
  readonly instead: string | undefined;
  /** The line to write if an unknown name was meant as a description. */
  readonly described?: string | undefined;
}

/**
 * Adds to each problem what to write instead. Several problems with one cause become one.
 *
 * @param written The schema as the front matter has it.
 */
export function explainSchemaProblems(written: unknown, problems: readonly SchemaProblem[]): ExplainedProblem[] {
  const whole = problems.length === 0 ? undefined : explainWhole(written);
  if (whole !== undefined) return [whole];
  const explained = problems.map((problem) => explain(written, problem));
  return explained.filter(({ path }, index) => explained.findIndex((other) => isSame(other.path, path)) === index);
}

const JSON_SCHEMA = '"type" or "properties" make a schema JSON Schema, and it has neither';

/** One cause for the whole schema: the form that an API wants it in, or JSON Schema that looks like Picoschema. */
function explainWhole(written: unknown): ExplainedProblem | undefined {
  if (!isObject(written)) return undefined;
  const keys = Object.keys(written);
  const { schema, json_schema: wrapped } = written;
  const inner = isObject(wrapped) ? "json_schema" : isObject(schema) ? "schema" : undefined;
  if (inner !== undefined && keys.every((key) => WRAPPER.includes(key)) && keys.length > 1)
    return {
      path: [inner],
      problem: "this is the form of response_format, with the schema inside",
      instead: `write what is in "${inner}${inner === "json_schema" ? ".schema" : ""}" in place of all of it`,
    };
  if (!keys.every((key) => ROOT_KEYWORDS.includes(key))) return undefined;
  const type = "items" in written || "prefixItems" in written ? "array" : typesOf(valuesOf(written)).type;
  const shown = typeof type === "string" ? type : "object";
  return { path: [], problem: JSON_SCHEMA, instead: `add type: ${shown}` };
}

const WRAPPER = ["name", "strict", "schema", "description", "type", "json_schema"];
/** Keywords that no variable is called like, or whose values are not definitions of Picoschema. */
const ROOT_KEYWORDS = (
  "enum const required additionalProperties patternProperties prefixItems minItems maxItems uniqueItems minimum maximum " +
  "minLength maxLength pattern minProperties maxProperties title description $schema $id $defs definitions items"
).split(" ");

function valuesOf({ enum: values, const: value }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(values) ? values : value === undefined ? [] : [value];
}

function explain(written: unknown, found: SchemaProblem): ExplainedProblem {
  const { path } = found;
  if (found.isReported === true || found.instead !== undefined) return { ...found, instead: found.instead };
  for (let length = 1; length < path.length; length++) {
    const at = path.slice(0, length);
    const meant = readJsonSchema(valueAt(written, at));
    if (meant === undefined) continue;
    const instead = `write ${writeDefinition(at.at(-1) ?? "", meant)}`;
    return { path: at, problem: "this is JSON Schema, and the schema around it is Picoschema", instead };
  }
  const value = valueAt(written, path);
  const key = path.at(-1);
  if (key === undefined) return { ...found, instead: suggestRoot(value) };
  const described = found.unknown !== undefined && typeof value === "string" ? describeText(key, value) : undefined;
  return { ...found, instead: suggestMember(key, value), described };
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, index) => key === b[index]);

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), root);
}

/** The whole schema is not an object with variables. */
function suggestRoot(schema: unknown): string | undefined {
  if (typeof schema !== "string") return "list the variables: { name: string }";
  const meant = readType(schema);
  // Only Picoschema can name a schema, and a whole schema of Picoschema is an object.
  if (meant?.kind === "list" && readSchemaName(meant.items?.type) !== undefined)
    return `put the list in an object: { ${writeDefinition("items", meant)} }`;
  return meant && `write ${yamlValue(asJsonSchema(meant))}`;
}

/** The line to write for a variable whose key, or whose definition, is not Picoschema. */
function suggestMember(key: string, definition: unknown): string | undefined {
  const { name, form } = readKey(key);
  const meant = readForm(form, definition) ?? readDefinition(definition);
  if (meant !== undefined) {
    const isExample = typeof definition === "number" || typeof definition === "boolean";
    const value = isExample ? `; values are in input.default: ${yamlValue({ [name]: definition })}` : "";
    return `write ${writeDefinition(key, meant)}${value}`;
  }
  const isProse = typeof definition === "string" && /^[A-Z]\w* /.test(definition);
  return isProse ? `write ${describeText(key, definition)}` : undefined;
}

/** The line for a text whose description is in the place of its type. */
function describeText(key: string, description: string): string {
  const text = { kind: "scalar", type: "string", description } as const;
  return writeDefinition(key, readKey(key).form === "array" ? { kind: "list", items: text } : text);
}

/** What to write for a variable that is declared as `{ type: string }`, which is an object with one member to Picoschema. */
export function suggestForDeclared(variable: string | undefined, members: readonly string[]): string | undefined {
  const isHabit = members.includes("type") && members.every((member) => DEFINITION_KEYWORDS.includes(member));
  if (variable === undefined || !isHabit || !/^[\w$]+$/.test(variable)) return undefined;
  return `if it is text, write ${variable}: string in input.schema; { type: … } is an object with the member "type"`;
}
