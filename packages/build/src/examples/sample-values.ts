// Makes inputs that fit a schema: one with every value, one with as few as possible, and for each value what else it can be. They are
// starting points for a search, which tries them against the schema: what is not known here need not fit.

import type { JsonSchema } from "../model.js";
import { isObject } from "../schema/json-schema.js";
import { resolvePointer } from "../schema/resolve-pointer.js";
import { makeText } from "./sample-text.js";

/** How deep objects and lists are filled. */
const MAX_DEPTH = 6;
/** How many other values of an enum, or options of a choice, are tried. */
const MAX_OPTIONS = 20;

/** How many values are made at once. If there were more, fewer levels are filled. */
const MAX_VALUES = 500;
/** In place of how many levels are filled: only what is required is made, and booleans are false. */
const MINIMAL = -1;
/** Schemas that require themselves have no end. */
const DEEPEST = 40;

/** In place of a value that is left out. */
export const ABSENT: unique symbol = Symbol("absent");

/** What a value of an input can be as well. */
export interface Alternative {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** In words, for the name of the example: `without reason`. */
  readonly label: string;
}

export class SampleValues {
  readonly #root: JsonSchema;
  readonly #literals: readonly unknown[];
  #made = 0;

  /** @param literals Values that the template compares with. */
  constructor(root: JsonSchema, literals: readonly unknown[]) {
    this.#root = root;
    this.#literals = literals;
  }

