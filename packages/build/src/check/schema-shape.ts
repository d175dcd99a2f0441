// What a JSON Schema (draft 2020-12) tells of its values before there are any. What it leaves open stays unknown. An object
// whose properties are listed has no others, unless the schema says that it may.

import { JSON_KINDS, type Kinds, kindOfType, kindOfValue, LIST, OBJECT } from "../language/kinds.js";
import type { JsonSchema } from "../model.js";
import { isObject } from "../schema/json-schema.js";
import { resolvePointer } from "../schema/resolve-pointer.js";
import {
  A_NUMBER,
  intersection,
  isIndex,
  KindShape,
  memberOfScalar,
  NOT_THERE,
  Shape,
  UNKNOWN,
  union,
} from "./shape.js";

/** The shape of a prompt's input. A variable with a default is always there. */
export function inputShape(schema: JsonSchema, defaults: Readonly<Record<string, unknown>>): Shape {
  const input = schemaShape(schema);
  return Object.keys(defaults).length === 0 ? input : new DefaultedShape(input, defaults);
}

/** The shape of a schema's values. */
export function schemaShape(schema: JsonSchema): Shape {
  return new SchemaShapes(schema).shape(schema);
}

const ANYTHING: Shape = new KindShape(JSON_KINDS);

/** Keywords by which an object may get members that `properties` does not list. */
const OPENING = ["patternProperties", "if", "dependentSchemas", "$dynamicRef"];

/** Keywords that tell of members or items, whatever kind the value is of. */
const TELLING = ["items", "prefixItems", "properties", "required"];

/** The shapes of one document's schemas, each made once. */
class SchemaShapes {
  readonly #root: JsonSchema;
  readonly #shapes = new Map<JsonSchema, Shape>();

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  shape(schema: JsonSchema | boolean | undefined): Shape {
    if (typeof schema !== "object") return ANYTHING;
    let shape = this.#shapes.get(schema);
    if (shape === undefined) {
      shape = this.#read(schema);
      this.#shapes.set(schema, shape);
    }
    return shape;
  }

  #read(schema: JsonSchema): Shape {
    const others: Shape[] = [];
    if (schema.$ref !== undefined) others.push(this.shape(resolvePointer(this.#root, schema.$ref)));
    for (const part of schema.allOf ?? []) others.push(this.shape(part));
    for (const branches of [schema.anyOf, schema.oneOf])
      if (branches !== undefined) others.push(union(branches.map((branch) => this.shape(branch))));
    const within = others.reduce((kinds, other) => kinds & other.kinds, JSON_KINDS);
    const own = new SchemaShape(schema, this, within);
    return own.tellsNothing && others.length > 0 ? intersection(others) : intersection([own, ...others]);
  }
}

/** A schema's own keywords, but for those that combine it with others. */
class SchemaShape extends Shape {
  readonly kinds: Kinds;
  readonly constants: readonly unknown[] | undefined;
  readonly tellsNothing: boolean;
  readonly #schema: JsonSchema;
  readonly #shapes: SchemaShapes;
  /** Members that may be missing, by name. */
  readonly #optional = new Map<string, Shape>();

  /** @param within The kinds that the schemas it is combined with leave. */
  constructor(schema: JsonSchema, shapes: SchemaShapes, within: Kinds) {
    super();
    this.#schema = schema;
    this.#shapes = shapes;
    this.constants =
      "const" in schema ? [schema.const] : (schema.enum ?? (schema.type === "null" ? [null] : undefined));
    const kinds = ownKinds(schema, this.constants);
    this.tellsNothing = kinds === JSON_KINDS && !this.isOpen && !TELLING.some((keyword) => keyword in schema);
    this.kinds = kinds & within;
  }

  override get isOpen(): boolean {
    const { additionalProperties } = this.#schema;
    return (
      additionalProperties === true ||
      isObject(additionalProperties) ||
      OPENING.some((keyword) => keyword in this.#schema)
    );
  }

  get memberNames(): readonly string[] {
    return Object.keys(this.#schema.properties ?? {});
  }

  member(name: string): Shape | undefined {
    const { kinds } = this;
    const found = [
      ...((kinds & OBJECT) === 0 ? [] : [this.#property(name)]),
      ...((kinds & LIST) === 0 ? [] : [this.#entry(name)]),
      memberOfScalar(kinds, name),
    ].filter((shape) => shape !== undefined);
    return found.length === 0 ? undefined : union(found);
  }

  #property(name: string): Shape | undefined {
    const { properties, additionalProperties, required } = this.#schema;
    const isRequired = required?.includes(name) === true;
    if (properties !== undefined && Object.hasOwn(properties, name)) {
      const shape = this.#shapes.shape(properties[name]);
      return isRequired ? shape : this.#orNothing(name, shape);
    }
    if (isObject(additionalProperties)) return this.#shapes.shape(additionalProperties);
    if (isRequired) return ANYTHING;
    const isListed = properties !== undefined || additionalProperties === false;
    return this.isOpen || !isListed ? UNKNOWN : undefined;
  }

  #orNothing(name: string, shape: Shape): Shape {
    const known = this.#optional.get(name) ?? union([shape, NOT_THERE]);
    this.#optional.set(name, known);
    return known;
  }

  #entry(name: string): Shape | undefined {
    if (name === "length") return A_NUMBER;
    if (!isIndex(name)) return undefined;
    return this.#shapes.shape(this.#schema.prefixItems?.[Number(name)] ?? this.#schema.items);
  }

  item(): Shape {
    const { properties, additionalProperties, prefixItems, items } = this.#schema;
    const found: Shape[] = [];
    if ((this.kinds & LIST) !== 0) {
      for (const item of prefixItems ?? []) found.push(this.#shapes.shape(item));
      if (items !== false) found.push(items === undefined ? UNKNOWN : this.#shapes.shape(items));
    }
    if ((this.kinds & OBJECT) !== 0) {
      for (const value of Object.values(properties ?? {})) found.push(this.#shapes.shape(value).present);
      if (isObject(additionalProperties)) found.push(this.#shapes.shape(additionalProperties));
      else if (this.isOpen || properties === undefined) found.push(UNKNOWN);
    }
    return union(found);
  }
}

function ownKinds(schema: JsonSchema, constants: readonly unknown[] | undefined): Kinds {
  if (constants !== undefined) return constants.reduce((kinds: Kinds, value) => kinds | kindOfValue(value), 0);
  const { type } = schema;
  if (type === undefined) return schema.properties === undefined ? JSON_KINDS : OBJECT;
  const types = typeof type === "string" ? [type] : type;
  return types.reduce((kinds: Kinds, name) => kinds | kindOfType(name), 0);
}

/** The input with its defaults below: variables that have one are there. */
class DefaultedShape extends Shape {
  readonly kinds: Kinds;
  readonly constants = undefined;
  readonly #shape: Shape;
  readonly #defaults: Readonly<Record<string, unknown>>;

  constructor(shape: Shape, defaults: Readonly<Record<string, unknown>>) {
    super();
    this.kinds = shape.kinds;
    this.#shape = shape;
    this.#defaults = defaults;
  }

  get memberNames(): readonly string[] {
    return this.#shape.memberNames;
  }

  member(name: string): Shape | undefined {
    const member = this.#shape.member(name);
    return Object.hasOwn(this.#defaults, name) ? member?.present : member;
  }

  item(): Shape {
    return this.#shape.item();
  }
}
