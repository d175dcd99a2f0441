// Whether data such as `config` is of the type of other data: with the same members and the same kinds of values. Values may differ.

import { isObject } from "../schema/json-schema.js";

interface Compared {
  /** What messages call the data. */
  readonly path: string;
  /** Whether objects may have more members. */
  readonly mayGrow: boolean;
}

/** @returns What the type of the first data promises and the second does not have, as phrases for people. */
export function differencesInKind(first: unknown, second: unknown, { path, mayGrow }: Compared): string[] {
  if (first === undefined) return [];
  if (isObject(first)) {
    if (!isObject(second)) return [`${path} is not an object`];
    const isNew = (key: string) => !mayGrow && !Object.hasOwn(first, key);
    const added = Object.keys(second).filter(isNew);
    const changed = Object.entries(first).flatMap(([key, value]) =>
      differencesInKind(value, Object.hasOwn(second, key) ? second[key] : undefined, {
        path: `${path}.${key}`,
        mayGrow,
      }),
    );
    return [...changed, ...added.map((key) => `${path}.${key} is new`)];
  }
  if (second === undefined) return [`${path} is missing`];
  if (Array.isArray(first))
    return Array.isArray(second) ? compareLists(first, second, { path, mayGrow }) : [`${path} is not a list`];
  return typeof first === typeof second && (first === null) === (second === null)
    ? []
    : [`${path} is not ${first === null ? "null" : `a ${typeof first}`}`];
}

/** The type of a list has no places: each item must be like one of the first list. */
function compareLists(first: readonly unknown[], second: readonly unknown[], compared: Compared): string[] {
  const isLike = (item: unknown) => first.some((one) => differencesInKind(one, item, compared).length === 0);
  return second.every(isLike) ? [] : [`${compared.path} has items of another type`];
}
