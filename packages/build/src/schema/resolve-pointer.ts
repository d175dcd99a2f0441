// Following a reference within one schema document (RFC 6901 pointers in a URI fragment).

import { isObject, type JsonSchema } from "./json-schema.js";

/** The schema at a local reference: `#`, `#/$defs/name`. */
export function resolvePointer(root: JsonSchema | boolean, reference: string): JsonSchema | boolean | undefined {
  if (!reference.startsWith("#")) return undefined;
  let value: unknown = root;
  for (const segment of reference.split("/").slice(1)) {
    const key = decode(segment);
    value =
      (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined;
  }
  return typeof value === "boolean" || isObject(value) ? (value as JsonSchema | boolean) : undefined;
}

function decode(segment: string): string {
  const pointer = /%(?![0-9A-Fa-f]{2})/.test(segment) ? segment : decodeURIComponent(segment);
  return pointer.replace(/~1/g, "/").replace(/~0/g, "~");
}
