// Reads the `expect` of examples: each thing that is expected of the rendered text, checked so that a test can rely on it.

import { type Diagnostic, diagnose, type Place } from "@cuecard/model";
import { nearest, type Role } from "@cuecard/runtime";
import { isRole, ROLES } from "../language/language.js";
import type { Expectation, JsonSchema } from "../model.js";
import type { FrontMatter } from "../parse/front-matter-schema.js";
import { checkSchema, findPatternProblem } from "../schema/check-schema.js";
import type { ValidatorCompiler } from "../schema/compile-validator.js";
import { type SchemaProblem, toJsonSchema } from "../schema/picoschema.js";

/** A regular expression as JavaScript writes it. `v` and `y` are left out: `/api/v` is a path. */
const WITH_FLAGS = /^\/(.+)\/([gimsu]+)$/s;

export interface ReadExpectations {
  /** By the example's index; those with errors are left out. */
  readonly ofExamples: readonly (readonly Expectation[])[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ExpectationContext {
  /** The place of the value at a path of front-matter keys. */
  readonly locate: (path: readonly string[]) => Place;
  readonly validators: ValidatorCompiler;
}

/** What an expectation is at one place, without where that is. */
type Found = Expectation extends infer E ? (E extends Expectation ? Omit<E, "path" | "role"> : never) : never;

interface Problem {
  readonly problem: string;
  readonly nearest?: string | undefined;
  readonly instead?: string | undefined;
}

export function readExpectations({ examples = [] }: FrontMatter, context: ExpectationContext): ReadExpectations {
  const diagnostics: Diagnostic[] = [];
  const names = new Set<string>();
  for (const [index, { name }] of examples.entries()) {
    if (names.has(name)) {
      const place = context.locate(["examples", String(index), "name"]);
      diagnostics.push(diagnose("front-matter/duplicate-example", { example: name }, place));
    }
    names.add(name);
  }
  const ofExamples = examples.map(({ name, expect }, index) => {
    const found: Expectation[] = [];
    const at = ["examples", String(index), "expect"];
    const report = (path: readonly string[], problem: Problem) => {
      const args = { example: name, path: ["expect", ...path].join("."), ...problem };
      diagnostics.push(diagnose("front-matter/invalid-expectation", args, context.locate([...at, ...path])));
    };
    const read = (written: Readonly<Record<string, unknown>>, role: Role | undefined): void => {
      const keys = Object.entries(written).filter(([, value]) => value !== null);
      const within = role === undefined ? [] : [role];
      if (keys.length === 0)
        report(within, { problem: "expects nothing", instead: "write what the text contains: contains: …" });
      for (const [key, value] of keys) {
        if (role === undefined && isRole(key)) {
          read(value as Readonly<Record<string, unknown>>, key);
          continue;
        }
        const items = Array.isArray(value) && key !== "roles" ? value : [value];
        if (items.length === 0) report([...within, key], { problem: "is an empty list", instead: `remove ${key}` });
        items.forEach((item, position) => {
          const path = [...within, key, ...(Array.isArray(value) && key !== "roles" ? [String(position)] : [])];
          const result = readOne(key, item, context);
          if ("problem" in result) report(path, result);
          else found.push({ ...(role === undefined ? {} : { role }), path, ...result });
          const [, pattern, flags] = (key === "matches" && WITH_FLAGS.exec(String(item))) || [];
          if (pattern !== undefined && flags !== undefined) {
            const args = { example: name, path: ["expect", ...path].join("."), pattern, flags };
            diagnostics.push(diagnose("front-matter/pattern-flags", args, context.locate([...at, ...path])));
          }
        });
      }
    };
    if (expect !== undefined) read(expect, undefined);
    return found;
  });
  return { ofExamples, diagnostics };
}

/** @param value Of the kind that the front matter's schema asks for. */
function readOne(key: string, value: unknown, { validators }: ExpectationContext): Found | Problem {
  switch (key) {
    case "contains":
    case "not-contains":
    case "equals":
    case "matches": {
      const text = String(value);
      if (text === "" && key !== "equals")
        return { problem: "is empty, which every text contains", instead: `write a text, or remove ${key}` };
      const problem = key === "matches" ? findPatternProblem(text) : undefined;
      return problem === undefined ? { kind: key, value: text } : { problem };
    }
    case "max-tokens": {
      const count = Number(value);
      if (Number.isInteger(count) && count > 0) return { kind: key, value: count };
      return { problem: `must be a whole number above 0, but is ${count}` };
    }
    case "roles": {
      const roles = (Array.isArray(value) ? value : [value]).map(String);
      const unknown = roles.find((role) => !isRole(role));
      if (unknown === undefined) return { kind: key, value: roles.filter(isRole) };
      return {
        problem: `has the unknown role "${unknown}"`,
        nearest: nearest(unknown, ROLES),
        instead: `the roles are ${ROLES.join(", ")}`,
      };
    }
    default:
      return readSchema(value, validators);
  }
}

function readSchema(written: unknown, validators: ValidatorCompiler): Found | Problem {
  if (written === true) return { kind: "json", value: true };
  if (written === false) return { problem: "must be true or a schema", instead: "write json: true, or remove it" };
  const place = () => ({ file: "" });
  const [unsafe] = checkSchema(written, "json", place);
  if (unsafe !== undefined) return { problem: `is not a valid schema: ${unsafe.message}`, instead: unsafe.hint };
  const problems: SchemaProblem[] = [];
  const schema: JsonSchema = toJsonSchema(written, false, problems);
  const [first] = problems;
  if (first !== undefined) {
    const { path, problem } = first;
    return { problem: `is not a valid schema: ${path.length === 0 ? "" : `"${path.join(".")}": `}${problem}` };
  }
  const compiled = validators.compile(schema);
  if (compiled.kind === "compiled") return { kind: "json", value: schema };
  return { problem: `is not a valid schema: ${compiled.pointer} ${compiled.problem}` };
}
