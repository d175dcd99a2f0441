// Rejects what a schema may not contain before Ajv sees it: references to other documents, patterns that can stall a
// service, and `__proto__`, which Ajv cannot require.

import { type Diagnostic, diagnose, isUnsafeVariable, type Place } from "@cuecard/model";
import { isSafePattern } from "redos-detector";
import type { JsonSchema } from "../model.js";
import { findLargeReference, MAX_SCHEMAS } from "./expanded-size.js";
import { isDataKeyword, isObject, NAMED_SCHEMAS } from "./json-schema.js";
import { hasRepeatedLookAround } from "./look-arounds.js";
import { exceededNesting } from "./nesting.js";
import { resolvePointer } from "./resolve-pointer.js";

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/**
 * The analysis takes time and memory in proportion to a pattern's length, and to the length of all patterns together.
 */
const MAX_PATTERN = 250;
const MAX_PATTERNS = 2_000;

/** Bounds the analysis of one pattern by steps, not by time: the verdict must be the same on every machine. */
const PATTERN_LIMITS = { maxSteps: 500, timeout: Number.POSITIVE_INFINITY };

/**
 * @param path The front-matter path of the schema, for messages: `input.schema`.
 * @param place Returns the place of the value at a path of keys within the schema.
 */
export function checkSchema(schema: unknown, path: string, place: (keys: readonly string[]) => Place): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  let characters = 0;
  const checkPattern = (pattern: string, at: Place): Diagnostic[] => {
    characters += pattern.length;
    const problem = characters > MAX_PATTERNS ? TOO_MANY_PATTERNS : findPatternProblem(pattern);
    return problem === undefined ? [] : [diagnose("schema/unsafe-pattern", { path, pattern, problem }, at)];
  };
  /** @param areNames Whether the keys of the value are names chosen by the author, not keywords. */
  const visit = (value: unknown, keys: readonly string[], areNames = false): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        visit(item, [...keys, String(index)]);
      });
      return;
    }
    if (!isObject(value)) return;
    const { $ref, $schema, pattern } = areNames ? {} : value;
    if ($schema !== undefined && $schema !== DIALECT && $schema !== `${DIALECT}#`) {
      const problem = `its $schema is ${JSON.stringify($schema)}; only draft 2020-12 is supported`;
      const instead = "remove this line; if the schema then has errors, follow their hints";
      diagnostics.push(diagnose("schema/invalid", { path, problem, instead }, place([...keys, "$schema"])));
    }
    for (const { key, problem, instead } of areNames ? [] : findUnsupported(value, keys.length > 0))
      diagnostics.push(diagnose("schema/invalid", { path, problem, instead }, place([...keys, key])));
    if (typeof $ref === "string" && !$ref.startsWith("#"))
      diagnostics.push(diagnose("schema/remote-ref", { path, ref: $ref }, place([...keys, "$ref"])));
    if (typeof pattern === "string") diagnostics.push(...checkPattern(pattern, place([...keys, "pattern"])));
    for (const [key, member] of Object.entries(value)) {
      if (!areNames && isDataKeyword(key)) continue;
      const at = [...keys, key];
      if (isUnsafeVariable(key)) diagnostics.push(diagnose("input/unsafe-name", { name: key }, place(at)));
      if (!areNames && key === "patternProperties" && isObject(member))
        for (const written of Object.keys(member)) diagnostics.push(...checkPattern(written, place([...at, written])));
      visit(member, at, !areNames && NAMED_SCHEMAS.includes(key));
    }
  };
  visit(schema, []);
  if (isObject(schema)) {
    const root = schema as JsonSchema;
    diagnostics.push(...findEndlessReferences(root, path, place), ...checkSize(root, path, place));
  }
  return diagnostics;
}

