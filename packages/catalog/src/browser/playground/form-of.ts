// Which field of a form edits a value, by its JSON Schema.

import { asSchema, isSchema, resolveSchema, type UnknownSchema as Schema } from "@cuecard/model";

export type Field =
  | { readonly kind: "text" | "boolean" }
  | { readonly kind: "number"; readonly isInteger: boolean }
  | { readonly kind: "choice"; readonly options: readonly unknown[] }
  | { readonly kind: "list"; readonly items: Schema }
  | { readonly kind: "object"; readonly members: readonly Member[] }
  /** Whatever no field fits is edited as JSON. */
  | { readonly kind: "json" };

export interface Member {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

export function formOf(schema: Schema, root: Schema): Field {
  const own = resolveSchema(schema, root);
  const options = own["const"] === undefined ? own["enum"] : [own["const"]];
  if (Array.isArray(options)) return { kind: "choice", options: options.filter((option) => option !== null) };
  const types = [own["type"] ?? []].flat().filter((type) => type !== "null");
  const [type] = types;
  if (types.length !== 1) return { kind: "json" };
  if (type === "string") return { kind: "text" };
  if (type === "boolean") return { kind: "boolean" };
  if (type === "number" || type === "integer") return { kind: "number", isInteger: type === "integer" };
  if (type === "array" && isSchema(own["items"])) return { kind: "list", items: own["items"] };
  if (type === "object" && isSchema(own["properties"])) return { kind: "object", members: membersOf(own) };
  return { kind: "json" };
}

export function descriptionOf(schema: Schema, root: Schema): string {
  const description = schema["description"] ?? resolveSchema(schema, root)["description"];
  return typeof description === "string" ? description : "";
}

/** A value of this form to begin with. */
export function emptyValue(schema: Schema, root: Schema): unknown {
  const field = formOf(schema, root);
  switch (field.kind) {
    case "text":
      return "";
    case "boolean":
      return false;
    case "number":
      return 0;
    case "choice":
      return field.options[0];
    case "list":
      return [];
    case "object":
      return Object.fromEntries(
        field.members.filter(({ required }) => required).map((one) => [one.name, emptyValue(one.schema, root)]),
      );
    case "json":
      return null;
  }
}

function membersOf(schema: Schema): Member[] {
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  const members = asSchema(schema["properties"]);
  return Object.entries(members).map(([name, member]) => ({
    name,
    schema: asSchema(member),
    required: required.has(name),
  }));
}
