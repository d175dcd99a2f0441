// The static type of a JSON Schema's values (draft 2020-12). What the schema leaves open stays unknown. An object with listed
// properties has no others unless the schema allows them.

import { JSON_KINDS, type Kinds, kindOfType, kindOfValue, LIST, OBJECT } from "../language/kinds.js";
import type { JsonSchema } from "../model.js";
import { isObject, typesIn } from "../schema/json-schema.js";
import { resolvePointer } from "../schema/resolve-pointer.js";
import {
  A_NUMBER,
  ABSENT,
  intersection,
  isIndex,
  KindType,
  memberOfScalar,
  StaticType,
  UNKNOWN,
  union,
} from "./static-type.js";

/** The type of a prompt's input. A variable with a default is always there. */
export function staticInputType(schema: JsonSchema, defaults: Readonly<Record<string, unknown>>): StaticType {
  const input = schemaType(schema);
  return Object.keys(defaults).length === 0 ? input : new DefaultedType(input, defaults);
}

/** The type of a schema's values. */
export function schemaType(schema: JsonSchema): StaticType {
  return new SchemaTypes(schema).typeOf(schema);
}

const ANYTHING: StaticType = new KindType(JSON_KINDS);

/** Keywords by which an object may get members that `properties` does not list. */
const OPENING = ["patternProperties", "if", "dependentSchemas", "$dynamicRef"];

/** Keywords about members or items, which apply to values of any kind. */
const TELLING = ["items", "prefixItems", "properties", "required"];

/** The types of one document's schemas, each made once. */
class SchemaTypes {
  readonly #root: JsonSchema;
  readonly #types = new Map<JsonSchema, StaticType>();

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  typeOf(schema: JsonSchema | boolean | undefined): StaticType {
    if (typeof schema !== "object") return ANYTHING;
    let known = this.#types.get(schema);
    if (known === undefined) {
      known = this.#read(schema);
      this.#types.set(schema, known);
    }
    return known;
  }

  #read(schema: JsonSchema): StaticType {
    const others: StaticType[] = [];
    if (schema.$ref !== undefined) others.push(this.typeOf(resolvePointer(this.#root, schema.$ref)));
    for (const part of schema.allOf ?? []) others.push(this.typeOf(part));
    for (const branches of [schema.anyOf, schema.oneOf])
      if (branches !== undefined) others.push(union(branches.map((branch) => this.typeOf(branch))));
    const within = others.reduce((kinds, other) => kinds & other.kinds, JSON_KINDS);
    const own = new SchemaType(schema, this, within);
    return own.tellsNothing && others.length > 0 ? intersection(others) : intersection([own, ...others]);
  }
}

/** A schema's own keywords, but for those that combine it with others. */
class SchemaType extends StaticType {
  readonly kinds: Kinds;
  readonly constants: readonly unknown[] | undefined;
  override readonly isOpen: boolean;
  readonly tellsNothing: boolean;
  readonly #schema: JsonSchema;
  readonly #types: SchemaTypes;
  /** Members that may be missing, by name. */
  readonly #optional = new Map<string, StaticType>();

  /** @param within The kinds that the schemas it is combined with leave. */
  constructor(schema: JsonSchema, types: SchemaTypes, within: Kinds) {
    super();
    this.#schema = schema;
    this.#types = types;
    this.constants =
      "const" in schema ? [schema.const] : (schema.enum ?? (schema.type === "null" ? [null] : undefined));
    const { additionalProperties } = schema;
    this.isOpen =
      additionalProperties === true || isObject(additionalProperties) || OPENING.some((keyword) => keyword in schema);
    const kinds = ownKinds(schema, this.constants);
    this.tellsNothing = kinds === JSON_KINDS && !this.isOpen && !TELLING.some((keyword) => keyword in schema);
    this.kinds = kinds & within;
  }

  protected override listMembers(): readonly string[] {
    return Object.keys(this.#schema.properties ?? {});
  }

  protected findMember(name: string): StaticType | undefined {
    const { kinds } = this;
    const found = [
      ...((kinds & OBJECT) === 0 ? [] : [this.#property(name)]),
      ...((kinds & LIST) === 0 ? [] : [this.#entry(name)]),
      memberOfScalar(kinds, name),
    ].filter((known) => known !== undefined);
    return found.length === 0 ? undefined : union(found);
  }

  #property(name: string): StaticType | undefined {
    const { properties, additionalProperties, required } = this.#schema;
    const isRequired = required?.includes(name) === true;
    if (properties !== undefined && Object.hasOwn(properties, name)) {
      const known = this.#types.typeOf(properties[name]);
      return isRequired ? known : this.#orAbsent(name, known);
    }
    if (isObject(additionalProperties)) return this.#types.typeOf(additionalProperties);
    if (isRequired) return ANYTHING;
    const isListed = properties !== undefined || additionalProperties === false;
    return this.isOpen || !isListed ? UNKNOWN : undefined;
  }

  #orAbsent(name: string, type: StaticType): StaticType {
    const known = this.#optional.get(name) ?? union([type, ABSENT]);
    this.#optional.set(name, known);
    return known;
  }

  #entry(name: string): StaticType | undefined {
    if (name === "length") return A_NUMBER;
    if (!isIndex(name)) return undefined;
    return this.#types.typeOf(this.#schema.prefixItems?.[Number(name)] ?? this.#schema.items);
  }

  protected findItem(): StaticType {
    const { properties, additionalProperties, prefixItems, items } = this.#schema;
    const found: StaticType[] = [];
    if ((this.kinds & LIST) !== 0) {
      for (const item of prefixItems ?? []) found.push(this.#types.typeOf(item));
      if (items !== false) found.push(items === undefined ? UNKNOWN : this.#types.typeOf(items));
    }
    if ((this.kinds & OBJECT) !== 0) {
      for (const value of Object.values(properties ?? {})) found.push(this.#types.typeOf(value).present);
      if (isObject(additionalProperties)) found.push(this.#types.typeOf(additionalProperties));
      else if (this.isOpen || properties === undefined) found.push(UNKNOWN);
    }
    return union(found);
  }
}

function ownKinds(schema: JsonSchema, constants: readonly unknown[] | undefined): Kinds {
  if (constants !== undefined) return constants.reduce((kinds: Kinds, value) => kinds | kindOfValue(value), 0);
  const types = typesIn(schema);
  return types === undefined ? JSON_KINDS : types.reduce((kinds: Kinds, name) => kinds | kindOfType(name), 0);
}

/** The input with its defaults below: variables that have one are there. */
class DefaultedType extends StaticType {
  readonly kinds: Kinds;
  readonly constants = undefined;
  readonly #type: StaticType;
  readonly #defaults: Readonly<Record<string, unknown>>;

  constructor(known: StaticType, defaults: Readonly<Record<string, unknown>>) {
    super();
    this.kinds = known.kinds;
    this.#type = known;
    this.#defaults = defaults;
  }

  protected override listMembers(): readonly string[] {
    return this.#type.memberNames;
  }

  protected findMember(name: string): StaticType | undefined {
    const member = this.#type.member(name);
    return Object.hasOwn(this.#defaults, name) ? member?.present : member;
  }

  protected findItem(): StaticType {
    return this.#type.item();
  }
}
