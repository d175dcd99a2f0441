// How deep a schema's parts are nested. Ajv looks for the names of its code in all that is around each part, and the validator, the types
// and their readers go down one call or one indent a level: many parts that are deeply nested take time in proportion to both.

/** The deepest nesting of objects and lists in a schema. */
const MAX_LEVELS = 450;

/** The largest sum of the levels of all objects and lists in a schema: 10,000 of them at 40 levels each. */
const MAX_SUM = 400_000;

/** The limit that a schema's nesting exceeds, in words; `undefined` if there is none. */
export function exceededNesting(schema: unknown): { readonly what: string; readonly limit: number } | undefined {
  let sum = 0;
  const visit = (value: unknown, level: number): boolean => {
    if (typeof value !== "object" || value === null) return true;
    sum += level;
    return level <= MAX_LEVELS && sum <= MAX_SUM && Object.values(value).every((member) => visit(member, level + 1));
  };
  if (visit(schema, 1)) return undefined;
  return sum > MAX_SUM
    ? { what: "levels, counting those around each of its parts", limit: MAX_SUM }
    : { what: "nested levels", limit: MAX_LEVELS };
}
