// Checks a call of a project's helper against its signature. What types cannot express is left to the helper.

import type { HelperSignature, ValueType } from "../language/helper-signature.js";
import type { Argument, Expression } from "../template/ir.js";
import { findMismatch } from "./find-mismatch.js";
import type { StaticType } from "./static-type.js";
import type { TemplateFindings } from "./template-findings.js";

type Call = Extract<Expression, { kind: "call" }>;

/** What is known of an argument. */
export interface GivenArgument {
  readonly type: StaticType;
  /** Reports that the argument may be missing, or what a path like `.name` leads to in it. */
  requirePresent(path: string): void;
}

export function checkCall(
  { helper, positional, named, origin }: Call,
  signature: HelperSignature,
  findings: TemplateFindings,
  given: (argument: Argument) => GivenArgument,
): void {
  const check = (argument: Argument, parameter: string, type: ValueType, optional: boolean) => {
    const { type: known, requirePresent } = given(argument);
    const mismatch = findMismatch(known, type, optional);
    if (mismatch?.kind === "missing") requirePresent(mismatch.path);
    if (mismatch?.kind !== "wrong") return;
    const { path, wanted, found, misspelled } = mismatch;
    const near = misspelled && findings.suggestions.nearest(misspelled.given, misspelled.accepted);
    const args = { helper, parameter: parameter + path, wanted, found, nearest: near };
    findings.report("template/wrong-argument-type", args, argument.origin);
  };

  for (const [index, argument] of positional.entries()) {
    const parameter = signature.positional[index];
    if (parameter !== undefined) check(argument, parameter.name, parameter.type, parameter.optional);
    else if (signature.rest !== undefined) check(argument, signature.rest.name, signature.rest.type, false);
    else {
      const problem = `takes ${count(signature.positional.length, "value")}`;
      findings.report("template/wrong-arguments", { helper, problem }, argument.origin);
    }
  }
  const missing = signature.positional.slice(positional.length).filter(({ optional }) => !optional);
  const parameters = new Map(signature.named.map((parameter) => [parameter.name, parameter]));
  for (const [name, argument] of named) {
    const parameter = parameters.get(name);
    if (parameter !== undefined) check(argument, name, parameter.type, parameter.optional);
    else {
      const args = { helper, argument: name, nearest: findings.suggestions.nearest(name, parameters.keys()) };
      findings.report("template/unknown-argument", args, argument.origin);
    }
  }
  const written = new Set(named.map(([name]) => name));
  const unnamed = signature.named.filter(({ name, optional }) => !optional && !written.has(name));
  if (missing.length > 0 || unnamed.length > 0) {
    const lacking = [...missing.map(({ name }) => name), ...unnamed.map(({ name }) => `${name}=…`)];
    findings.report("template/wrong-arguments", { helper, problem: `lacks ${lacking.join(" and ")}` }, origin);
  }
}

function count(number: number, what: string): string {
  return number === 0 ? `no ${what}s` : `${number} ${what}${number === 1 ? "" : "s"}`;
}
