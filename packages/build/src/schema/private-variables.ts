// Which variables of an input have a private part, by the keyword `private` of their schemas. Their values are left out of telemetry as a
// whole: a value with holes would look like one that was given like that.

import type { JsonSchema } from "../model.js";
import { isDataKeyword, isObject, NAMED_SCHEMAS } from "./json-schema.js";
import { resolvePointer } from "./resolve-pointer.js";
import { schemasInPlace } from "./schemas-in-place.js";

type Schema = JsonSchema | boolean;

/** The names of the variables, in their order. A value counts as private if any part of a schema that could describe it is. */
export function findPrivateVariables(root: JsonSchema): string[] {
  if (!hasPrivate(root)) return [];
  const places = schemasInPlace(root, [root], ["not"]);
  const names = new Set(places.flatMap(({ properties = {} }) => Object.keys(properties)));
  return [...names].filter((name) => places.some((place) => isPrivateIn(place, name, root)));
}

/** Whether a schema has the keyword anywhere. */
function hasPrivate(schema: unknown): boolean {
  return JSON.stringify(schema)?.includes('"private":') ?? false;
}

/** Whether a schema of the whole input makes a member of it private. */
function isPrivateIn(place: JsonSchema, name: string, root: JsonSchema): boolean {
  if (place["private"] === true) return true;
  const { properties = {}, additionalProperties } = place;
  if (Object.hasOwn(properties, name)) return reachesPrivate(properties[name], root);
  // Patterns are not tried: a name that one of them could match counts as matched.
  return [place["patternProperties"], additionalProperties, place["unevaluatedProperties"]].some((others) =>
    reachesPrivate(others, root),
  );
}

/** Whether a schema, or one within it or that it refers to, is private. */
function reachesPrivate(schema: unknown, root: JsonSchema): boolean {
  const seen = new Set<unknown>();
  /** @param areNames Whether the keys are names chosen by the author, not keywords. */
  const visit = (value: unknown, areNames: boolean): boolean => {
    if (Array.isArray(value)) return value.some((item) => visit(item, false));
    if (!isObject(value) || seen.has(value)) return false;
    seen.add(value);
    if (!areNames && value["private"] === true) return true;
    const { $ref } = value;
    if (!areNames && typeof $ref === "string" && reference(resolvePointer(root, $ref))) return true;
    return Object.entries(value).some(([key, member]) => {
      if (areNames) return visit(member, false);
      const isOnlyReferred = key === "$defs" || key === "definitions";
      return !isOnlyReferred && !isDataKeyword(key) && visit(member, NAMED_SCHEMAS.includes(key));
    });
  };
  /** A reference that leads nowhere counts as private. */
  const reference = (target: Schema | undefined): boolean => target === undefined || visit(target, false);
  return visit(schema, false);
}
