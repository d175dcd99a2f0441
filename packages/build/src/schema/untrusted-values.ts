// Which values a schema marks as `untrusted`: the value itself, and all that is in it. Where a schema leaves it open, a value counts as one
// that may be marked.

import type { JsonSchema } from "../model.js";
import { anyPart, describedParts, membersNamed, partNamed } from "./described-parts.js";
import { isObject } from "./json-schema.js";
import { resolvePointer } from "./resolve-pointer.js";
import { schemasInPlace } from "./schemas-in-place.js";

type Schema = JsonSchema | boolean;

/** Whether a schema marks all its values: by itself, or by a schema that applies to the same values. */
export function isUntrusted(schema: Schema, root: Schema, seen: Set<Schema> = new Set()): boolean {
  if (typeof schema !== "object" || seen.has(schema)) return false;
  if (schema["untrusted"] === true) return true;
  seen.add(schema);
  const { $ref, allOf = [] } = schema;
  const target = $ref === undefined ? undefined : resolvePointer(root, $ref);
  return [...(target === undefined ? [] : [target]), ...allOf].some((other) => isUntrusted(other, root, seen));
}

/** What else says something about a value: a mark in it counts. */
const NEGATED = ["not"];

const PATTERN = "pattern ";
const PLACE = "place ";
const OTHER_MEMBERS = "other members";
const OTHER_ITEMS = "other items";

/** What describes a part that has no schema at this place: of {@link DescribedValue.unnamed}. */
export const otherwiseAt = (where: string): string => (where.startsWith(PLACE) ? OTHER_ITEMS : OTHER_MEMBERS);

const ids = new WeakMap<JsonSchema, number>();
let lastId = 0;

/** A value that a schema describes. */
export class DescribedValue {
  /** Where it is in the input: `query`, `docs[].text`. If it is part of a marked value, that value's place. */
  readonly path: string;
  /** Whether it is marked, or part of a value that is, or may be. */
  readonly isUntrusted: boolean;
  readonly #root: Schema;
  readonly #own: readonly (Schema | undefined)[];
  /** All schemas that may apply to it. */
  readonly #schemas: readonly JsonSchema[];
  // Each is found once: templates use a value many times.
  readonly #members = new Map<string, DescribedValue>();
  #item: DescribedValue | undefined;
  #mayHaveText: boolean | undefined;
  #holdsUntrusted: boolean | undefined;

  /**
   * @param within The value that it is part of, and its name there: a member's, or `[]`.
   * @param own Those of the schemas that its text is limited by; see {@link describedParts}.
   */
  constructor(
    root: Schema,
    schemas: readonly (Schema | undefined)[] = [root],
    within?: { readonly value: DescribedValue; readonly name: string },
    own: readonly (Schema | undefined)[] = schemas,
  ) {
    this.#root = root;
    this.#own = own;
    this.#schemas = schemasInPlace(root, schemas, NEGATED);
    const isWithin = within?.value.isUntrusted === true;
    this.isUntrusted = isWithin || this.#schemas.some((schema) => schema["untrusted"] === true);
    this.path = within === undefined ? "" : isWithin && within.value.path !== "" ? within.value.path : placeOf(within);
  }

  /** Whether it may contain text that its author chooses: a number, a boolean or one of several values cannot. */
  get mayHaveText(): boolean {
    this.#mayHaveText ??= this.#own.some((one) => mayHaveText(one ?? true, this.#root));
    return this.#mayHaveText;
  }

