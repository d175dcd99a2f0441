// Whether another JSON Schema allows every value that one allows. If that cannot be shown, the answer is no: a change
// is called safe only if it is. docs/decisions/016-what-breaks-callers.md defines what counts as a value.

import type { JsonSchema } from "../model.js";
import { isObject } from "../schema/json-schema.js";
import { resolvePointer } from "../schema/resolve-pointer.js";
import { canonical, isIdle, judgement } from "./canonical.js";
import {
  CONCERNS,
  CONTEXT_BOUND,
  DEFINITIONS,
  LOWER_BOUNDS,
  mayBeObject,
  pieces,
  READ,
  sharesType,
  takesValue,
  typesOf,
  UPPER_BOUNDS,
  valuesOf,
} from "./schema-facts.js";

type Schema = JsonSchema | boolean;

/**
 * Who passes the value on: a caller its input, whose members are those that the first schema declares; or a prompt its
 * answer, of which code reads what the second schema declares.
 */
export type Direction = "input" | "output";

/** The number of steps after which the comparison gives up. */
const MOST_STEPS = 20_000;

/** Whether every value of `given` is one of `taken`. */
export function schemaFits(
  given: Schema,
  taken: Schema,
  direction: Direction,
  roots: { readonly given: Schema; readonly taken: Schema } = { given, taken },
): boolean {
  return new SchemaFit(roots.given, roots.taken, direction).fits(given, taken, true);
}

class SchemaFit {
  readonly #given: Schema;
  readonly #taken: Schema;
  readonly #direction: Direction;
  /** Whether a reference means the same on both sides. */
  readonly #sameDocument: boolean;
  /** Pairs that are being compared: schemas may refer to themselves. */
  readonly #open = new Map<Schema, Set<Schema>>();
  #steps = 0;

  constructor(given: Schema, taken: Schema, direction: Direction) {
    this.#given = given;
    this.#taken = taken;
    this.#direction = direction;
    this.#sameDocument = judgement(given) === judgement(taken);
  }

