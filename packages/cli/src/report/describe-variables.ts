// The variables of a prompt in a few words each, for tables and for protocols that know only their names.

import { asSchema, type UnknownSchema as Schema } from "@cuecard/model";
import { MARKS } from "@cuecard/runtime";

/** A variable of an input's JSON Schema, in the few words that a table has room for. */
export interface DescribedVariable {
  readonly name: string;
  /** `string`, `string[]`, `"a" | "b"`, `{ a, b }` … */
  readonly type: string;
  readonly required: boolean;
  readonly default: unknown;
  readonly description: string | undefined;
  /** `untrusted`, `private`; left out if there are none. */
  readonly marks?: readonly string[];
}

/**
 * @param defaults What the prompt takes for variables that a caller leaves out. JSON Schema's own `default` is only a
 * note: nothing applies it.
 */
export function describeVariables(
  inputSchema: object,
  defaults: Readonly<Record<string, unknown>>,
): DescribedVariable[] {
  const schema = inputSchema as Schema;
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  return Object.entries(asSchema(schema["properties"])).map(([name, value]) => {
    const variable = asSchema(value);
    const description = variable["description"];
    const marks = MARKS.filter((mark) => variable[mark] === true);
    return {
      name,
      type: describeType(variable),
      required: required.has(name) && !Object.hasOwn(defaults, name),
      default: Object.hasOwn(defaults, name) ? defaults[name] : undefined,
      description: typeof description === "string" ? description : undefined,
      ...(marks.length === 0 ? {} : { marks }),
    };
  });
}

/** A schema in the few words that a table has room for. */
export function describeType(schema: Schema): string {
  const { type, enum: choices, const: only, anyOf, oneOf } = schema;
  if (Array.isArray(choices)) return choices.map((choice) => JSON.stringify(choice)).join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  const union = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined;
  if (union !== undefined) return union.map((member) => describeType(asSchema(member))).join(" | ");
  if (Array.isArray(type)) return type.map((member) => describeType({ ...schema, type: member })).join(" | ");
  if (type === "array") {
    const items = describeType(asSchema(schema["items"]));
    return items.includes(" ") ? `(${items})[]` : `${items}[]`;
  }
  if (type === "object") {
    const names = Object.keys(asSchema(schema["properties"]));
    return names.length === 0 ? "object" : `{ ${names.join(", ")} }`;
  }
  return typeof type === "string" ? type : "any";
}
