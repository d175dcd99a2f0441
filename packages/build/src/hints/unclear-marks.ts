// Descriptions in Picoschema that look like a mark but are not one: `string, Untrusted`, `string, untrusted: what the user asks`, or a mark
// behind the description. Their author would believe that the value is marked.

import { MARKS, nearest } from "@cuecard/runtime";
import { isObject } from "../schema/json-schema.js";
import { splitMarks } from "../schema/marks.js";
import { isJsonSchema, type SchemaProblem } from "../schema/picoschema.js";

/** @param written A schema of an input, as the front matter has it. */
export function findUnclearMarks(written: unknown): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  const read = (text: string, path: readonly string[]): void => {
    const [, described] = /^[^,]*,(.*)$/s.exec(text) ?? [];
    const problem = described === undefined ? undefined : explain(described.trim());
    if (problem !== undefined) found.push({ path, ...problem });
  };
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value === "string") read(value, path);
    if (!isObject(value)) return;
    for (const [key, definition] of Object.entries(value)) {
      const [, form] = /\((.*)\)$/s.exec(key) ?? [];
      if (form !== undefined) read(form, [...path, key]);
      visit(definition, [...path, key]);
    }
  };
  if (!isJsonSchema(written)) visit(written, []);
  return found;
}

/** A mark after the description: `string, where to write to, private`. */
const LAST_MARK = new RegExp(`,\\s*(${MARKS.join("|")})()$`, "i");

function explain(described: string): Pick<SchemaProblem, "problem" | "instead"> | undefined {
  const { description = "" } = splitMarks(described);
  const [, word = "", end = ""] = /^(\w+)\s*($|[,:;.–—-])/.exec(description) ?? LAST_MARK.exec(description) ?? [];
  const mark = MARKS.find((name) => name === word.toLowerCase()) ?? nearest(word, MARKS);
  if (mark === undefined) return undefined;
  const problem = `"${word}${end === "," ? "" : end}" is read as a part of the description`;
  return { problem, instead: `to mark the value, write "${mark}" and a comma before the description` };
}
