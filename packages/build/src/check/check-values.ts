// Defaults and examples are inputs as well: they match the input's schema and name only variables.

import { type Arguments, type Code, type Diagnostic, diagnose, type Place } from "@cuecard/model";
import { nearest, pointerKeys } from "@cuecard/runtime";
import type { JsonSchema } from "../model.js";
import type { FrontMatter } from "../parse/front-matter-schema.js";
import type { CompiledValidator } from "../schema/compile-validator.js";
import { describeSchemaError } from "../schema/describe-schema-error.js";
import { isObject } from "../schema/json-schema.js";

type Values = Readonly<Record<string, unknown>>;

/** Keywords that a part of an input can violate by itself. */
const PART_KEYWORDS = ["type", "additionalProperties", "unevaluatedProperties", "propertyNames"];

/** @param locate Returns the place of the value at a path of front-matter keys. */
export function checkValues(
  data: FrontMatter,
  schema: JsonSchema,
  { validate }: CompiledValidator,
  locate: (path: readonly string[]) => Place,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = <C extends Code>(code: C, args: Arguments<C>, path: readonly string[]) => {
    diagnostics.push(diagnose(code, args, locate(path)));
  };

  const defaults = data.input?.default ?? {};
  for (const variable of undeclaredNames(defaults, schema)) {
    const args = { path: variable, problem: UNDECLARED, instead: suggestForUndeclared(variable, schema) };
    report("input/invalid-default", args, ["input", "default", variable]);
  }
  // Defaults are a part of an input: they need not satisfy by themselves what the schema requires of the whole.
  const ofDefaults = new Set<string>();
  if (!validate(defaults))
    for (const error of validate.errors ?? []) {
      if (error.instancePath === "" && !PART_KEYWORDS.includes(error.keyword)) continue;
      ofDefaults.add(`${error.schemaPath} ${error.instancePath}`);
      const keys = pointerKeys(error.instancePath);
      const args = { path: keys.join("."), problem: describeSchemaError(error) };
      report("input/invalid-default", args, ["input", "default", ...keys]);
    }

  data.examples?.forEach(({ name, input = {} }, index) => {
    const reportAt = (keys: readonly string[], problem: string, instead?: string) => {
      const args = { example: name, path: keys.join(".") || "input", problem, instead };
      report("input/invalid-example", args, ["examples", String(index), "input", ...keys]);
    };
    for (const variable of undeclaredNames(input, schema))
      reportAt([variable], UNDECLARED, suggestForUndeclared(variable, schema));
    if (validate({ ...defaults, ...input })) return;
    for (const error of validate.errors ?? []) {
      const keys = pointerKeys(error.instancePath);
      const [variable] = keys;
      // A default that the example leaves as it is has been reported.
      const isDefault = variable !== undefined && !Object.hasOwn(input, variable);
      if (isDefault && ofDefaults.has(`${error.schemaPath} ${error.instancePath}`)) continue;
      reportAt(keys, describeSchemaError(error));
    }
  });
  return diagnostics;
}

const UNDECLARED = "is not a variable of the prompt";

function suggestForUndeclared(variable: string, { properties = {} }: JsonSchema): string {
  const near = nearest(variable, Object.keys(properties));
  return near === undefined ? "remove it, or use the variable in the template" : `did you mean "${near}"?`;
}

/** Names that are not variables, if the schema lists the variables. */
function undeclaredNames(values: Values, schema: JsonSchema): string[] {
  const { properties } = schema;
  return properties === undefined || isOpen(schema)
    ? []
    : Object.keys(values).filter((name) => !Object.hasOwn(properties, name));
}

/** Whether a schema allows properties that it does not list. */
function isOpen(schema: JsonSchema): boolean {
  const { additionalProperties } = schema;
  return (
    additionalProperties === true ||
    isObject(additionalProperties) ||
    ["patternProperties", "anyOf", "oneOf", "allOf", "$ref"].some((keyword) => keyword in schema)
  );
}
