// What is wrong with a schema, as findings at its places.

import { type Diagnostic, diagnose, type Place, schemaCandidates } from "@cuecard/model";
import { pointerKeys } from "@cuecard/runtime";
import { explainJsonSchema } from "./hints/json-schema-habits.js";
import { findUnclearKeys } from "./hints/picoschema-keys.js";
import type { ExplainedProblem } from "./hints/schema-habits.js";
import { findUnclearMarks } from "./hints/unclear-marks.js";
import type { JsonSchema } from "./model.js";
import type { ValidatorResult } from "./schema/compile-validator.js";

export interface ProblemPlace {
  /** What messages call the schema: `input.schema`, or its name. */
  readonly root: string;
  readonly promptsDir: string;
  /** The place of the value at a path of keys within the schema. */
  readonly place: (keys: readonly string[]) => Place;
}

/** Keys that are read, but not as they look. */
export function describeUnclearKeys(
  written: unknown,
  { root, place }: Omit<ProblemPlace, "promptsDir">,
  role: "input" | "output",
): Diagnostic[] {
  const unclear = [...findUnclearKeys(written), ...(role === "input" ? findUnclearMarks(written) : [])];
  return unclear.map(({ path: keys, problem, instead = "" }) =>
    diagnose("schema/unclear-key", { path: [root, ...keys].join("."), problem, instead }, place(keys)),
  );
}

/** The findings about one problem; none if it has been reported elsewhere. */
export function describeProblem(
  { path: keys, problem, instead, unknown, described, isReported }: ExplainedProblem,
  { root, promptsDir, place }: ProblemPlace,
): Diagnostic[] {
  if (isReported === true) return [];
  const path = [root, ...keys].join(".");
  const looked = unknown === undefined ? [] : schemaCandidates(unknown).map((file) => `${promptsDir}/${file}`);
  if (unknown === undefined || instead !== undefined || looked.length === 0)
    return [diagnose("schema/invalid", { path, problem, instead }, place(keys))];
  const args = { path, name: unknown, looked, described, nearest: undefined };
  return [diagnose("schema/unknown-name", args, place(keys))];
}

/** The findings about a schema of which the validator cannot be compiled. */
export function describeInvalid(
  schema: JsonSchema,
  { pointer, problem }: Extract<ValidatorResult, { kind: "invalid" }>,
  at: ProblemPlace,
): Diagnostic[] {
  return describeProblem(explainJsonSchema(schema, { path: pointerKeys(pointer), problem }), at);
}
