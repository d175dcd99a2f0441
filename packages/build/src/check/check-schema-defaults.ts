// A `default` in a JSON Schema is an annotation: it fills in nothing. Finds those of the input's schema, whose authors expect it to.

import { type Diagnostic, diagnose, type Place } from "@cuecard/model";
import { yamlValue } from "../hints/inline-yaml.js";
import type { JsonSchema } from "../model.js";
import { isDataKeyword, isObject, NAMED_SCHEMAS } from "../schema/json-schema.js";

/**
 * @param defaults The front matter's `input.default`.
 * @param locate Returns the place of the value at a path of front-matter keys.
 */
export function checkSchemaDefaults(
  schema: JsonSchema,
  defaults: Readonly<Record<string, unknown>>,
  locate: (path: readonly string[]) => Place,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const visit = (value: unknown, keys: readonly string[], areNames: boolean): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      const at = [...keys, key];
      if (areNames || !isDataKeyword(key))
        visit(member, at, isObject(value) && !areNames && NAMED_SCHEMAS.includes(key));
      else if (key === "default" && !Object.hasOwn(defaults, variableAt(at) ?? "")) found.push(report(at, member));
    }
  };
  const report = (keys: readonly string[], value: unknown): Diagnostic => {
    const variable = variableAt(keys);
    const entry = variable === undefined ? undefined : yamlValue({ [variable]: value });
    return diagnose(
      "schema/unused-default",
      { path: ["input.schema", ...keys].join("."), entry },
      locate(["input", "schema", ...keys]),
    );
  };
  visit(schema, [], false);
  return found;
}

/** The variable whose default is at a path in the schema; `undefined` for the default of a part of one. */
function variableAt([keyword, name, ...rest]: readonly string[]): string | undefined {
  return keyword === "properties" && rest.length === 1 ? name : undefined;
}
