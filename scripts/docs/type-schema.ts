// JSON Schemas of TypeScript types, as values of these types are printed as JSON.

import path from "node:path";
import ts from "typescript";
import { root } from "../run-step.js";

export type Schema = Readonly<Record<string, unknown>>;

interface SchemaOptions {
  /** Whether a member that may be `undefined` is printed as `null`; by default, it is left out. */
  readonly printsNull?: boolean;
  /** The schemas of types that are described elsewhere, by name. */
  readonly known?: Readonly<Record<string, Schema>>;
}

/** The exported name of a module, with its type. */
interface Export {
  readonly type: ts.Type;
  readonly checker: ts.TypeChecker;
}

/** @param file Relative to the repository. */
export function typeOfExport(file: string, name: string): Export {
  const entry = path.join(root, file);
  const module = ts.ModuleKind.NodeNext;
  const target = ts.ScriptTarget.ES2023;
  const conditions = { customConditions: ["cuecard-source"], exactOptionalPropertyTypes: true };
  const program = ts.createProgram([entry], { strict: true, noEmit: true, types: [], module, target, ...conditions });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const exported = source && checker.getSymbolAtLocation(source);
  const symbol = exported?.exports?.get(ts.escapeLeadingUnderscores(name));
  if (symbol === undefined) throw new Error(`${file} does not export ${name}`);
  const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0;
  return { type: isValue ? checker.getTypeOfSymbol(symbol) : checker.getDeclaredTypeOfSymbol(symbol), checker };
}

/** Writes the schemas of types. Interfaces become members of {@link definitions}. */
export class SchemaWriter {
  readonly definitions: Record<string, Schema> = {};
  readonly #checker: ts.TypeChecker;
  readonly #options: SchemaOptions;

  constructor(checker: ts.TypeChecker, options: SchemaOptions = {}) {
    this.#checker = checker;
    this.#options = options;
  }

  /** An object with the members of a type. */
  objectOf(type: ts.Type): Schema {
    const optional: string[] = [];
    const members = type.getProperties().map((property) => {
      const parts = partsOf(this.#checker.getTypeOfSymbol(property));
      const known = parts.filter((part) => (part.flags & ts.TypeFlags.Undefined) === 0);
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const isNullable = known.length < parts.length && this.#options.printsNull === true && !isOptional;
      if (isOptional || (known.length < parts.length && !isNullable)) optional.push(property.name);
      const value = this.#ofParts(known);
      const comment = ts.displayPartsToString(property.getDocumentationComment(this.#checker));
      const description = this.#options.printsNull === true ? comment.replaceAll("`undefined`", "null") : comment;
      const schema = isNullable ? { anyOf: [value, { type: "null" }] } : value;
      return [property.name, description === "" ? schema : { description, ...schema }] as const;
    });
    return object(Object.fromEntries(members), optional);
  }

  schemaOf(type: ts.Type): Schema {
    return this.#ofParts(partsOf(type));
  }

  #ofParts(parts: readonly ts.Type[]): Schema {
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return this.#ofOne(only);
    if (parts.every((part) => part.isStringLiteral())) return { enum: parts.map(({ value }) => value).sort() };
    if (parts.length > 0 && parts.every((part) => (part.flags & ts.TypeFlags.BooleanLike) !== 0))
      return { type: "boolean" };
    const booleans = parts.filter((part) => (part.flags & ts.TypeFlags.BooleanLike) !== 0);
    const others = parts.filter((part) => !booleans.includes(part));
    if (others.length === 0) throw new Error("no schema for a type without values");
    const all = [...(booleans.length === 0 ? [] : [{ type: "boolean" }]), ...others.map((part) => this.#ofOne(part))];
    return { anyOf: all };
  }

  #ofOne(type: ts.Type): Schema {
    const { flags } = type;
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if ((flags & ts.TypeFlags.String) !== 0) return { type: "string" };
    if ((flags & ts.TypeFlags.Number) !== 0) return { type: "number" };
    if ((flags & ts.TypeFlags.BooleanLike) !== 0) return { type: "boolean" };
    if ((flags & ts.TypeFlags.Unknown) !== 0) return {};
    const [item] = this.#checker.isArrayType(type) ? this.#checker.getTypeArguments(type as ts.TypeReference) : [];
    if (item !== undefined) return { type: "array", items: this.schemaOf(item) };
    const values = type.getStringIndexType();
    if (values !== undefined) return { type: "object", additionalProperties: this.schemaOf(values) };
    if ((flags & ts.TypeFlags.Object) === 0 && !type.isIntersection())
      throw new Error(`no schema for ${this.#checker.typeToString(type)}`);
    return this.#ofObject(type);
  }

  #ofObject(type: ts.Type): Schema {
    const name = (type.aliasSymbol ?? type.getSymbol())?.name;
    const known = name === undefined ? undefined : this.#options.known?.[name];
    if (known !== undefined) return known;
    if (!type.isClassOrInterface() || name === undefined) return this.objectOf(type);
    if (this.definitions[name] === undefined) {
      this.definitions[name] = {};
      this.definitions[name] = this.objectOf(type);
    }
    return { $ref: `#/$defs/${name}` };
  }
}

export function object(properties: Schema, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, ...(required.length === 0 ? {} : { required }), additionalProperties: false };
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}
