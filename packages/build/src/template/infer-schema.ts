// The input's JSON Schema when the front matter gives none: what the template's uses of a variable allow it to be.

import type { JsonSchema } from "../schema/json-schema.js";
import type { Usage } from "./usage.js";

/** An object schema whose properties are the template's variables, in order of first use. */
export function inferInputSchema(input: Usage, defaults: Readonly<Record<string, unknown>>): JsonSchema {
  return objectSchema(input, (name, usage) => isRequired(usage) && !Object.hasOwn(defaults, name));
}

function objectSchema(usage: Usage, isNeeded: (name: string, member: Usage) => boolean): JsonSchema {
  const properties: [string, JsonSchema][] = [];
  const required: string[] = [];
  for (const [name, member] of usage.members) {
    properties.push([name, valueSchema(member)]);
    if (isNeeded(name, member)) required.push(name);
  }
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** A variable is optional when every use of it, and of what is in it, stands behind a test of it. */
function isRequired(usage: Usage): boolean {
  return usage.unguarded || (!usage.tested && [...usage.members.values()].some(isRequired));
}

function valueSchema(usage: Usage): JsonSchema {
  const forms: JsonSchema[] = [];
  if (usage.text) forms.push({ type: ["string", "number"] });
  if (usage.items !== undefined) {
    const item = valueSchema(usage.items);
    forms.push({ type: "array", items: item });
    if (usage.keyed) forms.push({ type: "object", additionalProperties: item });
  } else if (usage.members.size > 0) {
    const isList = [...usage.members.keys()].every((name) => name === "length" || /^\d+$/.test(name));
    if (!isList) forms.push(objectSchema(usage, (_, member) => isRequired(member)));
  }
  // Only tested, or handed on whole: anything will do.
  const [form] = forms;
  if (form === undefined || usage.whole) return {};
  return forms.length === 1 ? form : { anyOf: forms };
}
