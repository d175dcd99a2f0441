// Keys of Picoschema that are read, but not as they look: two that declare the same variable, and brackets in brackets.
// `b(array(array))` is a plain list to dotprompt, which drops everything after the second bracket.

import { isObject } from "../schema/json-schema.js";
import { isJsonSchema, type SchemaProblem } from "../schema/picoschema.js";
import { yamlEntry } from "./inline-yaml.js";

/** `name`, or `name(form, description)`. */
const CLEAR = /^[^()]*(?:\([^()]*\))?$/;

/** @param written A schema as the front matter has it. */
export function findUnclearKeys(written: unknown): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    if (!isObject(value)) return;
    const names = new Map<string, string>();
    for (const [key, definition] of Object.entries(value)) {
      const at = [...path, key];
      visit(definition, at);
      if (key === "(*)") continue;
      if (!CLEAR.test(key)) found.push(explainBrackets(key, definition, at));
      const name = key.replace(/\(.*$/s, "").replace(/\?$/, "");
      const first = names.get(name);
      if (first !== undefined)
        found.push({
          path: at,
          problem: `"${first}" and "${key}" declare the same variable, "${name}"`,
          instead: "remove one of them",
        });
      names.set(name, first ?? key);
    }
  };
  if (!isJsonSchema(written)) visit(written, []);
  return found;
}

function explainBrackets(key: string, definition: unknown, path: readonly string[]): SchemaProblem {
  const [, name = "", inside = ""] = /^([^(]*)\(?(.*)$/s.exec(key) ?? [];
  const problem = `the brackets of "${key}" are not read as they look`;
  if (/^(?:array|object|enum)\s*\(/.test(inside))
    return {
      path,
      problem,
      instead: `Picoschema has no lists of lists: write ${name}(array): any, or use JSON Schema`,
    };
  const plain = inside.replace(/[()]/g, "").trim();
  const written = `${name.replaceAll(")", "")}${plain === "" ? "" : `(${plain})`}`;
  return {
    path,
    problem,
    instead: `write ${typeof definition === "string" ? yamlEntry(written, definition) : written}`,
  };
}
