// Compiles a JSON Schema to the source of its validator with Ajv (https://ajv.js.org/standalone.html). Equal schemas
// are compiled once.

import { plainCheck } from "@cuecard/runtime";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { ValueScope } from "ajv/dist/compile/codegen/index.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import type { CheckCode, JsonSchema } from "../model.js";
import { hasMembers, isAnnotation, isDataKeyword } from "./json-schema.js";
import { mapSchemas, without } from "./map-schemas.js";
import { isPlainSchema, isWellFormed } from "./plain-schema.js";
import { emitSchemaGuard } from "./schema-guard.js";
import { FIND_DUPLICATE, withUniqueItems } from "./unique-items.js";

export interface CompiledValidator {
  /** What a package needs to do the same. */
  readonly check: CheckCode;
  /** What is wrong with a value. */
  readonly validate: (value: unknown) => readonly ErrorObject[];
}

export type ValidatorResult =
  | { readonly kind: "compiled"; readonly validator: CompiledValidator }
  /** The schema is not valid; `pointer` (RFC 6901) leads to the part that is not. */
  | { readonly kind: "invalid"; readonly pointer: string; readonly problem: string };

/** What emitted validators `require`, and the @cuecard/runtime function that replaces it. */
const RUNTIME: ReadonlyMap<string, string> = new Map([
  ["ajv/dist/runtime/ucs2length", "codePoints"],
  ["ajv/dist/runtime/equal", "deepEqual"],
  [FIND_DUPLICATE, "findDuplicate"],
]);

const OPTIONS = {
  allErrors: true,
  ownProperties: true,
  messages: false,
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allowUnionTypes: true,
  // `format` is an annotation, as draft 2020-12 defines by default.
  validateFormats: false,
  logger: false,
  code: { source: true, esm: false, lines: false },
} as const;

let checker: Ajv2020 | undefined;

/** Checks schemas against JSON Schema's own schema. Compiling that one takes 40 ms, so it is done once in a process. */
function schemaChecker(): Ajv2020 {
  checker ??= new Ajv2020(OPTIONS);
  return checker;
}

export class ValidatorCompiler {
  readonly #known = new Map<string, ValidatorResult>();
  #made: Ajv2020 | undefined;

