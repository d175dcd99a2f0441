// What the type of a helper's result tells of it: the type as a schema, whose shape the checks know how to ask.

import type { HelperParameter, ValueForm, ValueType } from "../language/helper-signature.js";
import type { JsonSchema } from "../model.js";
import { schemaShape } from "./schema-shape.js";
import { NOT_THERE, type Shape, UNKNOWN, union } from "./shape.js";

export function typeShape(type: ValueType): Shape {
  if (type === "any") return UNKNOWN;
  const forms = schemasOf(type);
  if (!type.includes("undefined")) return schemaShape({ anyOf: forms });
  return forms.length === 0 ? NOT_THERE : union([schemaShape({ anyOf: forms }), NOT_THERE]);
}

function schemasOf(type: readonly ValueForm[]): JsonSchema[] {
  return type.filter((form) => form !== "undefined").map(schemaOfForm);
}

function schemaOf(type: ValueType): JsonSchema {
  return type === "any" ? {} : { anyOf: schemasOf(type) };
}

function schemaOfForm(form: ValueForm): JsonSchema {
  if (typeof form === "string") return { type: form };
  if ("values" in form) return { enum: form.values };
  if ("items" in form) return { type: "array", items: schemaOf(form.items) };
  const { members, others } = form;
  return {
    type: "object",
    properties: Object.fromEntries(members.map(({ name, type }) => [name, schemaOf(type)])),
    required: members.filter((member) => !mayBeMissing(member)).map(({ name }) => name),
    additionalProperties: others === undefined ? false : schemaOf(others),
  };
}

function mayBeMissing({ type, optional }: HelperParameter): boolean {
  return optional || (type !== "any" && type.includes("undefined"));
}
