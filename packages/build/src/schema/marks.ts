// Reading marks: keywords of Cuecard in schemas of inputs, such as `untrusted`.

import type { MARKS } from "@cuecard/runtime";
import type { JsonSchema } from "../model.js";
import { isDataKeyword, isMark, isObject, NAMED_SCHEMAS } from "./json-schema.js";
import { mapSchemas, without } from "./map-schemas.js";

export type Marks = Partial<Record<(typeof MARKS)[number], true>>;

/** The marks that a description in Picoschema begins with, and the rest of it: `untrusted, what the user asks`. */
export function splitMarks(text: string | undefined): { readonly marks: Marks; readonly description?: string } {
  const marks: Marks = {};
  let description = text;
  while (description !== undefined) {
    const [, word = "", rest] = /^(\w+) *(?:, *(.*))?$/s.exec(description) ?? [];
    if (!isMark(word)) break;
    marks[word] = true;
    description = rest;
  }
  return { marks, ...(description === undefined ? {} : { description }) };
}

/** A mistake in the use of a mark: where (keys from the schema's root) and what. */
interface MarkProblem {
  readonly path: readonly string[];
  readonly problem: string;
  readonly instead: string;
}

/**
 * Marks that are neither true nor false, and in an output those that would have no effect.
 *
 * @param schema JSON Schema as it is written.
 */
export function findMarkProblems(schema: JsonSchema, role: "input" | "output"): MarkProblem[] {
  const problems: MarkProblem[] = [];
  /** @param areNames Whether the keys of the value are names chosen by the author, not keywords. */
  const visit = (value: unknown, path: readonly string[], areNames: boolean): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, String(index)], false);
    if (!isObject(value)) return;
    for (const [key, member] of Object.entries(value)) {
      const at = [...path, key];
      if (areNames || !isMark(key)) {
        if (areNames || !isDataKeyword(key)) visit(member, at, !areNames && NAMED_SCHEMAS.includes(key));
      } else if (typeof member !== "boolean")
        problems.push({ path: at, problem: `"${key}" is true or false`, instead: `write ${key}: true` });
      else if (role === "output")
        problems.push({ path: at, problem: `"${key}" is about values that callers pass`, instead: "remove it" });
    }
  };
  visit(schema, [], false);
  return problems;
}

/** A schema without marks, for programs that do not know them. */
export function withoutMarks(schema: JsonSchema): JsonSchema {
  return mapSchemas(schema, without(isMark));
}
