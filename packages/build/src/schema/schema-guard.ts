// Compiles a plain schema to expressions that quickly accept most valid inputs, so that the runtime reads the schema
// only for the others. They may reject a valid input, but never accept an invalid one.

import type { JsonSchema, SchemaGuard } from "../model.js";
import { isInherited, memberAccess, valueLiteral } from "../text/escape.js";
import { hasType, isObject } from "./json-schema.js";

/** `undefined` for schemas that have no quick test. */
export function emitSchemaGuard(schema: JsonSchema): SchemaGuard | undefined {
  if (schema.type !== "object") return undefined;
  const emitter = new GuardEmitter();
  const tests = emitter.members(schema, "input", 0);
  return tests && { tests, names: [...emitter.names], imports: [...emitter.imports].sort() };
}

class GuardEmitter {
  readonly imports = new Set<string>();
  readonly names = new Set<string>();

  use(name: string): string {
    this.imports.add(name);
    return name;
  }

  test(schema: JsonSchema | boolean | undefined, value: string, depth: number): string | undefined {
    if (!isObject(schema)) return undefined;
    if (schema.enum !== undefined) {
      if (schema.enum.some((allowed) => Number.isNaN(allowed))) return undefined;
      const allowed = schema.enum.filter((value) => hasType(value, schema.type));
      return allowed.length === 0 ? undefined : or(allowed.map((one) => `${value} === ${valueLiteral(one)}`));
    }
    const isOpen = ["type", "properties", "required", "additionalProperties", "items"].every((key) => !(key in schema));
    if (isOpen) return "true";
    if (schema.type === undefined && schema.items !== undefined) return undefined;
    const types = schema.type === undefined ? ["object"] : [schema.type].flat();
    const tests = types.map((type) => this.#type(String(type), schema, value, depth));
    return tests.includes(undefined) ? undefined : or(tests.filter((test) => test !== undefined));
  }

  #type(type: string, schema: JsonSchema, value: string, depth: number): string | undefined {
    switch (type) {
      case "string":
      case "boolean":
        return `typeof ${value} === "${type}"`;
      case "number":
        return `Number.isFinite(${value})`;
      case "integer":
        return `Number.isInteger(${value})`;
      case "null":
        return `${value} === null`;
      case "array":
        return this.#list(schema, value, depth);
      case "object":
        return this.#object(schema, value, depth);
      default:
        return undefined;
    }
  }

  #list({ items }: JsonSchema, value: string, depth: number): string | undefined {
    if (items === undefined) return `Array.isArray(${value})`;
    const item = depth === 0 ? "item" : `item${depth + 1}`;
    const test = this.test(items, item, depth + 1);
    return test && `${this.use("isListOf")}(${value}, (${item}) => ${test})`;
  }

  #object(schema: JsonSchema, value: string, depth: number): string | undefined {
    const tests = this.members(schema, value, depth);
    return tests && [`${this.use("isPlain")}(${value})`, ...tests].join(" && ");
  }

  /** Tests of what is in an object that is plain. */
  members(schema: JsonSchema, value: string, depth: number): string[] | undefined {
    const { properties = {}, required = [], additionalProperties: rest } = schema;
    if (rest !== undefined && rest !== true) return undefined;
    const tests: string[] = [];
    for (const name of new Set([...Object.keys(properties), ...required])) {
      if (isInherited(name)) return undefined;
      this.names.add(name);
      const member = memberAccess(value, name);
      const isRequired = required.includes(name);
      const { type, ...others }: JsonSchema = isObject(properties[name]) ? properties[name] : {};
      // One test covers a member that may be missing and may be null.
      const isNullable = !isRequired && Array.isArray(type) && type.length > 1 && type.includes("null");
      const wanted = isNullable ? { type: type.filter((one) => one !== "null"), ...others } : properties[name];
      const test = Object.hasOwn(properties, name) ? this.test(wanted, member, depth) : "true";
      if (test === undefined) return undefined;
      if (test === "true") {
        if (isRequired) tests.push(`${member} !== undefined`);
      } else tests.push(isRequired ? test : or([isNullable ? `${member} == null` : `${member} === undefined`, test]));
    }
    return tests;
  }
}

function or(tests: readonly string[]): string {
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : `(${tests.join(" || ")})`;
}