/** Keywords that the validator knows and that types cannot follow, or that make it validate nothing at once. */
function findUnsupported(
  schema: Readonly<Record<string, unknown>>,
  isInner: boolean,
): { readonly key: string; readonly problem: string; readonly instead: string }[] {
  return Object.keys(schema).flatMap((key) => {
    const problem = `"${key}" is not supported`;
    if (key === "$async") return [{ key, problem, instead: "remove it: validation is synchronous" }];
    // Ajv follows them only to anchors that it has met, and otherwise validates the same value again, endlessly.
    if (key === "$recursiveRef") return [{ key, problem, instead: 'write $ref: "#"' }];
    if (key === "$dynamicRef") return [{ key, problem, instead: 'name the schema by its place: $ref: "#/$defs/…"' }];
    if (key === "$recursiveAnchor" || key === "$dynamicAnchor") return [{ key, problem, instead: "remove it" }];
    // References inside start from here for the validator.
    return isInner && key === "$id" && typeof schema[key] === "string" && hasReference(schema)
      ? [
          {
            key,
            problem: `${problem} inside a schema`,
            instead: "remove it, and begin its references at the top: #/$defs/…",
          },
        ]
      : [];
  });
}

function hasReference(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, member]) => key === "$ref" || hasReference(member));
}

/** Reports a schema that is too deep, or too large with its references written out. The parameters are those of {@link checkSchema}. */
export function checkSize(root: JsonSchema, path: string, place: (keys: readonly string[]) => Place): Diagnostic[] {
  const deep = exceededNesting(root);
  if (deep !== undefined) {
    const problem = `it has more than ${deep.limit} ${deep.what}`;
    const instead = "move what is deeply nested to $defs, and refer to it";
    return [diagnose("schema/invalid", { path, problem, instead }, place([]))];
  }
  const large = findLargeReference(root);
  if (large === undefined) return [];
  const problem = `"${large.reference}" is more than ${MAX_SCHEMAS} schemas with its own references written out`;
  const instead = "let fewer definitions refer to others, or refer to each only once";
  return [diagnose("schema/invalid", { path, problem, instead }, place(large.path))];
}

/** Keywords whose schemas apply to the same value. */
const IN_PLACE = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];

/** References that lead back to themselves without descending into the value: validation would never end. */
function findEndlessReferences(
  root: JsonSchema,
  path: string,
  place: (keys: readonly string[]) => Place,
): Diagnostic[] {
  const endless = new Set<string>();
  const done = new Set<unknown>();
  const follow = (schema: unknown, chain: readonly unknown[]): void => {
    if (Array.isArray(schema)) {
      for (const branch of schema) follow(branch, chain);
      return;
    }
    if (!isObject(schema) || done.has(schema)) return;
    const { $ref } = schema;
    if (typeof $ref === "string") {
      const target = resolvePointer(root, $ref);
      if (chain.includes(target) || target === schema) endless.add($ref);
      else follow(target, [...chain, schema]);
    }
    for (const keyword of IN_PLACE) follow(schema[keyword], [...chain, schema]);
    if (isObject(schema["dependentSchemas"])) follow(Object.values(schema["dependentSchemas"]), [...chain, schema]);
    done.add(schema);
  };
  const visit = (value: unknown): void => {
    follow(value, []);
    if (typeof value === "object" && value !== null) for (const member of Object.values(value)) visit(member);
  };
  visit(root);
  return [...endless].map((reference) => {
    const problem = `"${reference}" refers to itself endlessly`;
    return diagnose("schema/invalid", { path, problem }, place([]));
  });
}

const NOT_A_PATTERN = "is not a regular expression of JavaScript";
const TOO_MANY_PATTERNS = `comes after ${MAX_PATTERNS} characters of patterns: its running time is not checked`;

/** Why a pattern is refused; `undefined` if it can be used. */
export function findPatternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern, "u");
  } catch {
    return NOT_A_PATTERN;
  }
  if (pattern.length > MAX_PATTERN) return `is longer than ${MAX_PATTERN} characters: its running time is not checked`;
  if (hasRepeatedLookAround(pattern))
    return "repeats a loop inside a look-around for each character: it takes quadratic time for long strings";
  try {
    return isSafePattern(pattern, { unicode: true, ...PATTERN_LIMITS }).safe
      ? undefined
      : "can take very long for some strings (catastrophic backtracking)";
  } catch {
    return "uses a construct whose running time cannot be checked";
  }
}
