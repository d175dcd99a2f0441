// What validators emitted by Ajv call at run time, so that a generated package needs nothing of Ajv itself. Both are small
// enough to be written here: ajv/dist/runtime/ucs2length and fast-deep-equal, for plain data.

/** A text's length in Unicode code points, as JSON Schema counts. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Whether two values of plain data are equal, whatever the order of their keys. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && deepEqual(property(a, key), property(b, key)));
}

function property(object: object, key: string): unknown {
  return (object as Record<string, unknown>)[key];
}
