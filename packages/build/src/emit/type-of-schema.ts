// From a JSON Schema to the TypeScript type a person would write for it.

import { isObject, type JsonSchema } from "../schema/json-schema.js";
import { resolvePointer } from "../schema/resolve-pointer.js";
import { docComment, propertyKey, stringLiteral, valueLiteral } from "./escape.js";

export interface TypeOptions {
  /** Input types take read-only arrays and `undefined` for optional members; output types give neither. */
  readonly direction: "input" | "output";
  /** Properties that a caller may leave out although the schema requires them: they have defaults. */
  readonly optional?: ReadonlySet<string>;
}

/** The type's source. Members stand on lines of their own, indented below `indent`. */
export function emitType(schema: JsonSchema | boolean, options: TypeOptions, indent = ""): string {
  return new TypeEmitter(schema, options).type(schema, indent, options.optional);
}

class TypeEmitter {
  readonly #root: JsonSchema | boolean;
  readonly #options: TypeOptions;
  /** References that are being followed: one of them again is a type that cannot be written in place. */
  readonly #following: string[] = [];

  constructor(root: JsonSchema | boolean, options: TypeOptions) {
    this.#root = root;
    this.#options = options;
  }

  type(schema: JsonSchema | boolean, indent: string, optional?: ReadonlySet<string>): string {
    if (schema === true) return "unknown";
    if (schema === false) return "never";
    if (schema.$ref !== undefined) return this.#reference(schema.$ref, indent);
    if ("const" in schema) return literalType(schema.const);
    if (schema.enum !== undefined) return union(schema.enum.map(literalType));
    const alternatives = schema.anyOf ?? schema.oneOf;
    const parts: string[] = [];
    if (alternatives !== undefined) parts.push(union(alternatives.map((branch) => this.type(branch, indent))));
    for (const branch of schema.allOf ?? []) parts.push(this.type(branch, indent));
    if (schema.type !== undefined || schema.properties !== undefined)
      parts.push(this.#byType(schema, indent, optional));
    const known = parts.filter((part) => part !== "unknown");
    if (known.length === 0) return "unknown";
    return known.length === 1 ? (known[0] ?? "unknown") : known.map(parenthesize).join(" & ");
  }

  #byType(schema: JsonSchema, indent: string, optional?: ReadonlySet<string>): string {
    const types = schema.type === undefined ? ["object"] : Array.isArray(schema.type) ? schema.type : [schema.type];
    return union(types.map((type) => this.#single(String(type), schema, indent, optional)));
  }

  #single(type: string, schema: JsonSchema, indent: string, optional?: ReadonlySet<string>): string {
    switch (type) {
      case "string":
      case "number":
      case "boolean":
      case "null":
        return type;
      case "integer":
        return "number";
      case "array":
        return this.#array(schema, indent);
      case "object":
        return this.#object(schema, indent, optional);
      default:
        return "unknown";
    }
  }

  #array(schema: JsonSchema, indent: string): string {
    const readonly = this.#options.direction === "input" ? "readonly " : "";
    if (schema.prefixItems !== undefined) {
      const rest =
        schema.items === undefined || schema.items === false
          ? []
          : [`...${parenthesize(this.type(schema.items, indent))}[]`];
      // Without minItems a tuple may be shorter.
      return `${readonly}[${[...schema.prefixItems.map((item) => `${parenthesize(this.type(item, indent))}?`), ...rest].join(", ")}]`;
    }
    return `${readonly}${parenthesize(this.type(schema.items ?? true, indent))}[]`;
  }

  #object(schema: JsonSchema, indent: string, optional?: ReadonlySet<string>): string {
    const inner = `${indent}  `;
    const properties = Object.entries(schema.properties ?? {});
    const lines = properties.map(([name, member]) => {
      const comment = isObject(member) ? docComment([member.description], inner) : "";
      const isOptional = !(schema.required ?? []).includes(name) || optional?.has(name) === true;
      const type = this.type(member, inner);
      const orUndefined = isOptional && this.#options.direction === "input" && type !== "unknown" ? " | undefined" : "";
      return `${comment}${inner}${propertyKey(name)}${isOptional ? "?" : ""}: ${type}${orUndefined};\n`;
    });
    const rest = schema.additionalProperties;
    const isMap =
      isObject(rest) || (rest === true && properties.length === 0) || (rest === undefined && properties.length === 0);
    if (isMap) {
      const value = isObject(rest) ? this.type(rest, inner) : "unknown";
      if (lines.length === 0) return `{ [key: string]: ${value} }`;
      return `{\n${lines.join("")}${indent}} & { [key: string]: unknown }`;
    }
    return lines.length === 0 ? "Record<string, never>" : `{\n${lines.join("")}${indent}}`;
  }

  #reference(reference: string, indent: string): string {
    if (this.#following.includes(reference)) return "unknown";
    const target = resolvePointer(this.#root, reference);
    if (target === undefined) return "unknown";
    this.#following.push(reference);
    const type = this.type(target, indent);
    this.#following.pop();
    return type;
  }
}

function literalType(value: unknown): string {
  return typeof value === "string"
    ? stringLiteral(value)
    : typeof value === "object" && value !== null
      ? objectLiteralType(value)
      : valueLiteral(value);
}

function objectLiteralType(value: object): string {
  if (Array.isArray(value)) return `readonly [${value.map(literalType).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([key, member]) => `${propertyKey(key)}: ${literalType(member)}`)
    .join("; ")} }`;
}

function union(types: readonly string[]): string {
  const unique = [...new Set(types)];
  return unique.includes("unknown") ? "unknown" : unique.join(" | ") || "never";
}

function parenthesize(type: string): string {
  return /[|&]|^readonly /.test(type.replace(/\{[\s\S]*\}/g, "{}")) ? `(${type})` : type;
}
