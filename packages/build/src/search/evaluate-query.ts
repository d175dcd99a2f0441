// Whether a version matches a query. As in SQL, a missing value matches only IS NULL. Unlike in SQL, NOT inverts every
// result.

import { isLike } from "./like.js";
import { type Condition, type Field, fieldRules, type Operator, type Query, type Value } from "./query.js";

/** The fields of a version that queries can compare. */
export interface SearchedVersion {
  readonly name: string;
  readonly version: number | "working";
  readonly isLatest: boolean;
  /** The template, and the partials that it reaches. */
  readonly text: readonly string[];
  readonly description: string | undefined;
  readonly model: string | undefined;
  readonly kind: "text" | "chat";
  readonly alias: readonly string[];
  readonly variable: readonly string[];
  /** As templates name them: `guidelines`, `finance/guidelines`. */
  readonly partial: readonly string[];
  readonly notes: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, unknown>>;
}

export function fitsQuery(version: SearchedVersion, query: Query): boolean {
  switch (query.kind) {
    case "and":
      return fitsQuery(version, query.left) && fitsQuery(version, query.right);
    case "or":
      return fitsQuery(version, query.left) || fitsQuery(version, query.right);
    case "not":
      return !fitsQuery(version, query.query);
    case "compare":
      return compare(valuesOf(version, query.field), query);
  }
}

function compare(found: readonly Value[], { field, operator, values }: Condition): boolean {
  if (operator === "IS NULL") return found.length === 0;
  if (operator === "IS NOT NULL") return found.length > 0;
  const fits = (positive: Operator) => found.some((value) => values.some((wanted) => fitsOne(value, positive, wanted)));
  const positive = positiveOf(operator);
  if (positive === undefined) return fits(operator);
  return (found.length > 0 || fieldRules[field.name].isList) && !fits(positive);
}

/** What a negated comparison denies. */
function positiveOf(operator: Operator): Operator | undefined {
  if (operator === "!=") return "=";
  if (operator === "NOT LIKE") return "LIKE";
  if (operator === "NOT ILIKE") return "ILIKE";
  return operator === "NOT IN" ? "IN" : undefined;
}

function fitsOne(value: Value, operator: Operator, wanted: Value): boolean {
  switch (operator) {
    case "LIKE":
      return isLike(String(value), String(wanted));
    case "ILIKE":
      return isLike(String(value).toLowerCase(), String(wanted).toLowerCase());
    case "<":
      return areNumbers(value, wanted) && value < wanted;
    case "<=":
      return areNumbers(value, wanted) && value <= wanted;
    case ">":
      return areNumbers(value, wanted) && value > wanted;
    case ">=":
      return areNumbers(value, wanted) && value >= wanted;
    default:
      return String(value) === String(wanted);
  }
}

function areNumbers(a: Value, b: Value): boolean {
  return typeof a === "number" && typeof b === "number";
}

/** A version's values for a field; empty if it has none. */
function valuesOf(version: SearchedVersion, { name, key = "" }: Field): readonly Value[] {
  if (name === "tags") return Object.hasOwn(version.tags, key) ? present(version.tags[key]) : [];
  if (name === "config") return Object.hasOwn(version.config, key) ? configValue(version.config[key]) : [];
  if (name === "version") return version.isLatest ? [version.version, "latest"] : [version.version];
  const value = version[name];
  if (typeof value === "string") return value === "" ? [] : [value];
  return present(value);
}

function present(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/** Settings are JSON: a list or an object is compared by its JSON text. */
function configValue(value: unknown): readonly Value[] {
  if (value === null || value === undefined) return [];
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return [value];
  return [JSON.stringify(value)];
}
