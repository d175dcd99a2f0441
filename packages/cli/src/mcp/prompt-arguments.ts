// The arguments of a prompt. The protocol knows only texts, so values of other types are written as JSON.

import { asSchema, resolveSchema, type UnknownSchema as Schema } from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import type { PromptArgument } from "@modelcontextprotocol/server";
import { describeType, describeVariables } from "../report/describe-variables.js";
import { printableLine } from "../terminal/text.js";

/** What this file needs of a compiled prompt. */
export interface PromptInput {
  readonly inputSchema: Schema;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly variables: readonly string[];
  readonly usesInput?: true;
}

/** The arguments as clients show them. A description also says how values that are not texts are written. */
export function describeArguments({ inputSchema, defaults }: PromptInput): PromptArgument[] {
  return describeVariables(inputSchema, defaults).map(({ name, type, required, default: preset, description }) => {
    const schema = propertyOf(inputSchema, name);
    const values = valuesOf({ inputSchema }, name);
    // Null means the same as leaving the argument out.
    const kind = required ? type : type.replace(/ \| null$/, "");
    const facts = [
      ...(description === undefined ? [] : [description]),
      ...(values !== undefined ? [`one of ${values.join(", ")}`] : []),
      ...(values !== undefined || takesText(schema, inputSchema) ? [] : [`as JSON: ${kind}`]),
      ...(preset === undefined ? [] : [`default ${JSON.stringify(preset)}`]),
    ];
    const about = printableLine(facts.join("; "));
    return { name, ...(about === "" ? {} : { description: about }), required };
  });
}

/** What the texts mean, or why they cannot be used. */
export type ReadArguments =
  | { readonly input: Readonly<Record<string, unknown>>; readonly problems?: never }
  | { readonly problems: readonly string[] };

/**
 * - A variable that takes strings gets the text as it is.
 * - Any other variable gets the value that the text is the JSON of. Clients with a form send an empty text for a field that was left
 *   empty, which counts as left out.
 */
export function readArguments(prompt: PromptInput, given: Readonly<Record<string, string>>): ReadArguments {
  const { inputSchema } = prompt;
  const known = Object.keys(asSchema(inputSchema["properties"]));
  const problems: string[] = [];
  const entries: [string, unknown][] = [];
  for (const [name, text] of Object.entries(given)) {
    if (!known.includes(name)) {
      if (takesMore(prompt)) entries.push([name, text]);
      else problems.push(unknownArgument(name, known));
      continue;
    }
    const schema = propertyOf(inputSchema, name);
    const choices = choicesOf(schema, inputSchema);
    const value = parse(text);
    if (takesText(schema, inputSchema) && (choices === undefined || choices.includes(text) || value === undefined))
      entries.push([name, text]);
    else if (value !== undefined) entries.push([name, value.json]);
    else if (text.trim() !== "")
      problems.push(`${name} takes JSON (${describeType(schema)}), got the text ${quote(text)}`);
  }
  return problems.length > 0 ? { problems } : { input: Object.fromEntries(entries) };
}

/** What is wrong with the name of an argument. */
export function unknownArgument(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const instead =
    near !== undefined
      ? `did you mean "${near}"?`
      : known.length === 0
        ? "the prompt takes none"
        : `the prompt takes ${known.join(", ")}`;
  return `unknown argument ${quote(name)}; ${instead}`;
}

/** The values that an argument can have, as their texts; `undefined` if there are too many to list. */
export function valuesOf(
  { inputSchema }: Pick<PromptInput, "inputSchema">,
  name: string,
): readonly string[] | undefined {
  const schema = propertyOf(inputSchema, name);
  const choices = choicesOf(schema, inputSchema) ?? (isBoolean(schema, inputSchema) ? [true, false] : undefined);
  const isRequired = [inputSchema["required"]].flat().includes(name);
  const listed = choices?.filter((choice) => choice !== null || isRequired);
  return listed?.map((choice) => (typeof choice === "string" ? choice : JSON.stringify(choice)));
}

/** Whether callers may pass values for which the schema has no property. */
function takesMore({ inputSchema, usesInput }: PromptInput): boolean {
  const { additionalProperties = false, patternProperties } = inputSchema;
  return usesInput === true || additionalProperties !== false || patternProperties !== undefined;
}

function propertyOf(root: Schema, name: string): Schema {
  const properties = asSchema(root["properties"]);
  return resolveSchema(Object.hasOwn(properties, name) ? asSchema(properties[name]) : {}, root);
}

const DEEPEST = 16;

/** Whether a string can be valid. */
function takesText(value: unknown, root: Schema, depth = 0): boolean {
  const schema = resolveSchema(asSchema(value), root);
  const { type, enum: choices, anyOf, oneOf } = schema;
  if (Array.isArray(choices)) return choices.some((choice) => typeof choice === "string");
  if ("const" in schema) return typeof schema["const"] === "string";
  const union = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined;
  if (union !== undefined) return depth < DEEPEST && union.some((member) => takesText(member, root, depth + 1));
  return type === undefined || [type].flat().includes("string");
}

function choicesOf(value: unknown, root: Schema, depth = 0): readonly unknown[] | undefined {
  const schema = resolveSchema(asSchema(value), root);
  if (Array.isArray(schema["enum"])) return schema["enum"];
  if ("const" in schema) return [schema["const"]];
  const { anyOf, oneOf } = schema;
  const union = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined;
  if (union === undefined || depth > DEEPEST) return undefined;
  const members = union.map((member) => choicesOf(member, root, depth + 1));
  return members.every((member) => member !== undefined) ? members.flat() : undefined;
}

function isBoolean(value: unknown, root: Schema): boolean {
  const types = [resolveSchema(asSchema(value), root)["type"]].flat().filter((type) => type !== "null");
  return types.length === 1 && types[0] === "boolean";
}

function parse(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const SHOWN = 60;

function quote(text: string): string {
  return JSON.stringify(printableLine(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text));
}
