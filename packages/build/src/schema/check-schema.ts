// What a schema may not hold, found before Ajv sees it: references to other documents, patterns that can stall a service,
// and `__proto__`, which Ajv cannot require.

import { type Diagnostic, diagnose, isUnsafeVariable, type Place } from "@cuecard/model";
import { isSafePattern } from "redos-detector";
import { isObject } from "./json-schema.js";

/** Keywords whose values are data, not schemas. */
const DATA_KEYWORDS = ["enum", "const", "default", "examples"];

/** Bounds on the analysis of one pattern, so that a build stays fast whatever it is given. */
const PATTERN_LIMITS = { maxSteps: 20_000, timeout: 250 };

/**
 * @param path The front-matter path of the schema, for messages: `input.schema`.
 * @param place Where the value at a path of keys within the schema stands.
 */
export function checkSchema(schema: unknown, path: string, place: (keys: readonly string[]) => Place): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const visit = (value: unknown, keys: readonly string[]): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        visit(item, [...keys, String(index)]);
      });
      return;
    }
    if (!isObject(value)) return;
    const { $ref, pattern } = value;
    if (typeof $ref === "string" && !$ref.startsWith("#"))
      diagnostics.push(diagnose("schema/remote-ref", { path, ref: $ref }, place([...keys, "$ref"])));
    if (typeof pattern === "string") diagnostics.push(...checkPattern(pattern, path, place([...keys, "pattern"])));
    for (const [key, member] of Object.entries(value)) {
      if (DATA_KEYWORDS.includes(key)) continue;
      const at = [...keys, key];
      if (isUnsafeVariable(key)) diagnostics.push(diagnose("input/unsafe-name", { name: key }, place(at)));
      if (key === "patternProperties" && isObject(member))
        for (const written of Object.keys(member))
          diagnostics.push(...checkPattern(written, path, place([...at, written])));
      visit(member, at);
    }
  };
  visit(schema, []);
  return diagnostics;
}

function checkPattern(pattern: string, path: string, place: Place): Diagnostic[] {
  const report = (problem: string) => [diagnose("schema/unsafe-pattern", { path, pattern, problem }, place)];
  try {
    new RegExp(pattern, "u");
  } catch {
    return report("is not a regular expression");
  }
  try {
    return isSafePattern(pattern, { unicode: true, ...PATTERN_LIMITS }).safe
      ? []
      : report("can take very long on some texts (catastrophic backtracking)");
  } catch {
    return report("uses a construct whose running time cannot be judged");
  }
}
