// JSON Schema (draft 2020-12) in the dialects that other programs read: the targets of Standard JSON Schema.

import { describeValue } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import { isArray, ownProperty } from "./safe-members.js";

type Schema = Record<string, unknown>;

/** Keywords whose value is data. */
const DATA = /^(?:enum|const|default|examples|x-.*)$/;
/** Keywords whose value has the author's names as keys: a property may be called `enum`. */
const NAMED = /^(?:properties|patternProperties|\$defs|definitions|dependent\w+|dependencies)$/;
/** Keywords of Cuecard in schemas, which other programs do not know: `true` where they apply. */
export const MARKS = ["untrusted", "private"] as const;
/** Keywords that draft-07 does not have, and that nothing in it can express. */
const LATER = /^(?:unevaluated|m..Contains)/;

/**
 * @param target Without one, the dialect that schemas are written in.
 * @throws RangeError for an unknown target, and for a schema that the target cannot express.
 */
export function convertSchema({ $schema: _, ...root }: JsonSchema, target: unknown = "draft-2020-12"): Schema {
  const [dialect, rewrite] = ((typeof target === "string" && ownProperty(TARGETS, target)) || []) as Partial<Target>;
  if (!rewrite)
    throw new RangeError(
      `unknown target ${typeof target === "string" ? `"${target}"` : describeValue(target)}: use ${Object.keys(TARGETS).join(" or ")}`,
    );
  /** @param keyword That the value is of. */
  const convert = (value: unknown, keyword = ""): unknown => {
    if (isArray(value)) return value.map((item) => convert(item));
    if (typeof value !== "object" || !value) return value;
    const areNames = NAMED.test(keyword);
    const members = Object.entries(value).flatMap(([key, member]) =>
      areNames
        ? [[key, convert(member)]]
        : MARKS.includes(key as "private")
          ? []
          : [[key, DATA.test(key) ? member : convert(member, key)]],
    );
    const schema = Object.fromEntries(members) as Schema;
    return areNames ? schema : rewrite(schema);
  };
  return { $schema: dialect, ...(convert(root) as Schema) };
}

/** `nullable` of OpenAPI, which the validators here read as well, as JSON Schema has it. */
const withNull = ({ nullable, ...schema }: Schema): Schema =>
  nullable === true && schema["type"] ? { ...schema, type: [...new Set([schema["type"], "null"].flat())] } : schema;

const asDraft7 = (schema: Schema): Schema => {
  const later = Object.keys(schema).find((key) => LATER.test(key));
  if (later) throw new RangeError(`draft-07 has no "${later}"`);
  const { $ref, $defs, prefixItems, items, dependentRequired, dependentSchemas, ...result } = withNull(schema);
  if ($defs) result["definitions"] = { ...(result["definitions"] as object), ...$defs };
  if (dependentRequired || dependentSchemas)
    result["dependencies"] = { ...(dependentRequired as object), ...(dependentSchemas as object) };
  if (prefixItems) result["items"] = prefixItems;
  if (items !== undefined) result[prefixItems ? "additionalItems" : "items"] = items;
  // What is beside a reference is ignored, so the reference is a part.
  if (typeof $ref === "string")
    result["allOf"] = [
      ...((result["allOf"] as unknown[] | undefined) ?? []),
      { $ref: $ref.replaceAll("/$defs/", "/definitions/") },
    ];
  return result;
};

type Target = readonly [dialect: string, rewrite: (schema: Schema) => Schema];

const TARGETS: Readonly<Record<string, Target>> = {
  "draft-2020-12": ["https://json-schema.org/draft/2020-12/schema", withNull],
  "draft-07": ["http://json-schema.org/draft-07/schema#", asDraft7],
};
