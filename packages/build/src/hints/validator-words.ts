// What the validator's compiler refuses in a JSON Schema, in its own words: the place of each, and what to write instead.

import { nearest } from "@cuecard/runtime";
import type { SchemaProblem } from "../schema/picoschema.js";
import type { ExplainedProblem } from "./schema-habits.js";

type Values = Readonly<Record<string, unknown>>;

/** Finds a schema that has a keyword and passes a test: the path of the keyword. */
export type FindKeyword = (keyword: string, fits: (found: Values) => boolean) => readonly string[] | undefined;

/** @param definitions The names in the schema's `$defs` and `definitions`, as pointers. */
export function explainValidatorWords(
  { path, problem }: SchemaProblem,
  find: FindKeyword,
  definitions: readonly string[],
): ExplainedProblem | undefined {
  const [, ref] = /^can't resolve reference (.+) from id /.exec(problem) ?? [];
  if (ref !== undefined) {
    const at = find("$ref", ({ $ref }) => $ref === ref) ?? path;
    return {
      path: at,
      problem: `"${ref}" does not exist in this schema`,
      instead: suggestForReference(ref, definitions),
    };
  }
  if (problem === "enum must have non-empty array") {
    const at = find("enum", ({ enum: values }) => Array.isArray(values) && values.length === 0) ?? path;
    return { path: at, problem: "an enum has at least one value", instead: "list the values: enum: [a, b]" };
  }
  const [, words, keyword = ""] = /^strict mode: (.*?"([^"]+)".*)$/s.exec(problem) ?? [];
  if (words === undefined) return undefined;
  const at = find(keyword, (found) => fitsWords(words, found)) ?? path;
  return { path: at, problem: words, instead: suggestForStrict(words, keyword) };
}

/** `"then" without "if" is ignored` is about a schema that lacks "if". */
function fitsWords(words: string, found: Values): boolean {
  const [, missing = ""] = /without (.+?)(?::| is )/.exec(words) ?? [];
  return [...missing.matchAll(/"([^"]+)"/g)].every(([, name = ""]) => !Object.hasOwn(found, name));
}

function suggestForStrict(words: string, keyword: string): string {
  const [, missing] = /without ("[^"]+")/.exec(words) ?? [];
  if (words.includes(" > ")) return "write a smaller minContains, or a larger maxContains";
  return missing === undefined ? `remove "${keyword}", or change it` : `add ${missing}, or remove "${keyword}"`;
}

function suggestForReference(ref: string, definitions: readonly string[]): string {
  const nameOf = (pointer: string) => pointer.slice(pointer.lastIndexOf("/") + 1);
  const name = nameOf(ref).replace(/^#/, "");
  const near = nearest(name, definitions.map(nameOf));
  const meant =
    definitions.find((pointer) => nameOf(pointer) === name) ?? definitions.find((pointer) => nameOf(pointer) === near);
  if (meant !== undefined) return `write $ref: "${meant}"`;
  return `add the definition: $defs: { ${name === "" ? "name" : name}: { … } }, and write $ref: "#/$defs/${name === "" ? "name" : name}"`;
}
