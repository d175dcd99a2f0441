// From a plain schema to an expression that says of most values that fit that they do, at once: the runtime reads the schema
// only for the others. It may say no of a value that fits, never yes of one that does not.

import { isInherited, memberAccess, stringLiteral, valueLiteral } from "../emit/escape.js";
import { isObject, type JsonSchema } from "./json-schema.js";

export interface SchemaGuard {
  /** Source of `(value) => boolean`. */
  readonly code: string;
  /** What it uses of @cuecard/runtime. */
  readonly imports: readonly string[];
}

/** `undefined` for schemas of which no value can be told so quickly. */
export function emitSchemaGuard(schema: JsonSchema): SchemaGuard | undefined {
  const emitter = new GuardEmitter();
  const test = emitter.test(schema, "v", 0);
  if (test === undefined) return undefined;
  // A name that somebody gave every object would be read where there is nothing.
  const inherited = [...emitter.names].map((name) => `!(${stringLiteral(name)} in ${emitter.use("base")})`);
  return { code: `(v) => ${[...inherited, test].join(" && ")}`, imports: [...emitter.imports].sort() };
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
      const isSimple = schema.enum.every((allowed) => !Number.isNaN(allowed));
      if (!isSimple || schema.type !== undefined) return undefined;
      return or(schema.enum.map((allowed) => `${value} === ${valueLiteral(allowed)}`));
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
    const item = `v${depth + 1}`;
    const test = this.test(items, item, depth + 1);
    return test && `${this.use("isListOf")}(${value}, (${item}) => ${test})`;
  }

  #object(schema: JsonSchema, value: string, depth: number): string | undefined {
    const { properties = {}, required = [], additionalProperties: rest } = schema;
    if (rest !== undefined && rest !== true) return undefined;
    const tests = [`${this.use("isPlain")}(${value})`];
    for (const name of new Set([...Object.keys(properties), ...required])) {
      if (isInherited(name)) return undefined;
      this.names.add(name);
      const member = memberAccess(value, name);
      const test = Object.hasOwn(properties, name) ? this.test(properties[name], member, depth) : "true";
      if (test === undefined) return undefined;
      if (test === "true") {
        if (required.includes(name)) tests.push(`${member} !== undefined`);
      } else tests.push(required.includes(name) ? test : or([`${member} === undefined`, test]));
    }
    return tests.join(" && ");
  }
}

function or(tests: readonly string[]): string {
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : `(${tests.join(" || ")})`;
}
