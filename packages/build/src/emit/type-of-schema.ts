// From a JSON Schema to the TypeScript type a person would write for it.

import { pointerKeys } from "@cuecard/runtime";
import type { JsonSchema, TypeSource } from "../model.js";
import { hasType, isObject, typesIn } from "../schema/json-schema.js";
import { resolvePointer } from "../schema/resolve-pointer.js";
import { isUntrusted } from "../schema/untrusted-values.js";
import { docComment, propertyKey, stringLiteral, valueLiteral } from "../text/escape.js";

export interface TypeOptions {
  /** Input types take read-only arrays and `undefined` for optional members; output types give neither. */
  readonly direction: "input" | "output";
  /** Properties that a caller may leave out although the schema requires them: they have defaults. */
  readonly optional?: ReadonlySet<string>;
}

/** The type's source, with one line per member. */
export function emitType(schema: JsonSchema | boolean, options: TypeOptions): TypeSource {
  const emitter = new TypeEmitter(schema, options);
  const type = emitter.whole(schema);
  const definitions = emitter.definitions();
  return {
    ...type,
    ...(definitions === undefined ? {} : { definitions }),
    ...(emitter.imports.size === 0 ? {} : { imports: [...emitter.imports] }),
  };
}

/** Declarations of a type and of those that it refers to, whose names begin with its own. */
export function declareType(name: string, type: TypeSource): string {
  const declare = (declared: string, { text, form }: TypeSource) => {
    const source = text.replace(/\0(\w+)\0/g, (_, definition: string) => `${name}${definition}`);
    // An interface where it can be one: errors then show its name.
    return form === "object" ? `export interface ${declared} ${source}\n` : `export type ${declared} = ${source};\n`;
  };
  const definitions = Object.entries(type.definitions ?? {});
  return [[name, type] as const, ...definitions.map(([own, source]) => [`${name}${own}`, source] as const)]
    .map(([declared, source]) => declare(declared, source))
    .join("\n");
}

/** The same names as {@link declareType} declares, for types that are declared by another name. */
export function aliasType(name: string, { definitions = {} }: TypeSource, declared: string): string {
  return ["", ...Object.keys(definitions)].map((own) => `export type ${name}${own} = ${declared}${own};\n`).join("");
}

/** What the comment of a private member says. */
const PRIVATE = "Private: never part of telemetry.";

/** How many items behind the first ones of a tuple a type names one by one. */
const MAX_FURTHER = 8;

const UNKNOWN: TypeSource = { text: "unknown", form: "simple" };

class TypeEmitter {
  readonly #root: JsonSchema | boolean;
  readonly #options: TypeOptions;
  readonly imports = new Set<string>();
  /** References that lead back to themselves, and the names of their types. Within untrusted values, their types are others. */
  readonly #names = new Map<
    string,
    { readonly reference: string; readonly isWithin: boolean; readonly name: string }
  >();
  /** Whether the value that is described is part of an untrusted one. */
  #isWithin = false;
  /** Whether a reference leads back to itself: its type cannot be written in place. */
  readonly #recursive = new Map<string, boolean>();

  constructor(root: JsonSchema | boolean, options: TypeOptions) {
    this.#root = root;
    this.#options = options;
  }

  /** Callers write the input out: only what is in it can be marked. */
  whole(schema: JsonSchema | boolean): TypeSource {
    this.#isWithin = isUntrusted(schema, this.#root);
    return this.#bare(schema, "", { isMarked: true, optional: this.#options.optional });
  }

