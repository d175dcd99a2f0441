// Ajv's findings in words that continue a sentence: `"input.schema" must be an object`.

import { either } from "@cuecard/model";
import type { ErrorObject } from "ajv";

export function describeSchemaError(error: ErrorObject): string {
  const { keyword, params } = error;
  switch (keyword) {
    case "type":
      return `must be ${typeNames(params["type"])}`;
    case "required":
      return `lacks "${params["missingProperty"]}"`;
    case "additionalProperties":
    case "unevaluatedProperties":
      return `must not have "${params["additionalProperty"] ?? params["unevaluatedProperty"]}"`;
    case "enum":
      return `must be one of ${(params["allowedValues"] as unknown[]).map((value) => JSON.stringify(value)).join(", ")}`;
    case "const":
      return `must be ${JSON.stringify(params["allowedValue"])}`;
    default:
      return error.message ?? `fails "${keyword}"`;
  }
}

function typeNames(type: unknown): string {
  const names = (Array.isArray(type) ? type : String(type).split(",")).map((name) =>
    name === "null" ? "null" : /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`,
  );
  return either(names);
}
