// What changed from one JSON Schema to another, member by member, and which changes break the code around the prompt.

import { MARKS } from "@cuecard/runtime";
import type { JsonSchema } from "../model.js";
import { isObject } from "../schema/json-schema.js";
import { resolvePointer } from "../schema/resolve-pointer.js";
import { canonical, judgement } from "./canonical.js";
import type { ContentChange } from "./comparison.js";
import { typesOf, valuesOf } from "./schema-facts.js";
import { type Direction, schemaFits } from "./schema-fit.js";
import { typeInWords } from "./type-in-words.js";

type Schema = JsonSchema | boolean;

/** @param direction Whose code must keep working: code that passes such a value, or code that reads one. */
export function compareSchemas(before: JsonSchema, after: JsonSchema, direction: Direction): ContentChange[] {
  const comparison = new SchemaComparison(before, after, direction);
  comparison.visit(before, after, "");
  const { changes } = comparison;
  if (changes.some(({ breaking }) => breaking) || comparison.isSafe(before, after)) return changes;
  const message =
    direction === "input"
      ? "the input's schema changed, and input that was valid before may be rejected"
      : "the answer's schema changed, and may allow answers that were invalid before";
  return [...changes, { subject: direction, path: "", change: "changed", breaking: true, message, before, after }];
}

class SchemaComparison {
  readonly changes: ContentChange[] = [];
  readonly #before: Schema;
  readonly #after: Schema;
  readonly #direction: Direction;
  readonly #visited = new Map<Schema, Set<Schema>>();

  constructor(before: Schema, after: Schema, direction: Direction) {
    this.#before = before;
    this.#after = after;
    this.#direction = direction;
  }

  /** Whether code written for the first schema works with the second. */
  isSafe(before: Schema, after: Schema): boolean {
    return this.#direction === "input" ? this.#fitsForth(before, after) : this.#fitsBack(before, after);
  }

  visit(writtenBefore: Schema, writtenAfter: Schema, path: string): void {
    const before = this.#resolve(writtenBefore, this.#before);
    const after = this.#resolve(writtenAfter, this.#after);
    const visited = this.#visited.get(before) ?? new Set();
    if (visited.has(after)) return;
    if (typeof before === "object") this.#visited.set(before, visited.add(after));
    if (typeof before === "object" && typeof after === "object") {
      if (before.description !== after.description && path !== "")
        this.#add(path, "changed", false, `${this.#name(path)} has a new description`, before, after);
      if (isPlain(before, "object") && isPlain(after, "object")) {
        this.#visitNothing(before, after, path);
        this.#visitMembers(before, after, path);
        return;
      }
      if (isPlain(before, "array") && isPlain(after, "array")) {
        this.#visitNothing(before, after, path);
        this.visit(before.items ?? true, after.items ?? true, `${path}[]`);
        return;
      }
    }
    this.#visitType(before, after, path);
  }

