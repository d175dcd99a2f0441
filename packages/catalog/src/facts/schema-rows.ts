// A JSON Schema as rows of a table: one for each value, nested ones by their path.

import { asSchema, describeType, isSchema, resolveSchema, type UnknownSchema as Schema } from "@cuecard/model";

export interface SchemaRow {
  /** `sources[].table`. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  /** As JSON; `undefined` if there is none. */
  readonly default: string | undefined;
}

/** Schemas can refer to themselves. */
const DEEPEST = 6;

export function schemaRows(schema: Schema, defaults: Readonly<Record<string, unknown>> = {}): SchemaRow[] {
  const rows: SchemaRow[] = [];
  addMembers(rows, { schema, root: schema, path: "", depth: 0 });
  return rows.map((row) =>
    Object.hasOwn(defaults, row.path) ? { ...row, required: false, default: JSON.stringify(defaults[row.path]) } : row,
  );
}

/** The element of a row. */
export function rowId(table: string, path: string): string {
  return `${table}-${path}`;
}

interface Place {
  readonly schema: Schema;
  readonly root: Schema;
  readonly path: string;
  readonly depth: number;
}

function addMembers(rows: SchemaRow[], { schema, root, path, depth }: Place): void {
  if (depth > DEEPEST) return;
  const own = resolveSchema(schema, root);
  const required = new Set(Array.isArray(own["required"]) ? own["required"] : []);
  for (const [name, member] of Object.entries(asSchema(own["properties"]))) {
    const at = path === "" ? name : `${path}.${name}`;
    addValue(rows, { schema: asSchema(member), root, path: at, depth: depth + 1 }, required.has(name));
  }
  if (isSchema(own["items"])) addMembers(rows, { schema: own["items"], root, path: `${path}[]`, depth: depth + 1 });
}

function addValue(rows: SchemaRow[], place: Place, required: boolean): void {
  const { schema, root, path } = place;
  const own = resolveSchema(schema, root);
  const description = schema["description"] ?? own["description"];
  rows.push({
    path,
    type: describeType(own, root),
    required,
    description: typeof description === "string" ? description : "",
    default: "default" in own ? JSON.stringify(own["default"]) : undefined,
  });
  addMembers(rows, place);
}
