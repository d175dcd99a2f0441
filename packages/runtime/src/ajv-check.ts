// Checks values by validators that Ajv emitted (https://ajv.js.org/standalone.html), and puts its errors into words.

import {
  type Check,
  expectation,
  issueAt,
  MOST_ISSUES,
  memberPath,
  missingAt,
  NO_PROPERTY,
  type Path,
  type PlacedIssue,
  placed,
} from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import { pointerKeys } from "./pointer.js";
import { ownProperty } from "./safe-members.js";
import { schemasAt } from "./schemas-at.js";

/** A validator as Ajv emits it. It leaves its errors in `errors`. */
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
 * @param makeValidator Called once, for the first value.
 * @param schema Describes what should be there when something is missing.
 */
export function ajvCheck(makeValidator: () => Validator, schema: JsonSchema): Check {
  let validate: Validator | undefined;
  return (value) => {
    validate ??= makeValidator();
    return validate(value) ? [] : toIssues(validate.errors ?? [], value, schema);
  };
}

function toIssues(all: readonly ValidatorError[], value: unknown, schema: JsonSchema): PlacedIssue[] {
  // Errors are compared in pairs. A value may have several errors, one for each branch of the schema.
  const errors = all.slice(0, 10 * MOST_ISSUES);
  const merged = new Map<string, { readonly issue: PlacedIssue; readonly expected: Set<string> }>();
  for (const error of errors) {
    if (isExplained(error, errors)) continue;
    const issue = toIssue(error, value, schema);
    const known = merged.get(issue.path) ?? { issue, expected: new Set() };
    for (const one of alternativesIn(issue.expected)) known.expected.add(one);
    merged.set(issue.path, known);
  }
  return [...merged.values()]
    .slice(0, MOST_ISSUES)
    .map(({ issue, expected }) => placed({ ...issue, expected: [...expected].join(" or ") }, issue.keys));
}

/** `a string or a number` as two. Values of the schema, in quotes, may contain the word. */
const alternativesIn = (expected: string): string[] => (expected.includes('"') ? [expected] : expected.split(" or "));

/** Keywords that only report that no branch fits: the errors of the branches say why. */
const SUMMARIES = ["anyOf", "oneOf", "if"];

/**
 * Whether other errors say more about the same problem: those of the branches, for a branching keyword; and those about a
 * value's content, for its type, which another branch allows.
 */
function isExplained({ keyword, instancePath }: ValidatorError, all: readonly ValidatorError[]): boolean {
  if (SUMMARIES.includes(keyword))
    return all.some((other) => !SUMMARIES.includes(other.keyword) && isWithin(other.instancePath, instancePath));
  return keyword === "type" && all.some((other) => concernsContent(other, instancePath));
}

function concernsContent({ keyword, instancePath }: ValidatorError, place: string): boolean {
  return instancePath === place
    ? keyword === "required" || keyword === "additionalProperties"
    : isWithin(instancePath, place);
}

function isWithin(place: string, outer: string): boolean {
  return place === outer || place.startsWith(`${outer}/`);
}

function toIssue({ instancePath, keyword, params }: ValidatorError, root: unknown, schema: JsonSchema): PlacedIssue {
  const { path, value } = follow(root, pointerKeys(instancePath));
  switch (keyword) {
    case "required":
    case "dependentRequired": {
      const name = String(params["missingProperty"]);
      const keys = pointerKeys(instancePath);
      const expected = schemasAt(schema, [...keys, name]).map(expectation);
      const parents = schemasAt(schema, keys);
      const unknown = Object.keys(value as object).filter((given) =>
        parents.every(({ properties }) => ownProperty(properties, given) === undefined),
      );
      return missingAt(path, name, alternatives(expected), unknown);
    }
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name = String(params["additionalProperty"] ?? params["unevaluatedProperty"]);
      return issueAt(memberPath(path, name), NO_PROPERTY, ownProperty(value, name));
    }
    case "type":
      return issueAt(path, expectation(params as JsonSchema), value);
    case "enum":
      return issueAt(path, expectation({ enum: params["allowedValues"] as readonly unknown[] }), value);
    case "const":
      return issueAt(path, JSON.stringify(params["allowedValue"]), value);
    default:
      return issueAt(path, `a value that passes ${limit(keyword, params)}`, value);
  }
}

/** The value at a pointer's keys, and its place in words. */
function follow(root: unknown, names: readonly string[]): { path: Path; value: unknown } {
  let path: Path;
  let value = root;
  for (const name of names) {
    path = memberPath(path, Array.isArray(value) ? Number(name) : name);
    value = ownProperty(value, name);
  }
  return { path, value };
}

function alternatives(expected: readonly string[]): string {
  const named = [...new Set(expected.flatMap(alternativesIn))].filter((one) => one !== "a value");
  return named.length === 0 ? "a value" : named.join(" or ");
}

function limit(keyword: string, params: Readonly<Record<string, unknown>>): string {
  const bound = params["limit"] ?? params["pattern"] ?? params["multipleOf"];
  return bound === undefined ? `"${keyword}"` : `"${keyword}" (${String(bound)})`;
}
