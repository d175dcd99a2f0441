// Values in messages, shortened: a schema can list hundreds.

/** How many values a message lists. */
const MAX_LISTED = 20;

/** The values as JSON. Those after the first ones are counted: `12 others`. */
export function listValues(values: readonly unknown[]): string[] {
  const listed = values.slice(0, MAX_LISTED).map((value) => JSON.stringify(value));
  return values.length > MAX_LISTED ? [...listed, `${values.length - MAX_LISTED} others`] : listed;
}
