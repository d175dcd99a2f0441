// The static type of a helper's result: its TypeScript type as a JSON Schema, which schema-type.ts reads.

import type { HelperParameter, ValueForm, ValueType } from "../language/helper-signature.js";
import type { JsonSchema } from "../model.js";
import { schemaType } from "./schema-type.js";
import { ABSENT, type StaticType, UNKNOWN, union } from "./static-type.js";

export function helperType(type: ValueType): StaticType {
  if (type === "any") return UNKNOWN;
  const forms = schemasOf(type);
  if (!type.includes("undefined")) return schemaType({ anyOf: forms });
  return forms.length === 0 ? ABSENT : union([schemaType({ anyOf: forms }), ABSENT]);
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
