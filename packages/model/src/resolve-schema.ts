// JSON Schemas as data of which nothing is known, and the references in them.

export type UnknownSchema = Readonly<Record<string, unknown>>;

/** References in a row that are followed. */
const MOST_STEPS = 10;

/** What a schema says itself, or the schema that it refers to within the root. An empty schema if that does not exist. */
export function resolveSchema(schema: UnknownSchema, root: UnknownSchema): UnknownSchema {
  let own = schema;
  for (let steps = 0; steps < MOST_STEPS && typeof own["$ref"] === "string"; steps++) {
    let found: unknown = root;
    for (const part of own["$ref"].split("/").slice(1)) {
      const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
      found = isSchema(found) && Object.hasOwn(found, name) ? found[name] : undefined;
    }
    own = asSchema(found);
  }
  return own;
}

export function asSchema(value: unknown): UnknownSchema {
  return isSchema(value) ? value : {};
}

export function isSchema(value: unknown): value is UnknownSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
