// Describes the values that a TypeScript type allows, as far as templates can have them: kinds, items, members and literal
// values. Anything unknown or infinitely nested is left open.

import type { HelperParameter, ValueForm, ValueType } from "@cuecard/build";
import type TS from "typescript";
import { ts } from "../typescript/typescript.js";
import type { HelperProgram } from "./helper-program.js";
import { ValueForms } from "./value-forms.js";

/** Limits for nested lists and objects, and for the number of members. Anything beyond is left open. */
const MAX_DEPTH = 6;
const MAX_MEMBERS = 200;

/** Whether a helper takes or returns the values. Returned class instances are left open: they may have a `toString`. */
export type Direction = "takes" | "gives";

/** Empty for a type whose values templates cannot have: functions, bigints, symbols, `never`. */
export function valueType(helpers: HelperProgram, type: TS.Type, direction: Direction): ValueType {
  return new TypeReader(helpers, direction).read(type);
}

class TypeReader {
  readonly #helpers: HelperProgram;
  readonly #direction: Direction;
  /** The types that contain the current one. */
  readonly #around: TS.Type[] = [];
  #members = 0;

  constructor(helpers: HelperProgram, direction: Direction) {
    this.#helpers = helpers;
    this.#direction = direction;
  }

  read(type: TS.Type): ValueType {
    const forms = new ValueForms();
    return this.#collect(type, forms) ? forms.all() : "any";
  }

  /** A nested type; functions and similar types are left open there. */
  #inside(around: TS.Type, type: TS.Type): ValueType {
    this.#around.push(around);
    const read = this.read(type);
    this.#around.pop();
    return read.length === 0 ? "any" : read;
  }

  /** @returns Whether the type could be described. */
  #collect(type: TS.Type, forms: ValueForms): boolean {
    const { TypeFlags } = ts;
    if (this.#around.includes(type) || this.#around.length >= MAX_DEPTH) return false;
    if (type.isUnion()) return type.types.every((member) => this.#collect(member, forms));
    if (this.#direction === "gives" && this.#isInstance(type)) return false;
    const primitives = TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike;
    const is = (flags: TS.TypeFlags) => (type.flags & flags) !== 0;
    if (type.isStringLiteral() || type.isNumberLiteral()) forms.add({ values: [type.value] });
    else if (is(TypeFlags.BooleanLiteral)) forms.add({ values: [this.#helpers.checker.typeToString(type) === "true"] });
    else if (is(TypeFlags.StringLike)) forms.add("string");
    else if (is(TypeFlags.NumberLike)) forms.add("number");
    else if (is(TypeFlags.BooleanLike)) forms.add("boolean");
    else if (is(TypeFlags.Null)) forms.add("null");
    else if (is(TypeFlags.Undefined | TypeFlags.Void)) forms.add("undefined");
    else if (is(TypeFlags.NonPrimitive)) for (const kind of ["array", "object"] as const) forms.add(kind);
    else if (is(TypeFlags.Object)) for (const form of this.#objectForms(type)) forms.add(form);
    else if (type.isIntersection()) {
      // A branded string (`string & { … }`) is a string.
      const primitive = type.types.find(({ flags }) => (flags & primitives) !== 0);
      if (primitive !== undefined) return this.#collect(primitive, forms);
      forms.add(type.types.every((part) => this.#isData(part)) ? this.#data(type) : "object");
    } else return is(TypeFlags.BigIntLike | TypeFlags.ESSymbolLike | TypeFlags.Never);
    return true;
  }

  #objectForms(type: TS.Type): readonly ValueForm[] {
    const { checker } = this.#helpers;
    if (checker.isArrayType(type) || checker.isTupleType(type)) return [this.#list(type)];
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return [];
    // `{}` allows everything except null and undefined.
    if (checker.getPropertiesOfType(type).length === 0 && checker.getIndexInfosOfType(type).length === 0)
      return ["string", "number", "boolean", "array", "object"];
    return [
      ...(this.#direction === "takes" ? this.#alike(type) : []),
      this.#isData(type) ? this.#data(type) : "object",
    ];
  }

  /** Strings, numbers and lists that satisfy an object type by their own members: `Iterable<string>`, `{ length: number }`. */
  #alike(type: TS.Type): ValueForm[] {
    const { checker } = this.#helpers;
    const primitives = [
      ["string", checker.getStringType()],
      ["number", checker.getNumberType()],
      ["boolean", checker.getBooleanType()],
    ] as const;
    const names = checker.getPropertiesOfType(type);
    const isOfList = ({ name }: TS.Symbol) => Object.hasOwn(Array.prototype, name) || name.startsWith("__@iterator");
    const isList =
      names.some(isOfList) &&
      names.every((symbol) => isOfList(symbol) || (symbol.flags & ts.SymbolFlags.Optional) !== 0);
    return [
      ...primitives.filter(([, primitive]) => checker.isTypeAssignableTo(primitive, type)).map(([form]) => form),
      ...(isList ? (["array"] as const) : []),
    ];
  }

  /** Whether an object may be a class instance with its own `toString`. */
  #isInstance(type: TS.Type): boolean {
    const { checker } = this.#helpers;
    if ((type.flags & ts.TypeFlags.NonPrimitive) !== 0) return true;
    if (type.isIntersection())
      return (
        type.types.every(({ flags }) => (flags & ts.TypeFlags.Object) !== 0) &&
        type.types.some((part) => this.#isInstance(part))
      );
    if ((type.flags & ts.TypeFlags.Object) === 0 || checker.isArrayType(type) || checker.isTupleType(type))
      return false;
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return false;
    const isWritten = (type.symbol.flags & ts.SymbolFlags.ObjectLiteral) !== 0;
    const hasText = checker.getPropertiesOfType(type).some(({ name }) => name === "toString");
    return !isWritten && (hasText || !this.#helpers.isObjectLiteral(type));
  }

  #list(type: TS.Type): ValueForm {
    const { checker } = this.#helpers;
    const isShorter =
      checker.isTupleType(type) &&
      checker.getTypeArguments(type as TS.TypeReference).length !== (type as TS.TupleTypeReference).target.minLength;
    const item = isShorter ? undefined : checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    const items = item === undefined ? "any" : this.#inside(type, item);
    return items === "any" ? "array" : { items };
  }

  /** Whether an object has exactly the members of its type. For objects from plain JavaScript this is unknown. */
  #isData(type: TS.Type): boolean {
    const isWritten = (type.flags & ts.TypeFlags.Object) !== 0 && this.#helpers.isObjectLiteral(type);
    return isWritten && ((type as TS.ObjectType).objectFlags & ts.ObjectFlags.JSLiteral) === 0;
  }

  #data(type: TS.Type): ValueForm {
    const { checker } = this.#helpers;
    const properties = checker.getPropertiesOfType(type);
    this.#members += properties.length;
    if (this.#members > MAX_MEMBERS) return "object";
    const members = properties.map((property): HelperParameter => {
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      return { name: property.name, type: this.#inside(type, checker.getTypeOfSymbol(property)), optional };
    });
    const [index, ...others] = checker.getIndexInfosOfType(type);
    if (index === undefined) return { members };
    const isAnyName = others.length === 0 && (index.keyType.flags & ts.TypeFlags.String) !== 0;
    return { members, others: isAnyName ? this.#inside(type, index.type) : "any" };
  }
}
