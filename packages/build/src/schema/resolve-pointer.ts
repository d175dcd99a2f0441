// Resolves and writes a reference within one schema document (RFC 6901 pointers in a URI fragment).

import { pointerKeys } from "@cuecard/runtime";
import type { JsonSchema } from "../model.js";
import { isObject } from "./json-schema.js";

/** The schema at a local reference: `#`, `#/$defs/name`. */
export function resolvePointer(root: JsonSchema | boolean, reference: string): JsonSchema | boolean | undefined {
  if (!reference.startsWith("#")) return undefined;
  let value: unknown = root;
  for (const key of pointerKeys(decodeFragment(reference))) {
    value =
      (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined;
  }
  return typeof value === "boolean" || isObject(value) ? (value as JsonSchema | boolean) : undefined;
}

/** The reference to what a path of keys leads to: `#/$defs/name`. */
export function referenceTo(path: readonly string[]): string {
  return `#${path.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")}`;
}

/** A fragment with an invalid escape resolves to nothing; it is not an error here. */
function decodeFragment(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}