  /** Whether its keys may be names that the schema does not have. */
  get mayBeObject(): boolean {
    const applying = schemasInPlace(this.#root, this.#own);
    return applying.every(({ type }) => type === undefined || [type].flat().includes("object"));
  }

  /** Whether its keys are untrusted: they, or the value, are marked, and callers choose them. */
  get hasUntrustedKeys(): boolean {
    const areMarked = schemasInPlace(this.#root, this.#schemas.map(namesOf)).some(
      (schema) => schema["untrusted"] === true,
    );
    return (this.isUntrusted || areMarked) && this.mayBeObject && !this.#own.every((one) => isClosed(one, this.#root));
  }

  /** Equal for values that the same schemas describe. */
  get key(): string {
    // A reference alone says nothing: what it leads to is one of the schemas.
    const telling = this.#schemas.filter((schema) => Object.keys(schema).some((keyword) => keyword !== "$ref"));
    const known = telling.map((schema) => {
      const id = ids.get(schema) ?? ++lastId;
      ids.set(schema, id);
      return id;
    });
    return `${this.isUntrusted} ${this.#own.includes(undefined)} ${known.sort().join(" ")}`;
  }

  /** Names of its members. */
  get memberNames(): readonly string[] {
    return [...new Set(this.#schemas.flatMap(({ properties = {} }) => Object.keys(properties)))];
  }

  member(name: string): DescribedValue {
    const member = this.#members.get(name) ?? this.#findMember(name);
    this.#members.set(name, member);
    return member;
  }

  #findMember(name: string): DescribedValue {
    const isPlace = /^\d+$/.test(name);
    const found = this.#schemas.flatMap((schema) => {
      const { additionalProperties, prefixItems, items } = schema;
      const named = membersNamed(schema, name);
      const members = named.length > 0 ? named : [additionalProperties];
      return isPlace ? [...members, prefixItems?.[Number(name)] ?? items] : members;
    });
    const isItem = isPlace && !this.mayBeObject;
    const own = describedParts(this.#own, this.#root, partNamed(name));
    return new DescribedValue(this.#root, found, { value: this, name: isItem ? "[]" : name }, own);
  }

  /** Whether a schema allows it by more than leaving it open. */
  get isDescribed(): boolean {
    return this.#own.some((schema) => schema !== undefined && schema !== false);
  }

  /** Members and items without a name of their own, by where a schema describes them: a pattern, a place in a list, or the rest. */
  get unnamed(): ReadonlyMap<string, DescribedValue> {
    const found = new Map<string, Schema[]>();
    const add = (where: string, schema: unknown): void => {
      if (typeof schema === "object") found.set(where, [...(found.get(where) ?? []), schema as JsonSchema]);
    };
    for (const schema of this.#schemas) {
      for (const [pattern, part] of Object.entries(schema.patternProperties ?? {})) add(`${PATTERN}${pattern}`, part);
      for (const [index, part] of (schema.prefixItems ?? []).entries()) add(`${PLACE}${index}`, part);
      for (const keyword of ["additionalProperties", "unevaluatedProperties"]) add(OTHER_MEMBERS, schema[keyword]);
      for (const keyword of ["items", "unevaluatedItems", "contains"]) add(OTHER_ITEMS, schema[keyword]);
    }
    const within = { value: this, name: "[]" };
    return new Map([...found].map(([where, schemas]) => [where, new DescribedValue(this.#root, schemas, within)]));
  }

  /** Any item of a list, or any member of an object. */
  item(): DescribedValue {
    if (this.#item === undefined) {
      const own = describedParts(this.#own, this.#root, anyPart);
      this.#item = new DescribedValue(this.#root, this.#schemas.flatMap(partsOf), { value: this, name: "[]" }, own);
    }
    return this.#item;
  }

  /** Whether it is marked, or anything in it is. */
  get holdsUntrusted(): boolean {
    this.#holdsUntrusted ??= this.isUntrusted || this.#findUntrusted();
    return this.#holdsUntrusted;
  }

  #findUntrusted(): boolean {
    const seen = new Set<Schema>();
    const open: (Schema | undefined)[] = [...this.#schemas];
    while (open.length > 0) {
      const schema = open.pop();
      if (typeof schema !== "object" || seen.has(schema)) continue;
      seen.add(schema);
      if (schema["untrusted"] === true) return true;
      open.push(...schemasInPlace(this.#root, [schema], NEGATED), ...partsOf(schema), namesOf(schema));
    }
    return false;
  }
}

function placeOf({ value, name }: { readonly value: DescribedValue; readonly name: string }): string {
  return value.path === "" || name === "[]" ? value.path + name : `${value.path}.${name}`;
}

const TEXTUAL = ["string", "array", "object"];

function mayHaveText(schema: Schema, root: Schema, seen: Set<Schema> = new Set()): boolean {
  if (typeof schema !== "object" || seen.has(schema)) return schema !== false;
  seen.add(schema);
  const { type, $ref, allOf = [], anyOf = [], oneOf = [] } = schema;
  if ("const" in schema || schema.enum !== undefined) return false;
  if (type !== undefined && ![type].flat().some((name) => TEXTUAL.includes(name))) return false;
  const all = [...allOf, ...($ref === undefined ? [] : [resolvePointer(root, $ref) ?? true])];
  const alternatives = [anyOf, oneOf].filter(({ length }) => length > 0);
  return (
    all.every((part) => mayHaveText(part, root, seen)) &&
    alternatives.every((branches) => branches.some((branch) => mayHaveText(branch, root, seen)))
  );
}

/** The schemas of a value's items and members. */
function partsOf(schema: JsonSchema): readonly (Schema | undefined)[] {
  const { properties = {}, patternProperties = {}, additionalProperties, prefixItems = [], items } = schema;
  return [
    ...Object.values(properties),
    ...Object.values(patternProperties),
    additionalProperties,
    ...prefixItems,
    items,
    ...["unevaluatedProperties", "unevaluatedItems", "contains"].map(
      (keyword) => schema[keyword] as Schema | undefined,
    ),
  ];
}

/** The schema of an object's keys. */
const namesOf = (schema: JsonSchema): Schema | undefined => schema["propertyNames"] as Schema | undefined;

/** Whether the schema names all members that an object may have. */
function isClosed(schema: Schema | undefined, root: Schema, seen: Set<Schema> = new Set()): boolean {
  if (typeof schema !== "object" || seen.has(schema)) return schema === false;
  seen.add(schema);
  const { $ref, allOf = [], anyOf = [], oneOf = [], patternProperties = {} } = schema;
  const names = namesOf(schema);
  if (isObject(names) && ("const" in names || "enum" in names)) return true;
  if (schema.additionalProperties === false && Object.keys(patternProperties).length === 0) return true;
  const all = [...allOf, ...($ref === undefined ? [] : [resolvePointer(root, $ref)])];
  return (
    all.some((part) => isClosed(part, root, seen)) ||
    [anyOf, oneOf].some((some) => some.length > 0 && some.every((part) => isClosed(part, root, seen)))
  );
}