  /** Whether the value may be null. */
  #visitNothing(before: JsonSchema, after: JsonSchema, path: string): void {
    const was = typesOf(before).includes("null");
    const is = typesOf(after).includes("null");
    if (was === is || path === "") return;
    const breaking = this.#direction === "input" ? was : is;
    this.#add(path, "changed", breaking, `${this.#name(path)} ${is ? "may now be null" : "may no longer be null"}`);
  }

  #visitMembers(before: JsonSchema, after: JsonSchema, path: string): void {
    const isInput = this.#direction === "input";
    const [declared, known] = [before.properties ?? {}, after.properties ?? {}];
    const demands = ({ required }: JsonSchema, name: string) => required?.includes(name) === true;
    for (const [name, was] of Object.entries(declared)) {
      const at = memberPath(path, name);
      const is = known[name];
      if (!Object.hasOwn(known, name) || is === undefined) {
        const rest = after.additionalProperties;
        const isTaken = isInput && isObject(rest) && this.#fitsForth(was, rest as JsonSchema);
        this.#add(at, "removed", !isTaken, removed(at, this.#direction, isTaken), was);
        continue;
      }
      const [demanded, demandsNow] = [demands(before, name), demands(after, name)];
      if (demanded !== demandsNow) {
        const breaking = demandsNow === isInput;
        this.#add(at, "changed", breaking, demandChanged(at, this.#direction, demandsNow), was, is);
        // Picoschema makes optional members nullable as well: that is the same change.
        this.visit(demandsNow ? withoutNull(was) : was, demandsNow ? is : withoutNull(is), at);
      } else this.visit(was, is, at);
    }
    for (const [name, is] of Object.entries(known)) {
      if (Object.hasOwn(declared, name)) continue;
      const at = memberPath(path, name);
      const isDemanded = isInput && demands(after, name);
      this.#add(at, "added", isDemanded, added(at, this.#direction, demands(after, name)), undefined, is);
    }
    this.#visitRest(before, after, path);
  }

  /** Members that are not named. */
  #visitRest(before: JsonSchema, after: JsonSchema, path: string): void {
    const [was, is] = [before.additionalProperties, after.additionalProperties];
    if (judgement(was as Schema | undefined) === judgement(is as Schema | undefined)) return;
    const bare = (schema: JsonSchema, rest: typeof was): JsonSchema => ({
      type: "object",
      ...(rest === undefined ? {} : { additionalProperties: rest }),
      ...(Object.keys(schema.properties ?? {}).length === 0 ? {} : { properties: { "": true } }),
    });
    const breaking = !this.isSafe(bare(before, was), bare(after, is));
    const allows = is === false ? "no longer allows additional members" : "allows different additional members";
    this.#add(path, "changed", breaking, `${this.#name(path)} ${allows}`, was, is);
  }

  #visitType(before: Schema, after: Schema, path: string): void {
    if (judgement(before) === judgement(after) && this.isSafe(before, after)) return;
    const [forth, back] = [this.#fitsForth(before, after), this.#fitsBack(before, after)];
    if (forth && back) return;
    const isSafe = this.#direction === "input" ? forth : back;
    this.#add(path, "changed", !isSafe, this.#typeChanged(before, after, path), before, after);
  }

  #typeChanged(before: Schema, after: Schema, path: string): string {
    const name = this.#name(path);
    const [was, is] = [before, after].map((schema) => (typeof schema === "object" ? valuesOf(schema) : undefined));
    if (was !== undefined && is !== undefined) {
      const without = (values: readonly unknown[], others: readonly unknown[]) =>
        values.filter((value) => !others.some((other) => canonical(other) === canonical(value)));
      const [gone, come] = [without(was, is), without(is, was)];
      const list = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(", ");
      const parts = [
        ...(gone.length === 0 ? [] : [`may no longer be ${list(gone)}`]),
        ...(come.length === 0 ? [] : [`may now be ${list(come)}`]),
      ];
      if (parts.length > 0) return `${name} ${parts.join(", and ")}`;
    }
    const [wordsBefore, wordsAfter] = [typeInWords(before), typeInWords(after)];
    return wordsBefore === wordsAfter
      ? `${name} is still ${wordsAfter}, but its constraints changed`
      : `${name} changed from ${wordsBefore} to ${wordsAfter}`;
  }

  #name(path: string): string {
    if (path !== "") return nameOf(path, this.#direction);
    return this.#direction === "input" ? "the input" : "the answer";
  }

  #fitsForth(before: Schema, after: Schema): boolean {
    return schemaFits(before, after, this.#direction, { given: this.#before, taken: this.#after });
  }

  #fitsBack(before: Schema, after: Schema): boolean {
    return schemaFits(after, before, this.#direction, { given: this.#after, taken: this.#before });
  }

  #resolve(schema: Schema, root: Schema): Schema {
    let found = schema;
    for (let hops = 0; hops < 20; hops++) {
      if (typeof found !== "object" || found.$ref === undefined || Object.keys(found).length > 1) return found;
      found = resolvePointer(root, found.$ref) ?? true;
    }
    return found;
  }

  #add(
    path: string,
    change: ContentChange["change"],
    breaking: boolean,
    message: string,
    before?: Schema,
    after?: Schema,
  ): void {
    this.changes.push({
      subject: this.#direction,
      path,
      change,
      breaking,
      message,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    });
  }
}

const PLAIN = [
  "type",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "description",
  ...MARKS,
  "$defs",
  "definitions",
];

/** An object or a list that is described by its members or items, and that may be null but nothing else. */
function isPlain(schema: JsonSchema, type: "object" | "array"): boolean {
  const types = typesOf(schema).filter((name) => name !== "null");
  return types.length === 1 && types[0] === type && Object.keys(schema).every((keyword) => PLAIN.includes(keyword));
}

function withoutNull(schema: Schema): Schema {
  if (typeof schema === "boolean") return schema;
  const { type, enum: values } = schema;
  const kept = values?.filter((value) => value !== null);
  const types = Array.isArray(type) ? type.filter((name) => name !== "null") : undefined;
  return {
    ...schema,
    ...(kept === undefined ? {} : { enum: kept }),
    ...(types === undefined ? {} : { type: types.length === 1 ? (types[0] ?? "null") : types }),
  };
}

function memberPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function nameOf(path: string, direction: Direction): string {
  return direction === "input" ? `input "${path}"` : `the answer's "${path}"`;
}

function added(path: string, direction: Direction, isRequired: boolean): string {
  if (direction === "output") return `the answer now has "${path}"`;
  return `${nameOf(path, direction)} is new and ${isRequired ? "required" : "optional"}`;
}

function removed(path: string, direction: Direction, isTaken: boolean): string {
  if (direction === "output") return `the answer no longer has "${path}"`;
  return `${nameOf(path, direction)} is no longer ${isTaken ? "declared, but is still accepted" : "accepted"}`;
}

function demandChanged(path: string, direction: Direction, isRequired: boolean): string {
  const name = nameOf(path, direction);
  if (direction === "output") return `${name} is ${isRequired ? "now always present" : "no longer always present"}`;
  return `${name} is now ${isRequired ? "required" : "optional"}`;
}