  type(schema: JsonSchema | boolean, indent: string): TypeSource {
    const isWithin = this.#isWithin;
    const isMarked = isWithin || isUntrusted(schema, this.#root);
    this.#isWithin = isMarked;
    const type = this.#bare(schema, indent, { isMarked });
    this.#isWithin = isWithin;
    if (!isMarked || type.text === "unknown" || type.text === "never") return type;
    this.imports.add("MaybeUntrusted");
    return { text: `MaybeUntrusted<${type.text}>`, form: "simple" };
  }

  /** @param options.isMarked Whether the type will be marked as a whole. */
  #bare(
    schema: JsonSchema | boolean,
    indent: string,
    options: { readonly isMarked: boolean; readonly optional?: ReadonlySet<string> | undefined },
  ): TypeSource {
    const { isMarked, optional } = options;
    if (schema === true) return UNKNOWN;
    if (schema === false) return { text: "never", form: "simple" };
    if ("const" in schema)
      return hasType(schema.const, typesIn(schema)) ? literalType(schema.const) : { text: "never", form: "simple" };
    if (schema.enum !== undefined)
      return union(schema.enum.filter((value) => hasType(value, typesIn(schema))).map(literalType));
    const parts: TypeSource[] = [];
    if (schema.$ref !== undefined) parts.push(this.#reference(schema.$ref, indent));
    for (const alternatives of [schema.anyOf, schema.oneOf])
      if (alternatives !== undefined)
        parts.push(
          union(alternatives.map((one) => (isMarked ? this.#bare(one, indent, options) : this.type(one, indent)))),
        );
    // If one of these is marked, so is the whole.
    for (const branch of schema.allOf ?? []) parts.push(this.#bare(branch, indent, options));
    if (typesIn(schema) !== undefined) parts.push(this.#byType(schema, indent, optional));
    const known = parts.filter((part) => part.text !== "unknown");
    const [only] = known;
    if (only === undefined) return UNKNOWN;
    return known.length === 1 ? only : { text: known.map(inParentheses).join(" & "), form: "compound" };
  }

  #byType(schema: JsonSchema, indent: string, optional?: ReadonlySet<string>): TypeSource {
    return union((typesIn(schema) ?? []).map((type) => this.#single(type, schema, indent, optional)));
  }

  #single(type: string, schema: JsonSchema, indent: string, optional?: ReadonlySet<string>): TypeSource {
    switch (type) {
      case "string":
      case "number":
      case "boolean":
      case "null":
        return { text: type, form: "simple" };
      case "integer":
        return { text: "number", form: "simple" };
      case "array":
        return this.#array(schema, indent);
      case "object":
        return this.#object(schema, indent, optional);
      default:
        return UNKNOWN;
    }
  }

  #array(schema: JsonSchema, indent: string): TypeSource {
    const isInput = this.#options.direction === "input";
    const prefix = isInput ? "readonly " : "";
    const form = isInput ? "compound" : "simple";
    const item = (member: JsonSchema | boolean) => inParentheses(this.type(member, indent));
    if (schema.prefixItems === undefined) return { text: `${prefix}${item(schema.items ?? true)}[]`, form };
    const rest = schema.items === false ? [] : [`...${item(schema.items ?? true)}[]`];
    // Without minItems a tuple may be shorter.
    const isRequired = (index: number) => index < (schema.minItems ?? 0);
    const members = schema.prefixItems.map((member, index) => `${item(member)}${isRequired(index) ? "" : "?"}`);
    // Further items that minItems asks for.
    const further = Math.min((schema.minItems ?? 0) - members.length, MAX_FURTHER);
    if (schema.items !== false) for (let count = 0; count < further; count++) members.push(item(schema.items ?? true));
    members.push(...rest);
    return { text: `${prefix}[${members.join(", ")}]`, form };
  }

  #object(schema: JsonSchema, indent: string, optional?: ReadonlySet<string>): TypeSource {
    const inner = `${indent}  `;
    const required = schema.required ?? [];
    const declared = Object.entries(schema.properties ?? {});
    const undeclared = required.filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
    const lines = [...declared, ...undeclared.map((name) => [name, true] as const)].map(([name, member]) => {
      const comment = isObject(member)
        ? docComment([member.description, member["private"] === true ? PRIVATE : undefined], inner)
        : "";
      const isOptional = !required.includes(name) || optional?.has(name) === true;
      const { text } = this.type(member, inner);
      const orUndefined = isOptional && this.#options.direction === "input" && text !== "unknown" ? " | undefined" : "";
      return `${comment}${inner}${propertyKey(name)}${isOptional ? "?" : ""}: ${text}${orUndefined};\n`;
    });
    const body = `{\n${lines.join("")}${indent}}`;
    const rest = schema.additionalProperties;
    const patterns = Object.values(schema.patternProperties ?? {});
    if (lines.length === 0) {
      // A name that matches several patterns is checked by each of them: the union is the widest that a type can say.
      const others = [...patterns, ...(rest === false ? [] : [rest ?? true])];
      if (others.length === 0) return { text: "Record<string, never>", form: "simple" };
      const value = union(others.map((other) => this.type(other, inner))).text;
      return { text: `{ [key: string]: ${value} }`, form: "object" };
    }
    // Beside named members an index signature would have to fit them all.
    return rest === true || isObject(rest) || patterns.length > 0
      ? { text: `${body} & { [key: string]: unknown }`, form: "compound" }
      : { text: body, form: "object" };
  }

  definitions(): Readonly<Record<string, TypeSource>> | undefined {
    const definitions: [string, TypeSource][] = [];
    // Names are added while definitions are written; a map's values include those that are added.
    for (const { reference, isWithin, name } of this.#names.values()) {
      const target = resolvePointer(this.#root, reference);
      this.#isWithin = isWithin;
      if (target !== undefined) definitions.push([name, this.#bare(target, "", { isMarked: isWithin })]);
    }
    return definitions.length === 0 ? undefined : Object.fromEntries(definitions);
  }

  #reference(reference: string, indent: string): TypeSource {
    const target = resolvePointer(this.#root, reference);
    if (target === undefined) return UNKNOWN;
    const isWithin = this.#isWithin;
    if (!this.#isRecursive(reference)) return this.#bare(target, indent, { isMarked: isWithin });
    const key = `${isWithin} ${reference}`;
    let known = this.#names.get(key);
    if (known === undefined) {
      const taken = new Set([...this.#names.values()].map(({ name }) => name));
      known = { reference, isWithin, name: definitionName(reference, taken) };
      this.#names.set(key, known);
    }
    return { text: `\0${known.name}\0`, form: "simple" };
  }

  #isRecursive(reference: string): boolean {
    let known = this.#recursive.get(reference);
    if (known === undefined) {
      known = referencesFrom(this.#root, reference).has(reference);
      this.#recursive.set(reference, known);
    }
    return known;
  }
}

/** Every reference that a reference leads to. */
function referencesFrom(root: JsonSchema | boolean, reference: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isObject(value)) return;
    const { $ref } = value;
    if (typeof $ref === "string" && !found.has($ref)) {
      found.add($ref);
      visit(resolvePointer(root, $ref));
    }
    for (const member of Object.values(value)) visit(member);
  };
  visit(resolvePointer(root, reference));
  return found;
}

/** `Tree` for `#/$defs/tree`. */
function definitionName(reference: string, taken: ReadonlySet<string>): string {
  const words = (pointerKeys(reference).at(-1) ?? "root").match(/[A-Za-z0-9]+/g) ?? ["type"];
  const name = words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join("");
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name}${number}`;
  return unique;
}

function literalType(value: unknown): TypeSource {
  if (Array.isArray(value)) {
    const members = value.map((member) => literalType(member).text);
    return { text: `readonly [${members.join(", ")}]`, form: "compound" };
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${propertyKey(key)}: ${literalType(member).text}`);
    return { text: `{ ${members.join("; ")} }`, form: "object" };
  }
  return { text: typeof value === "string" ? stringLiteral(value) : valueLiteral(value), form: "simple" };
}

function union(types: readonly TypeSource[]): TypeSource {
  const unique = [...new Map(types.map((type) => [type.text, type])).values()];
  const [only] = unique;
  if (only === undefined) return { text: "never", form: "simple" };
  if (unique.some(({ text }) => text === "unknown")) return UNKNOWN;
  return unique.length === 1 ? only : { text: unique.map(({ text }) => text).join(" | "), form: "compound" };
}

function inParentheses({ text, form }: TypeSource): string {
  return form === "compound" ? `(${text})` : text;
}
