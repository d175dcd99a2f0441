// Schemas as other tools write them, in the places where Picoschema (https://google.github.io/dotprompt/reference/picoschema/)
// is read: what was meant, and the line to write instead.

import { isObject } from "../schema/json-schema.js";
import type { SchemaProblem } from "../schema/picoschema.js";
import { yamlValue } from "./inline-yaml.js";
import { DEFINITION_KEYWORDS, readDefinition, readForm, readJsonSchema, readKey } from "./read-definition.js";
import { readType } from "./type-words.js";
import { asJsonSchema, writeDefinition } from "./write-definition.js";

export interface ExplainedProblem extends SchemaProblem {
  readonly instead: string | undefined;
}

/**
 * Adds to each problem what to write instead. Several problems with one cause become one.
 *
 * @param written The schema as the front matter has it.
 */
export function explainSchemaProblems(written: unknown, problems: readonly SchemaProblem[]): ExplainedProblem[] {
  const explained = problems.map((problem) => explain(written, problem));
  return explained.filter(({ path }, index) => explained.findIndex((other) => isSame(other.path, path)) === index);
}

function explain(written: unknown, { path, problem }: SchemaProblem): ExplainedProblem {
  for (let length = 1; length < path.length; length++) {
    const at = path.slice(0, length);
    const meant = readJsonSchema(valueAt(written, at));
    if (meant === undefined) continue;
    const instead = `write ${writeDefinition(at.at(-1) ?? "", meant)}`;
    return { path: at, problem: "this is JSON Schema, and the schema around it is Picoschema", instead };
  }
  const value = valueAt(written, path);
  const key = path.at(-1);
  return { path, problem, instead: key === undefined ? suggestRoot(value) : suggestMember(key, value) };
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, index) => key === b[index]);

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), root);
}

/** The whole schema is not an object with variables. */
function suggestRoot(schema: unknown): string | undefined {
  if (typeof schema !== "string") return "list the variables: { name: string }";
  if (/^[A-Z]\w*$/.test(schema)) return `named schemas are not supported: write the members of ${schema} here`;
  const meant = readType(schema);
  return meant && `write ${yamlValue(asJsonSchema(meant))}`;
}

/** The line to write for a variable whose key, or whose definition, is not Picoschema. */
function suggestMember(key: string, definition: unknown): string | undefined {
  const { name, form } = readKey(key);
  const meant = readForm(form, definition) ?? readDefinition(definition);
  if (meant !== undefined) {
    const isExample = typeof definition === "number" || typeof definition === "boolean";
    const value = isExample ? `; values are in input.default: ${yamlValue({ [name]: definition })}` : "";
    return `write ${writeDefinition(key, meant)}${value}`;
  }
  if (typeof definition !== "string") return undefined;
  const [named] = /^[A-Z]\w*/.exec(definition) ?? [];
  if (named === undefined) return undefined;
  const text = { kind: "scalar", type: "string", description: definition } as const;
  const written = form === "array" ? ({ kind: "list", items: text } as const) : text;
  return `write ${writeDefinition(key, written)}; if ${named} is a schema, write its members here`;
}

/** What to write for a variable that is declared as `{ type: string }`, which is an object with one member to Picoschema. */
export function suggestForDeclared(variable: string | undefined, members: readonly string[]): string | undefined {
  const isHabit = members.includes("type") && members.every((member) => DEFINITION_KEYWORDS.includes(member));
  if (variable === undefined || !isHabit || !/^[\w$]+$/.test(variable)) return undefined;
  return `if it is text, write ${variable}: string in input.schema; { type: … } is an object with the member "type"`;
}
