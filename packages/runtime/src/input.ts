// Judging an input: the generated validator finds what is wrong, this puts it into words a caller can act on.

import type { InputIssue } from "./errors.js";
import { nearest } from "./nearest.js";
import { pointerKeys } from "./pointer.js";
import type { JsonSchema } from "./prompt-types.js";

/** A validator as Ajv emits it (https://ajv.js.org/standalone.html): its findings stand in `errors`. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly ValidatorError[] | null;
}

interface ValidatorError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Everything that is wrong with an input; empty when it fits.
 * @param schema The input's schema, asked only when something is missing: it says what should be there.
 */
export function findIssues(validate: Validator, input: unknown, schema: () => JsonSchema): InputIssue[] {
  if (typeof input !== "object" || input === null || Array.isArray(input))
    return [{ path: "", expected: "an object with the prompt's variables", actual: describe(input) }];
  if (validate(input)) return [];
  const errors = (validate.errors ?? []).filter((error, _, all) => !isSummary(error, all));
  return withMisspellings(mergeByPath(errors.map((error) => toIssue(error, input, schema))), input, schema);
}

/** `anyOf` and its kin only say that no branch fitted; where the branches' own findings say why, they do. */
function isSummary({ keyword, instancePath }: ValidatorError, all: readonly ValidatorError[]): boolean {
  if (keyword !== "anyOf" && keyword !== "oneOf" && keyword !== "if") return false;
  return all.some((other) => other.keyword !== keyword && other.instancePath.startsWith(instancePath));
}

/** What several branches expect of one place is one issue: `an array or an object`. */
function mergeByPath(issues: readonly InputIssue[]): InputIssue[] {
  const merged = new Map<string, InputIssue>();
  for (const issue of issues) {
    const known = merged.get(issue.path);
    if (known === undefined) merged.set(issue.path, issue);
    else if (!known.expected.split(" or ").includes(issue.expected))
      merged.set(issue.path, { ...known, expected: `${known.expected} or ${issue.expected}` });
  }
  return [...merged.values()];
}

function toIssue(
  { instancePath, keyword, params }: ValidatorError,
  input: object,
  schema: () => JsonSchema,
): InputIssue {
  const keys = pointerKeys(instancePath);
  const value = keys.reduce<unknown>((object, key) => (object as Record<string, unknown> | undefined)?.[key], input);
  switch (keyword) {
    case "required": {
      const missing = String(params["missingProperty"]);
      const expected = keys.length === 0 ? expectedType(schema(), missing) : "a value";
      return { path: formatPath([...keys, missing]), expected, actual: "nothing" };
    }
    case "additionalProperties":
      return {
        path: formatPath([...keys, String(params["additionalProperty"])]),
        expected: "nothing of this name",
        actual: describe((value as Record<string, unknown>)[String(params["additionalProperty"])]),
      };
    case "type":
      return { path: formatPath(keys), expected: typeNames(params["type"]), actual: describe(value) };
    case "enum":
      return {
        path: formatPath(keys),
        expected: `one of ${(params["allowedValues"] as unknown[]).map((allowed) => JSON.stringify(allowed)).join(", ")}`,
        actual: describe(value),
      };
    case "const":
      return { path: formatPath(keys), expected: JSON.stringify(params["allowedValue"]), actual: describe(value) };
    default:
      return {
        path: formatPath(keys),
        expected: `a value that passes ${limit(keyword, params)}`,
        actual: describe(value),
      };
  }
}

function propertiesOf(schema: JsonSchema): Readonly<Record<string, { readonly type?: unknown }>> {
  return (schema["properties"] ?? {}) as Readonly<Record<string, { readonly type?: unknown }>>;
}

/** What a variable of the input should be, as far as its schema names a type. */
function expectedType(schema: JsonSchema, variable: string): string {
  const properties = propertiesOf(schema);
  const type = Object.hasOwn(properties, variable) ? properties[variable]?.type : undefined;
  return type === undefined ? "a value" : typeNames(type);
}

function limit(keyword: string, params: Readonly<Record<string, unknown>>): string {
  const bound = params["limit"] ?? params["pattern"] ?? params["multipleOf"];
  return bound === undefined ? `"${keyword}"` : `"${keyword}" (${String(bound)})`;
}

/** Gives each missing variable the near name that was given in its place. */
function withMisspellings(issues: readonly InputIssue[], input: object, schema: () => JsonSchema): InputIssue[] {
  const missing = new Set(issues.filter((issue) => issue.actual === "nothing").map((issue) => issue.path));
  if (missing.size === 0) return [...issues];
  // A name that is a variable itself was meant as it was given.
  const variables = propertiesOf(schema());
  const given = Object.keys(input).filter((name) => !Object.hasOwn(variables, name));
  return issues.map((issue) => {
    const name = missing.has(issue.path) ? nearest(issue.path, given) : undefined;
    return name === undefined ? issue : { ...issue, given: name };
  });
}

function formatPath(keys: readonly string[]): string {
  return keys.reduce((path, key) => {
    if (/^\d+$/.test(key)) return `${path}[${key}]`;
    return path === "" ? key : `${path}.${key}`;
  }, "");
}

function typeNames(type: unknown): string {
  const names = Array.isArray(type) ? type.map(String) : [String(type)];
  return names.map((name) => (name === "null" ? name : withArticle(name))).join(" or ");
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** What a value is, with its text where that is short. */
function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" || typeof value === "function") return withArticle(typeof value);
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  return `${withArticle(typeof value)} (${shown.length > 60 ? `${shown.slice(0, 57)}…` : shown})`;
}