  full(): Readonly<Record<string, unknown>> {
    return asInput(this.#full(this.#root, "input", MAX_DEPTH));
  }

  minimal(): Readonly<Record<string, unknown>> {
    this.#made = 0;
    return asInput(this.#sample(this.#root, "input", { levels: MINIMAL, depth: 0 }));
  }

  /** What an input can have instead of what it has: from the top down, so that simple changes come first. */
  alternatives(input: Readonly<Record<string, unknown>>): Alternative[] {
    return [...this.#alternatives(this.#root, input, [])].sort((a, b) => a.path.length - b.path.length);
  }

  *#alternatives(schema: JsonSchema | boolean, value: unknown, path: readonly string[]): Generator<Alternative> {
    if (path.length > MAX_DEPTH) return;
    const resolved = this.#resolve(schema);
    const name = path.filter((key) => !/^\d+$/.test(key)).at(-1) ?? "input";
    if (isObject(value)) {
      for (const [key, member] of Object.entries(resolved.properties ?? {})) {
        const at = [...path, key];
        const required = resolved.required?.includes(key) === true;
        const has = Object.hasOwn(value, key);
        if (!has)
          yield {
            path: at,
            value: this.#full(member, key, MAX_DEPTH - at.length),
            label: `with ${at.join(".")}`,
          };
        else if (!required) yield { path: at, value: ABSENT, label: `without ${at.join(".")}` };
        if (has) yield* this.#alternatives(member, value[key], at);
      }
      return;
    }
    for (const option of this.#options(schema, name, value))
      yield { path, value: option, label: labelOf(path.join("."), option) };
    if (Array.isArray(value))
      for (const [index, item] of value.slice(0, 2).entries())
        yield* this.#alternatives(itemsOf(resolved), item, [...path, String(index)]);
  }

  /** Other values of the same place. */
  #options(schema: JsonSchema | boolean, name: string, value: unknown): unknown[] {
    const resolved = this.#resolve(schema);
    const options: unknown[] = [];
    const branches = [...(resolved.anyOf ?? []), ...(resolved.oneOf ?? [])].slice(0, MAX_OPTIONS);
    for (const branch of branches) options.push(this.#full(branch, name, 1));
    if (resolved.enum !== undefined) options.push(...resolved.enum.slice(0, MAX_OPTIONS));
    const types = typesOf(resolved);
    if (types.includes("boolean")) options.push(true, false);
    if (types.includes("array")) {
      const full = this.#full({ ...resolved, type: "array" }, name, 2);
      options.push(Array.isArray(full) ? full.slice(0, 1) : full, full, []);
    }
    if (types.includes("object")) options.push(this.#full({ ...resolved, type: "object" }, name, 2));
    if (types.includes("string"))
      options.push(this.#text(resolved, name), ...this.#literals.filter((literal) => typeof literal === "string"), "");
    if (types.includes("number") || types.includes("integer"))
      options.push(...this.#literals.filter((literal) => typeof literal === "number"), 0, 1);
    if (types.includes("null") || resolved.nullable === true) options.push(null);
    const known = new Set([JSON.stringify(value)]);
    return options.filter((option) => {
      const key = JSON.stringify(option);
      return !known.has(key) && known.add(key) !== undefined;
    });
  }

  /** A value with everything that it can have, as many levels deep as there is room for. */
  #full(schema: JsonSchema | boolean, name: string, levels: number): unknown {
    for (let filled = Math.max(0, levels); ; filled--) {
      this.#made = 0;
      const value = this.#sample(schema, name, { levels: filled, depth: 0 });
      if (this.#made < MAX_VALUES || filled <= 0) return value;
    }
  }

  /** @param at.levels How many levels are filled; below them, a value has only what is required. */
  #sample(
    schema: JsonSchema | boolean,
    name: string,
    { levels, depth }: { readonly levels: number; readonly depth: number },
  ): unknown {
    if (depth > DEEPEST || this.#made > 10 * MAX_VALUES) return null;
    this.#made++;
    const full = levels > 0;
    const inside = { levels: full ? levels - 1 : levels, depth: depth + 1 };
    const resolved = this.#resolve(schema);
    if ("const" in resolved) return resolved.const;
    const [example] = Array.isArray(resolved["examples"]) ? resolved["examples"] : [];
    if (example !== undefined) return example;
    if (resolved.default !== undefined) return resolved.default;
    if (resolved.enum !== undefined) return resolved.enum[0];
    const [option] = resolved.anyOf ?? resolved.oneOf ?? [];
    if (option !== undefined && resolved.type === undefined)
      return this.#sample(option, name, { levels, depth: depth + 1 });
    // What a template only tests for its presence has no type.
    if (isUntyped(resolved)) return levels !== MINIMAL;
    const types = typesOf(resolved);
    const type = ["string", "object", "array", "integer", "number", "boolean"].find((one) => types.includes(one));
    switch (type) {
      case "object": {
        const members = Object.entries(resolved.properties ?? {}).filter(
          ([key]) => resolved.required?.includes(key) === true || full,
        );
        return Object.fromEntries(members.map(([key, member]) => [key, this.#sample(member, key, inside)]));
      }
      case "array": {
        const fixed = resolved.prefixItems ?? [];
        const least = Math.max(resolved.minItems ?? 0, full ? 2 : 0);
        const most = typeof resolved["maxItems"] === "number" ? resolved["maxItems"] : Number.POSITIVE_INFINITY;
        const item = singular(name);
        return Array.from({ length: Math.min(Math.max(least, fixed.length), most, 50) }, (_, index) => {
          // The second item shows what an item can lack.
          const value = this.#sample(
            fixed[index] ?? itemsOf(resolved),
            item,
            index === 0 ? inside : { ...inside, levels: MINIMAL },
          );
          return value === item && index > 0 ? `${item} ${index + 1}` : value;
        });
      }
      case "integer":
      case "number":
        return numberOf(resolved);
      case "boolean":
        return levels !== MINIMAL;
      case "string":
        return this.#text(resolved, name);
      default:
        return null;
    }
  }

  #text(schema: JsonSchema, name: string): string {
    const { pattern, format } = schema;
    const text = typeof format === "string" ? (FORMATS[format] ?? inWords(name)) : inWords(name);
    if (typeof pattern === "string") return makeText(pattern) ?? text;
    const least = typeof schema["minLength"] === "number" ? schema["minLength"] : 0;
    const most = typeof schema["maxLength"] === "number" ? schema["maxLength"] : Number.POSITIVE_INFINITY;
    return text.padEnd(Math.min(least, 1000), `, ${text}`).slice(0, most);
  }

  #resolve(schema: JsonSchema | boolean): JsonSchema {
    let at: JsonSchema | boolean = schema;
    for (let step = 0; step < 20 && typeof at === "object" && typeof at.$ref === "string"; step++)
      at = resolvePointer(this.#root, at.$ref) ?? {};
    if (typeof at !== "object") return {};
    if (at.allOf === undefined) return at;
    // Parts that all hold are read as one.
    const { allOf, ...own } = at;
    const parts = [own, ...allOf.map((part) => this.#resolve(part))];
    return Object.assign({}, ...parts, {
      properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
      required: parts.flatMap(({ required }) => required ?? []),
    });
  }
}

/** Values of the formats of JSON Schema. */
const FORMATS: Readonly<Record<string, string>> = {
  date: "2026-01-31",
  "date-time": "2026-01-31T12:00:00Z",
  time: "12:00:00Z",
  email: "ada@example.com",
  uri: "https://example.com/",
  url: "https://example.com/",
  uuid: "123e4567-e89b-12d3-a456-426614174000",
  ipv4: "192.0.2.1",
  hostname: "example.com",
};

function typesOf({ type, properties, items, pattern }: JsonSchema & { readonly pattern?: unknown }): readonly string[] {
  if (typeof type === "string") return [type];
  if (type !== undefined) return type;
  if (properties !== undefined) return ["object"];
  if (items !== undefined) return ["array"];
  return pattern === undefined ? ["string", "boolean", "array"] : ["string"];
}

function isUntyped({ type, properties, items, pattern, format }: JsonSchema): boolean {
  return [type, properties, items, pattern, format].every((keyword) => keyword === undefined);
}

function itemsOf({ items, prefixItems }: JsonSchema): JsonSchema | boolean {
  return items ?? prefixItems?.at(-1) ?? {};
}

function numberOf(schema: JsonSchema): number {
  const bound = (key: string) => (typeof schema[key] === "number" ? schema[key] : undefined);
  const [least, above] = [bound("minimum"), bound("exclusiveMinimum")];
  const [most, below] = [bound("maximum"), bound("exclusiveMaximum")];
  const step = bound("multipleOf") ?? 1;
  let value = Math.max(least ?? 1, above === undefined ? Number.NEGATIVE_INFINITY : above + step);
  value = Math.ceil(value / step) * step;
  if (most !== undefined && value > most) value = most;
  if (below !== undefined && value >= below) value = below - step;
  return value;
}

/** `customerName` → `customer name`. */
function inWords(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[_\-.\s]+/g, " ")
    .trim()
    .toLowerCase();
  return words === "" ? "text" : words;
}

function singular(name: string): string {
  const words = inWords(name);
  return /[^s]s$/.test(words) ? words.slice(0, -1) : words;
}

function labelOf(path: string, value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? `no ${path}` : `${path} with ${value.length}`;
  if (value === "") return `empty ${path}`;
  if (typeof value === "object" && value !== null) return `another ${path}`;
  return `${path}: ${String(value)}`.slice(0, 60);
}

function asInput(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
