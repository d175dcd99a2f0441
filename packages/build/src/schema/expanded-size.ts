// How large a schema is with its references written out, as in its types. If each definition refers to the next one twice, a few lines
// become billions of schemas.

import type { JsonSchema } from "../model.js";
import { isObject } from "./json-schema.js";
import { resolvePointer } from "./resolve-pointer.js";

/** The largest number of schemas that a schema may become. */
export const MAX_SCHEMAS = 10_000;

const sizes = new WeakMap<object, number>();

/** How many objects and lists a schema consists of, itself included. */
export function schemaSize(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  const size = Object.values(value).reduce((sum: number, member) => sum + schemaSize(member), 1);
  sizes.set(value, size);
  return size;
}

/** The path of the first reference that becomes more schemas than the limit, and what it refers to. */
export function findLargeReference(root: JsonSchema): { path: readonly string[]; reference: string } | undefined {
  const sizes = new Map<string, number>();
  const sizeOf = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 0;
    const members = Object.values(value).reduce((sum: number, member) => sum + sizeOf(member), 1);
    return "$ref" in value && typeof value.$ref === "string" ? members + sizeOfTarget(value.$ref) : members;
  };
  const sizeOfTarget = (reference: string): number => {
    let size = sizes.get(reference);
    if (size === undefined) {
      // A reference that leads back to itself is written by its name.
      sizes.set(reference, 1);
      size = sizeOf(resolvePointer(root, reference));
      sizes.set(reference, size);
    }
    return size;
  };
  const find = (value: unknown, path: readonly string[]): ReturnType<typeof findLargeReference> => {
    if (!isObject(value) && !Array.isArray(value)) return undefined;
    for (const [key, member] of Object.entries(value)) {
      const at = [...path, key];
      if (key === "$ref" && typeof member === "string" && sizeOfTarget(member) > MAX_SCHEMAS)
        return { path: at, reference: member };
      const found = find(member, at);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const { $defs, definitions, ...used } = root as Readonly<Record<string, unknown>>;
  if (sizeOf(used) <= MAX_SCHEMAS) return undefined;
  return find(used, []) ?? { path: [], reference: "#" };
}