  /** Most compilations need none. Schemas are checked by {@link schemaChecker} first. */
  get #ajv(): Ajv2020 {
    this.#made ??= withUniqueItems(new Ajv2020({ ...OPTIONS, validateSchema: false }));
    return this.#made;
  }

  compile(schema: JsonSchema): ValidatorResult {
    const bare = withoutAnnotations(schema);
    const key = JSON.stringify(bare);
    let result = this.#known.get(key);
    if (result === undefined) {
      result = this.#compile(bare);
      this.#known.set(key, result);
    }
    return result;
  }

  #compile(schema: JsonSchema): ValidatorResult {
    if (isWellFormed(schema) && isPlainSchema(schema))
      return { kind: "compiled", validator: { check: plainCode(schema), validate: this.#validatePlain(schema) } };
    const ajv = schemaChecker();
    if (ajv.validateSchema(schema) !== true) {
      const error = ajv.errors?.at(-1);
      return { kind: "invalid", pointer: error?.instancePath ?? "", problem: describeKeyword(error) };
    }
    this.#resetNames();
    const typed = withObjects(schema);
    try {
      const validate = this.#ajv.compile(typed);
      const check: CheckCode = isPlainSchema(schema)
        ? plainCode(schema)
        : wrap(standaloneCode.default(this.#ajv, validate));
      return { kind: "compiled", validator: { check, validate: errorsOf(validate) } };
    } catch (error) {
      return { kind: "invalid", pointer: "", problem: error instanceof Error ? error.message : String(error) };
    } finally {
      this.#ajv.removeSchema(typed);
    }
  }

  /** Reads the schema. Ajv only explains what is wrong: compiling a schema takes longer than most checks. */
  #validatePlain(schema: JsonSchema): CompiledValidator["validate"] {
    const findIssues = plainCheck(schema);
    let explain: CompiledValidator["validate"] | undefined;
    return (value) => {
      if (findIssues(value).length === 0) return [];
      if (explain === undefined) {
        const typed = withObjects(schema);
        explain = errorsOf(this.#ajv.compile(typed));
        this.#ajv.removeSchema(typed);
      }
      return explain(value);
    };
  }

  /**
   * One instance compiles several times as fast as a new one each time, but it numbers names through all that it has
   * compiled. The same schema must give the same text whatever came before it, so each compilation starts to count
   * anew.
   */
  #resetNames(): void {
    const ajv: { scope: ValueScope } = this.#ajv;
    const { prefixes } = ajv.scope.opts;
    ajv.scope = new ValueScope({
      scope: {},
      es5: false,
      lines: false,
      ...(prefixes === undefined ? {} : { prefixes }),
    });
  }
}

function errorsOf(validate: ValidateFunction): CompiledValidator["validate"] {
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

function plainCode(schema: JsonSchema): CheckCode {
  const guard = emitSchemaGuard(schema);
  return { kind: "plain", ...(guard === undefined ? {} : { guard }) };
}

/** Ajv's module as a function that takes its dependencies from the runtime. */
function wrap(moduleCode: string): CheckCode {
  const imports = new Set<string>();
  // A schema's own text is in string literals, where quotes are escaped, so it cannot match.
  const code = moduleCode.replace(/= require\("([^"\\]+)"\)\.default;/g, (_, id: string) => {
    const name = RUNTIME.get(id);
    if (name === undefined) throw new Error(`the validator needs ${id}, for which the runtime has nothing`);
    imports.add(name);
    return `= ${name};`;
  });
  return {
    kind: "compiled",
    code: `() => { const module = { exports: {} }; ${escapeSeparators(code)} return module.exports; }`,
    imports: [...imports].sort(),
  };
}

/** Ajv would carry annotations into its code. */
function withoutAnnotations(schema: JsonSchema): JsonSchema {
  return mapSchemas(schema, without(isAnnotation));
}

/** Keywords whose schemas are conditions: a value that they do not describe has to pass them. */
const CONDITIONS = ["not", "if", "then", "else", "contains", "propertyNames", "dependentSchemas"];

/**
 * Says that schemas with members describe objects, as their types do. In JSON Schema, `properties` and `required` without a `type` let
 * every text, number and list through, which no author wants and no type shows.
 */
function withObjects(schema: JsonSchema): JsonSchema {
  const withType = (value: JsonSchema): JsonSchema =>
    hasMembers(value) && !["type", "const", "enum"].some((keyword) => keyword in value)
      ? { type: "object", ...value }
      : value;
  return mapSchemas(schema, withType, (keyword) => isDataKeyword(keyword) || CONDITIONS.includes(keyword));
}

function escapeSeparators(code: string): string {
  return code.replace(/[\u2028\u2029]/g, (separator) => (separator === "\u2028" ? "\\u2028" : "\\u2029"));
}

function describeKeyword(error: { keyword: string; params: Record<string, unknown> } | undefined): string {
  if (error === undefined) return "it does not follow JSON Schema draft 2020-12";
  const { keyword, params } = error;
  if (keyword === "enum") return `must be one of ${(params["allowedValues"] as unknown[]).join(", ")}`;
  if (keyword === "type") return `must be ${[params["type"]].flat().join(" or ")}`;
  if (keyword === "minItems") return "must not be empty";
  if (keyword === "uniqueItems") return "must not have a value twice";
  if (keyword === "minimum") return `must be at least ${params["limit"]}`;
  if (keyword === "exclusiveMinimum") return `must be greater than ${params["limit"]}`;
  return `fails "${keyword}" of JSON Schema's own schema`;
}
