// Changes of front matter as data: what they mean, and the smallest ones that lead from a value to another.

import { deepEqual } from "@cuecard/runtime";
import { isObject } from "../schema/json-schema.js";
import { NotEditable, type Path } from "./yaml-node.js";

/** A change of the value at a path of keys and indexes. */
export type FieldChange =
  /** Indexes of lists are numbers: `["examples", 0, "name"]`. An index behind the last item appends one. Maps on the way are created. */
  | { readonly path: Path; readonly value: unknown }
  | { readonly path: Path; readonly remove: true }
  /** The key at the end of the path gets another name; its place, its value and its comments stay. */
  | { readonly path: Path; readonly rename: string };

/** One edit of the text. */
export type Step =
  | { readonly kind: "replace" | "add" | "insert"; readonly path: Path; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: Path }
  | { readonly kind: "rename"; readonly path: Path; readonly name: string };

/** The steps of a change, in their order. */
export function stepsOf(data: unknown, change: FieldChange): Step[] {
  const { path } = change;
  if ("rename" in change) return [{ kind: "rename", path, name: change.rename }];
  const known = reach(data, path);
  if ("remove" in change) return known.length < path.length ? [] : [{ kind: "remove", path }];
  if (known.length === path.length) return difference(path, valueAt(data, path), change.value);
  const above = path.slice(0, known.length);
  const parent = valueAt(data, above);
  const value = wrap(path.slice(known.length + 1), change.value);
  const own = [...above, path[known.length] ?? ""];
  refuseKind(parent, above, path[known.length]);
  if (Array.isArray(parent) && parent.length > 0) return [{ kind: "insert", path: [...above, parent.length], value }];
  if (isObject(parent)) return [{ kind: "add", path: own, value }];
  // A key without a value, or an empty list.
  if (above.length === 0) return [{ kind: "add", path: own, value }];
  return [{ kind: "replace", path: above, value: wrap(path.slice(known.length), change.value) }];
}

/** A map has keys, and a list has indexes. A key without a value can become either. */
function refuseKind(parent: unknown, above: Path, key: unknown): void {
  if (
    parent === null ||
    (Array.isArray(parent) ? typeof key === "number" : isObject(parent) && typeof key === "string")
  )
    return;
  const what = Array.isArray(parent) ? "a list" : isObject(parent) ? "a map" : "a text or a number";
  throw new NotEditable(`${above.join(".")} is ${what}`);
}

/** A value inside of new maps and lists. */
function wrap(path: Path, value: unknown): unknown {
  return path.reduceRight<unknown>(
    (inner, key) => (typeof key === "number" ? [inner] : Object.fromEntries([[key, inner]])),
    value,
  );
}

/** How much of a path is there. */
function reach(data: unknown, path: Path): Path {
  let at = data;
  for (const [index, key] of path.entries()) {
    if (!has(at, key)) return path.slice(0, index);
    at = member(at, key);
  }
  return path;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(member, data);
}

function has(value: unknown, key: string | number): boolean {
  if (Array.isArray(value)) return typeof key === "number" && key >= 0 && key < value.length;
  return isObject(value) && Object.hasOwn(value, String(key));
}

function member(value: unknown, key: string | number): unknown {
  return Array.isArray(value) ? value[Number(key)] : (value as Readonly<Record<string, unknown>>)[String(key)];
}

function difference(path: Path, before: unknown, after: unknown): Step[] {
  if (deepEqual(before, after)) return [];
  if (isObject(before) && isObject(after)) return ofMaps(path, before, after);
  if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length > 0)
    return ofLists(path, before, after);
  return [{ kind: "replace", path, value: after }];
}

type Values = Readonly<Record<string, unknown>>;

function ofMaps(path: Path, before: Values, after: Values): Step[] {
  const kept = Object.keys(before).filter((key) => Object.hasOwn(after, key));
  if (kept.length === 0) return [{ kind: "replace", path, value: after }];
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  return [
    ...gone.map((key): Step => ({ kind: "remove", path: [...path, key] })),
    ...kept.flatMap((key) => difference([...path, key], before[key], after[key])),
    ...added.map((key): Step => ({ kind: "add", path: [...path, key], value: after[key] })),
  ];
}

function ofLists(path: Path, before: readonly unknown[], after: readonly unknown[]): Step[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && deepEqual(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && deepEqual(before.at(-1 - end), after.at(-1 - end))) end++;
  const both = shorter - start - end;
  const steps: Step[] = [];
  for (let index = start; index < start + both; index++)
    steps.push(...difference([...path, index], before[index], after[index]));
  for (let index = before.length - end - 1; index >= start + both; index--)
    steps.push({ kind: "remove", path: [...path, index] });
  for (let index = start + both; index < after.length - end; index++)
    steps.push({ kind: "insert", path: [...path, index], value: after[index] });
  return steps;
}

/** What data is after a step. */
export function afterStep(data: unknown, step: Step): unknown {
  return applyAt(data, step.path, step);
}

function applyAt(data: unknown, path: Path, step: Step): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return step.kind === "replace" ? step.value : data;
  if (Array.isArray(data)) {
    const index = Number(key);
    if (rest.length > 0) return data.map((item, at) => (at === index ? applyAt(item, rest, step) : item));
    if (step.kind === "insert") return [...data.slice(0, index), step.value, ...data.slice(index)];
    if (step.kind === "remove") return data.filter((_, at) => at !== index);
    return data.map((item, at) => (at === index && "value" in step ? step.value : item));
  }
  const entries = Object.entries((data ?? {}) as Values);
  const name = String(key);
  if (rest.length > 0)
    return Object.fromEntries(entries.map(([own, value]) => [own, own === name ? applyAt(value, rest, step) : value]));
  if (step.kind === "remove") return Object.fromEntries(entries.filter(([own]) => own !== name));
  if (step.kind === "rename")
    return Object.fromEntries(entries.map(([own, value]) => [own === name ? step.name : own, value]));
  return Object.fromEntries([...entries.filter(([own]) => own !== name), [name, step.value]]);
}
