// Checks values by validators that Ajv emitted (https://ajv.js.org/standalone.html), and puts its findings into words.

import { type Check, expectation, type Issue, issueAt, memberPath, missingAt } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import { pointerKeys } from "./pointer.js";
import { schemasAt } from "./schemas-at.js";
import { own } from "./template.js";

/** A validator as Ajv emits it: its findings stand in `errors`. */
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
 * @param makeValidator Called once, when the first value comes.
 * @param schema Says what should be there when something is missing.
 */
export function ajvCheck(makeValidator: () => Validator, schema: JsonSchema): Check {
  let validate: Validator | undefined;
  return (value) => {
    validate ??= makeValidator();
    return validate(value) ? [] : toIssues(validate.errors ?? [], value, schema);
  };
}

function toIssues(errors: readonly ValidatorError[], value: unknown, schema: JsonSchema): Issue[] {
  const merged = new Map<string, Issue>();
  for (const error of errors) {
    if (isSaidBetter(error, errors)) continue;
    const issue = toIssue(error, value, schema);
    const known = merged.get(issue.path);
    if (known === undefined) merged.set(issue.path, issue);
    else if (!known.expected.split(" or ").includes(issue.expected))
      merged.set(issue.path, { ...known, expected: `${known.expected} or ${issue.expected}` });
  }
  return [...merged.values()];
}

/** Keywords that only say that no branch fitted: the branches' own findings say why. */
const SUMMARIES = ["anyOf", "oneOf", "if"];

/**
 * Whether other findings say the same and more: those of branches about the branching, and those about what is in a value
 * about the value's type, which another branch allows.
 */
function isSaidBetter({ keyword, instancePath }: ValidatorError, all: readonly ValidatorError[]): boolean {
  if (SUMMARIES.includes(keyword))
    return all.some((other) => !SUMMARIES.includes(other.keyword) && isWithin(other.instancePath, instancePath));
  return keyword === "type" && all.some((other) => tellsOfInside(other, instancePath));
}

function tellsOfInside({ keyword, instancePath }: ValidatorError, place: string): boolean {
  return instancePath === place
    ? keyword === "required" || keyword === "additionalProperties"
    : isWithin(instancePath, place);
}

function isWithin(place: string, outer: string): boolean {
  return place === outer || place.startsWith(`${outer}/`);
}

function toIssue({ instancePath, keyword, params }: ValidatorError, root: unknown, schema: JsonSchema): Issue {
  const { path, value } = follow(root, pointerKeys(instancePath));
  switch (keyword) {
    case "required":
    case "dependentRequired": {
      const name = String(params["missingProperty"]);
      const keys = pointerKeys(instancePath);
      const expected = schemasAt(schema, [...keys, name]).map(expectation);
      const parents = schemasAt(schema, keys);
      return missingAt(path, name, alternatives(expected), value as object, (given) =>
        parents.some(({ properties }) => own(properties, given) !== undefined),
      );
    }
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name = String(params["additionalProperty"] ?? params["unevaluatedProperty"]);
      return issueAt(memberPath(path, name), "no such property", own(value, name));
    }
    case "type":
      return issueAt(path, expectation(params as JsonSchema), value);
    case "enum":
      return issueAt(path, expectation({ enum: params["allowedValues"] }), value);
    case "const":
      return issueAt(path, JSON.stringify(params["allowedValue"]), value);
    default:
      return issueAt(path, `a value that passes ${limit(keyword, params)}`, value);
  }
}

/** The value at a pointer's keys, and its place in words. */
function follow(root: unknown, names: readonly string[]): { path: string; value: unknown } {
  let path = "";
  let value = root;
  for (const name of names) {
    path = memberPath(path, Array.isArray(value) ? Number(name) : name);
    value = own(value, name);
  }
  return { path, value };
}

function alternatives(expected: readonly string[]): string {
  const named = [...new Set(expected)].filter((one) => one !== "a value");
  return named.length === 0 ? "a value" : named.join(" or ");
}

function limit(keyword: string, params: Readonly<Record<string, unknown>>): string {
  const bound = params["limit"] ?? params["pattern"] ?? params["multipleOf"];
  return bound === undefined ? `"${keyword}"` : `"${keyword}" (${String(bound)})`;
}
