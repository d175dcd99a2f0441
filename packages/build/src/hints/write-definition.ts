// Writes what was meant by a type as Picoschema, or as JSON Schema for a whole schema.

import { yamlEntry } from "./inline-yaml.js";
import { readDefinition, readForm, readKey } from "./read-definition.js";
import type { TypeMeant } from "./type-words.js";

/** A definition as one line of Picoschema: `tags?(array, labels): string`. */
export function writeDefinition(key: string, meant: TypeMeant): string {
  return yamlEntry(...definitionEntry(key, meant));
}

function definitionEntry(key: string, meant: TypeMeant): [key: string, value: unknown] {
  const { name, optional, description = meant.description } = readKey(key);
  const written = optional || meant.optional ? `${name}?` : name;
  const form = (kind: string) => `${written}(${description === undefined ? kind : `${kind}, ${description}`})`;
  switch (meant.kind) {
    case "list":
      return [form("array"), itemOf(meant.items)];
    case "enum":
      return [form("enum"), meant.values];
    case "record":
    case "object":
      return [description === undefined ? written : form("object"), membersOf(meant)];
    case "union":
    case "scalar": {
      const type = meant.kind === "union" ? "any" : meant.type;
      return [written, description === undefined ? type : `${type}, ${description}`];
    }
  }
}

/** Picoschema has no lists of lists, and no lists of enums. */
function itemOf(items: TypeMeant | undefined): unknown {
  switch (items?.kind) {
    case undefined:
    case "enum":
      return "string";
    case "scalar":
      return items.description === undefined ? items.type : `${items.type}, ${items.description}`;
    case "record":
    case "object":
      return membersOf(items);
    default:
      return "any";
  }
}

/** Variables by name, defined in any way that is understood, as Picoschema. */
export function asVariableDefinitions(members: Readonly<Record<string, unknown>>): unknown {
  return membersOf({ kind: "object", members });
}

function membersOf({ members, items }: TypeMeant): unknown {
  if (members === undefined) return { "(*)": items === undefined ? "any" : itemOf(items) };
  const known = Object.entries(members).map(([key, value]) => {
    const meant = readForm(readKey(key).form, value) ?? readDefinition(value);
    return meant === undefined ? ([key, value] as const) : definitionEntry(key, meant);
  });
  return Object.fromEntries(known);
}

export function asJsonSchema(meant: TypeMeant): unknown {
  switch (meant.kind) {
    case "list":
      return { type: "array", items: asJsonSchema(meant.items ?? { kind: "scalar", type: "string" }) };
    case "enum":
      return { enum: meant.values };
    case "scalar":
      return meant.type === "any" ? {} : { type: meant.type };
    default:
      return { type: "object" };
  }
}
