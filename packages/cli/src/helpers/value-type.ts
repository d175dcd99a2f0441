// From a TypeScript type to the kinds of values that it admits, as far as a template can have them.

import type { ValueKind, ValueType } from "@cuecard/build";
import ts from "typescript";
import type { HelperProgram } from "./helper-program.js";

const KINDS: readonly ValueKind[] = ["string", "number", "boolean", "null", "undefined", "array", "object"];

/** Empty for a type whose values no template has: functions, bigints, symbols, `never`. */
export function valueType(helpers: HelperProgram, type: ts.Type): ValueType {
  const kinds = new Set<ValueKind>();
  if (!collectKinds(helpers, type, kinds)) return "any";
  return KINDS.filter((kind) => kinds.has(kind));
}

/** @returns Whether something can be said of the type. */
function collectKinds(helpers: HelperProgram, type: ts.Type, kinds: Set<ValueKind>): boolean {
  const { TypeFlags } = ts;
  if (type.isUnion()) return type.types.every((member) => collectKinds(helpers, member, kinds));
  const primitives = TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike;
  const is = (flags: ts.TypeFlags) => (type.flags & flags) !== 0;
  if (is(TypeFlags.StringLike)) kinds.add("string");
  else if (is(TypeFlags.NumberLike)) kinds.add("number");
  else if (is(TypeFlags.BooleanLike)) kinds.add("boolean");
  else if (is(TypeFlags.Null)) kinds.add("null");
  else if (is(TypeFlags.Undefined | TypeFlags.Void)) kinds.add("undefined");
  else if (is(TypeFlags.NonPrimitive)) kinds.add("array").add("object");
  else if (is(TypeFlags.Object)) for (const kind of objectKinds(helpers, type)) kinds.add(kind);
  else if (type.isIntersection()) {
    // A branded string (`string & { … }`) is a string.
    const primitive = type.types.find(({ flags }) => (flags & primitives) !== 0);
    if (primitive !== undefined) return collectKinds(helpers, primitive, kinds);
    kinds.add("object");
  } else return is(TypeFlags.BigIntLike | TypeFlags.ESSymbolLike | TypeFlags.Never);
  return true;
}

function objectKinds(helpers: HelperProgram, type: ts.Type): readonly ValueKind[] {
  const { checker } = helpers;
  if (checker.isArrayType(type) || checker.isTupleType(type)) return ["array"];
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return [];
  // `{}` takes everything but null and undefined.
  if (checker.getPropertiesOfType(type).length === 0 && checker.getIndexInfosOfType(type).length === 0)
    return ["string", "number", "boolean", "array", "object"];
  // `Iterable`, `ArrayLike`: a list may be meant.
  return helpers.isBuiltInInterface(type) ? ["array", "object"] : ["object"];
}
