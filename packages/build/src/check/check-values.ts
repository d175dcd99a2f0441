// Defaults and examples are inputs as well: they match the input's schema and name only variables.

import { type Arguments, type Code, type Diagnostic, diagnose, type Place } from "@cuecard/model";
import { pointerKeys } from "@cuecard/runtime";
import type { ErrorObject } from "ajv";
import type { JsonSchema } from "../model.js";
import type { FrontMatter } from "../parse/front-matter-schema.js";
import type { CompiledValidator } from "../schema/compile-validator.js";
import { describeSchemaError } from "../schema/describe-schema-error.js";
import { isObject } from "../schema/json-schema.js";
import { Suggestions } from "../text/suggestions.js";

type Values = Readonly<Record<string, unknown>>;

/** Keywords that a part of an input can violate by itself. */
const PART_KEYWORDS = ["type", "additionalProperties", "unevaluatedProperties", "propertyNames"];

/** What defaults and examples are checked against. */
export interface ExpectedInput {
  readonly schema: JsonSchema;
  readonly validate: CompiledValidator["validate"];
  /** Whether the template uses a variable. One that it uses and the schema lacks is reported in the template. */
  readonly isUsed: (variable: string) => boolean;
}

/** @param locate Returns the place of the value at a path of front-matter keys. */
export function checkValues(
  data: FrontMatter,
  { schema, validate, isUsed }: ExpectedInput,
  locate: (path: readonly string[]) => Place,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = <C extends Code>(code: C, args: Arguments<C>, path: readonly string[]) => {
    diagnostics.push(diagnose(code, args, locate(path)));
  };

  const suggestions = new Suggestions();
  const nearestVariable = (variable: string) => suggestions.nearest(variable, Object.keys(schema.properties ?? {}));
  const defaults = data.input?.default ?? {};
  const reportUndeclared = (values: Values, example: string | undefined, path: readonly string[]) => {
    for (const variable of undeclaredNames(values, schema)) {
      if (isUsed(variable)) continue;
      const args = { variable, example, nearest: nearestVariable(variable) };
      report("input/undeclared-value", args, [...path, variable]);
    }
  };

  reportUndeclared(defaults, undefined, ["input", "default"]);
  // Defaults are a part of an input: they need not satisfy by themselves what the schema requires of the whole.
  // Without defaults, that is all that could be missing, and it takes a while to explain.
  const ofDefaults = new Set<string>();
  for (const error of Object.keys(defaults).length === 0 ? [] : validate(defaults)) {
    if (error.instancePath === "" && !PART_KEYWORDS.includes(error.keyword)) continue;
    ofDefaults.add(`${error.schemaPath} ${error.instancePath}`);
    const { keys, ...rest } = explain(error, nearestVariable);
    report("input/invalid-default", { path: keys.join("."), ...rest }, ["input", "default", ...keys]);
  }

  data.examples?.forEach(({ name, input = {} }, index) => {
    reportUndeclared(input, name, ["examples", String(index), "input"]);
    for (const error of validate({ ...defaults, ...input })) {
      const { keys, ...rest } = explain(error, nearestVariable);
      const [variable] = keys;
      // A default that the example leaves as it is has been reported.
      const isDefault = variable !== undefined && !Object.hasOwn(input, variable);
      if (isDefault && ofDefaults.has(`${error.schemaPath} ${error.instancePath}`)) continue;
      const args = { example: name, path: keys.join(".") || "input", ...rest };
      report("input/invalid-example", args, ["examples", String(index), "input", ...keys]);
    }
  });
  return diagnostics;
}

interface Explained {
  /** Where the value is that is wrong. */
  readonly keys: readonly string[];
  readonly problem: string;
  readonly instead: string | undefined;
}

/** A schema that allows no further members names the object; the finding names the member. */
function explain(error: ErrorObject, nearestVariable: (variable: string) => string | undefined): Explained {
  const keys = pointerKeys(error.instancePath);
  const further: unknown = error.params["additionalProperty"] ?? error.params["unevaluatedProperty"];
  if (keys.length > 0 || typeof further !== "string")
    return { keys, problem: describeSchemaError(error), instead: undefined };
  const near = nearestVariable(further);
  const instead = near === undefined ? "remove it, or declare it in input.schema" : `did you mean "${near}"?`;
  return { keys: [further], problem: "is not a variable of the prompt", instead };
}

/** Names that are not variables, if the schema lists the variables. Those that it refuses are the validator's findings. */
function undeclaredNames(values: Values, schema: JsonSchema): string[] {
  const { properties } = schema;
  return properties === undefined || isOpen(schema) || isClosed(schema)
    ? []
    : Object.keys(values).filter((name) => !Object.hasOwn(properties, name));
}

function isClosed({ additionalProperties, unevaluatedProperties }: JsonSchema): boolean {
  return additionalProperties === false || unevaluatedProperties === false;
}

/** Whether a schema says that objects have properties that it does not list. */
function isOpen(schema: JsonSchema): boolean {
  const { additionalProperties } = schema;
  return (
    additionalProperties === true ||
    isObject(additionalProperties) ||
    ["patternProperties", "anyOf", "oneOf", "allOf", "$ref"].some((keyword) => keyword in schema)
  );
}
