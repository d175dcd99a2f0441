// Finds `--var` texts that should have been JSON: `--var 'months=[1]'` sets a text, and `--var 'months:=[1]'` an array.

import { quote } from "../report/next-steps.js";
import { splitAssignment } from "./read-input.js";

/**
 * The options to write instead, as commands to copy.
 *
 * @param assignments The values of `--var`.
 * @param inputSchema JSON Schema of the prompt's input.
 */
export function jsonInstead(assignments: readonly string[], inputSchema: object): readonly string[] {
  const properties = asObject(asObject(inputSchema)["properties"]);
  return assignments.flatMap((assignment) => {
    const { name, isJson, text } = splitAssignment(assignment);
    const schema = Object.hasOwn(properties, name) ? asObject(properties[name]) : undefined;
    if (isJson || schema === undefined || !excludesText(schema)) return [];
    return [`--var ${quote(`${name}:=${isValidJson(text) ? text : example(schema)}`)}`];
  });
}

/** Whether the schema names the types of its values, and text is not one of them. */
function excludesText({ type }: Readonly<Record<string, unknown>>): boolean {
  const types = [type].flat();
  return types.length > 0 && types.every((name) => typeof name === "string" && name !== "string");
}

/** Where the text is not JSON, what it could look like. */
function example({ type }: Readonly<Record<string, unknown>>): string {
  const [first] = [type].flat();
  return first === "array" ? "[…]" : first === "object" ? "{…}" : "…";
}

function isValidJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
