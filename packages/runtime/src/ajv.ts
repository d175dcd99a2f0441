// What validators emitted by Ajv call at run time, so that a generated package needs nothing of Ajv itself:
// ajv/dist/runtime/ucs2length, fast-deep-equal for plain data, and the search for equal items of a list.

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

/**
 * The indexes that Ajv reports for `uniqueItems`: of the last item that equals an earlier one, and of the nearest item that it equals.
 * Ajv compares every pair. This takes time in proportion to the list's size.
 */
export function findDuplicate(list: readonly unknown[]): readonly [later: number, earlier: number] | undefined {
  const idOf = makeIds();
  const seen = new Map<number, number>();
  let duplicate: readonly [number, number] | undefined;
  list.forEach((item, index) => {
    const id = idOf(item);
    const earlier = seen.get(id);
    if (earlier !== undefined) duplicate = [index, earlier];
    seen.set(id, index);
  });
  return duplicate;
}

/** Gives equal values of plain data ({@link deepEqual}) the same number, and all others different ones. */
function makeIds(): (value: unknown) => number {
  const ids = new Map<unknown, number>();
  return function idOf(value) {
    let key = value;
    if (typeof value === "string") key = `"${value}`;
    else if (typeof value === "object" && value !== null) {
      const members = Object.keys(value).sort();
      const listed = members.map((name) => `${JSON.stringify(name)}:${idOf(property(value, name))}`);
      key = `${Array.isArray(value) ? "[" : "{"}${listed.join()}`;
    }
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  };
}