  /** @param isWhole Whether the given schema alone describes the value, so that an object has no other members. */
  fits(given: Schema, taken: Schema, isWhole: boolean): boolean {
    if (given === false || allowsAll(taken)) return true;
    if (taken === false || ++this.#steps > MOST_STEPS) return false;
    if (this.#isSame(judgement(given), judgement(taken))) return true;
    const asked = this.#open.get(given) ?? new Set();
    if (asked.has(taken)) return true;
    this.#open.set(given, asked.add(taken));
    const answer = this.#satisfies(given === true ? {} : given, taken as JsonSchema, isWhole);
    asked.delete(taken);
    return answer;
  }

  /** Every part of the taken schema is satisfied. */
  #satisfies(given: JsonSchema, taken: JsonSchema, isWhole: boolean): boolean {
    const { $ref, allOf, anyOf, oneOf, ...own } = taken;
    if ($ref !== undefined && !this.fits(given, resolvePointer(this.#taken, $ref) ?? false, isWhole)) return false;
    if (!(allOf ?? []).every((part) => this.fits(given, part, isWhole))) return false;
    if (anyOf !== undefined && !this.#satisfiesSome(given, anyOf, isWhole)) return false;
    if (oneOf !== undefined && !this.#satisfiesOne(given, oneOf, isWhole)) return false;
    return allowsAll(own) || this.#by(given, isWhole, (part, whole) => this.#satisfiesOwn(part, own, whole));
  }

  /** Whether some part of the given schema is sufficient. Of alternatives, each must be. */
  #by(given: JsonSchema, isWhole: boolean, isEnough: (part: JsonSchema, isWhole: boolean) => boolean): boolean {
    if (++this.#steps > MOST_STEPS) return false;
    const { $ref, allOf, anyOf, oneOf, ...own } = given;
    const isAlone = isWhole && [$ref, allOf, anyOf, oneOf].filter((part) => part !== undefined).length === 1;
    const onlyPart = isAlone && Object.keys(own).every((keyword) => isIdle(keyword) || DEFINITIONS.includes(keyword));
    const asked = (part: Schema, whole: boolean): boolean =>
      part === false || this.#by(part === true ? {} : part, whole, isEnough);
    const isDistinct = (branches: readonly Schema[]) => branches.filter(mayBeObject).length < 2;
    return (
      isEnough(own, isWhole && Object.keys(own).length === Object.keys(given).length) ||
      ($ref !== undefined && asked(resolvePointer(this.#given, $ref) ?? true, onlyPart)) ||
      (allOf ?? []).some((part) => asked(part, onlyPart && allOf?.length === 1)) ||
      [anyOf, oneOf].some(
        (branches) => branches?.every((branch) => asked(branch, onlyPart && isDistinct(branches))) === true,
      )
    );
  }

  #satisfiesSome(given: JsonSchema, branches: readonly Schema[], isWhole: boolean): boolean {
    const isEnough = (part: Schema, whole: boolean) => branches.some((branch) => this.fits(part, branch, whole));
    return (
      isEnough(given, isWhole) ||
      this.#by(
        given,
        isWhole,
        (part, whole) => isEnough(part, whole) || pieces(part)?.every((piece) => isEnough(piece, whole)) === true,
      )
    );
  }

  /** One branch accepts the value, and no other can. */
  #satisfiesOne(given: JsonSchema, branches: readonly Schema[], isWhole: boolean): boolean {
    if (given.oneOf !== undefined && this.#isSame(canonical(given.oneOf), canonical(branches))) return true;
    const isEnough = (part: JsonSchema, whole: boolean) =>
      branches.some(
        (branch) =>
          this.fits(part, branch, whole) && branches.every((other) => other === branch || !sharesType(part, other)),
      );
    return this.#by(
      given,
      isWhole,
      (part, whole) => isEnough(part, whole) || pieces(part)?.every((piece) => isEnough(piece, whole)) === true,
    );
  }

  /** Compares the schemas' own keywords. */
  #satisfiesOwn(given: JsonSchema, taken: JsonSchema, isWhole: boolean): boolean {
    const values = valuesOf(given);
    if (values !== undefined) return values.every((value) => takesValue(taken, value));
    if ("const" in taken || taken.enum !== undefined) return false;
    const types = typesOf(given);
    const allowed = typesOf(taken);
    if (!types.every((type) => allowed.includes(type) || (type === "integer" && allowed.includes("number"))))
      return false;
    if (types.includes("object") && !this.#satisfiesMembers(given, taken, isWhole)) return false;
    if (types.includes("array") && !this.#satisfiesItems(given, taken, isWhole)) return false;
    return Object.keys(taken).every((keyword) => {
      if (isIdle(keyword) || READ.includes(keyword)) return true;
      const concerns = CONCERNS.get(keyword);
      if (concerns !== undefined && !types.some((type) => concerns.includes(type))) return true;
      return this.#isAsStrict(keyword, given[keyword], taken[keyword]) && !CONTEXT_BOUND.includes(keyword);
    });
  }

  #isAsStrict(keyword: string, given: unknown, taken: unknown): boolean {
    if (typeof given === "number" && typeof taken === "number") {
      if (LOWER_BOUNDS.includes(keyword)) return given >= taken;
      if (UPPER_BOUNDS.includes(keyword)) return given <= taken;
    }
    if (keyword === "uniqueItems" && taken === false) return true;
    return given !== undefined && this.#isSame(canonical(given), canonical(taken));
  }

  #satisfiesItems(given: JsonSchema, taken: JsonSchema, isWhole: boolean): boolean {
    const isTuple = given.prefixItems !== undefined || taken.prefixItems !== undefined;
    if (!isTuple) return this.fits(given.items ?? true, taken.items ?? true, isWhole);
    const places = Math.max(given.prefixItems?.length ?? 0, taken.prefixItems?.length ?? 0);
    const at = ({ prefixItems, items }: JsonSchema, index: number): Schema => prefixItems?.[index] ?? items ?? true;
    for (let index = 0; index <= places; index++)
      if (!this.fits(at(given, index), at(taken, index), isWhole)) return false;
    return true;
  }

  #satisfiesMembers(given: JsonSchema, taken: JsonSchema, isWhole: boolean): boolean {
    const patterns = [given["patternProperties"], taken["patternProperties"]];
    if (patterns.some((value) => value !== undefined))
      if (!this.#isSame(canonical(patterns[0] ?? null), canonical(patterns[1] ?? null))) return false;
    const [declared, known] = [membersOf(given), taken.properties ?? {}];
    const required = new Set(given.required);
    if (this.#direction === "output")
      // Members that code reads must still exist; additional ones are harmless.
      return (
        (taken.required ?? []).every((name) => required.has(name)) &&
        Object.entries(known).every(
          ([name, member]) => Object.hasOwn(declared, name) && this.fits(declared[name] ?? true, member, isWhole),
        ) &&
        (!isObject(taken.additionalProperties) || this.#restFits(given, taken, isWhole))
      );
    const rest = isWhole ? restOf(given) : (given.additionalProperties ?? true);
    return (
      (taken.required ?? []).every((name) => required.has(name)) &&
      Object.entries(declared).every(([name, member]) => {
        if (Object.hasOwn(known, name)) return this.fits(member, known[name] ?? true, isWhole);
        return (
          isObject(taken.additionalProperties) && this.fits(member, taken.additionalProperties as JsonSchema, isWhole)
        );
      }) &&
      Object.entries(known).every(
        ([name, member]) => Object.hasOwn(declared, name) || rest === undefined || this.fits(rest, member, isWhole),
      ) &&
      this.#restFits(given, taken, isWhole)
    );
  }

  /** Members that neither schema names. */
  #restFits(given: JsonSchema, taken: JsonSchema, isWhole: boolean): boolean {
    const { additionalProperties: from } = given;
    const { additionalProperties: to = true } = taken;
    if (from === false) return true;
    if (isObject(from) && to === true) return Object.keys(taken.properties ?? {}).length === 0;
    return this.fits(from ?? true, to, isWhole);
  }

  #isSame(given: string, taken: string): boolean {
    return given === taken && (this.#sameDocument || !/"\$(?:ref|dynamicRef)":/.test(given));
  }
}

/** The members that a schema names. Those that it only requires are unknown. */
function membersOf({
  properties,
  required,
  additionalProperties = true,
}: JsonSchema): Readonly<Record<string, Schema>> {
  const demanded = (required ?? []).map((name) => [name, additionalProperties] as const);
  return Object.fromEntries([...demanded, ...Object.entries(properties ?? {})]);
}

/** The schema of members that are not named; `undefined` if callers pass no others. */
function restOf({ properties, additionalProperties }: JsonSchema): Schema | undefined {
  if (additionalProperties !== undefined) return additionalProperties === false ? undefined : additionalProperties;
  return Object.keys(properties ?? {}).length === 0 ? true : undefined;
}

function allowsAll(schema: Schema): boolean {
  return typeof schema === "boolean" ? schema : Object.keys(schema).every(isIdle);
}
