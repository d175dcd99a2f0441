// Checks a rendered example against what its author expects of it.

import { type Message, type Role, trimEnd, trimStart } from "@cuecard/runtime";
import { compareWords } from "../compare/compare-words.js";
import type { WordChange } from "../compare/comparison.js";
import type { Expectation } from "../model.js";
import { ValidatorCompiler } from "../schema/compile-validator.js";
import { describeSchemaError } from "../schema/describe-schema-error.js";
import { messageText } from "./message-text.js";

/** An expectation that does not hold. */
export interface FailedExpectation {
  readonly expectation: Expectation;
  /** What is wrong, as a sentence without a full stop. */
  readonly problem: string;
  /** The text that was checked; `undefined` if there is none. */
  readonly actual: string | undefined;
  /** From the expected text to the rendered one, for `equals`. */
  readonly words: readonly WordChange[] | undefined;
}

export interface RenderedExample {
  readonly messages: readonly Pick<Message, "role" | "content">[];
  readonly count: (text: string) => number;
}

/** Compiles schemas; they were checked when the prompt was compiled. */
let validators: ValidatorCompiler | undefined;

export function evaluateExpectations(
  expectations: readonly Expectation[],
  { messages, count }: RenderedExample,
): FailedExpectation[] {
  const textOf = (role: Role | undefined): string | undefined => {
    const own = role === undefined ? messages : messages.filter((message) => message.role === role);
    return own.length === 0 && role !== undefined ? undefined : own.map(messageText).map(trimEdges).join("\n\n");
  };
  return expectations.flatMap((expectation): FailedExpectation[] => {
    const { role } = expectation;
    const actual = textOf(role);
    if (actual === undefined) {
      const roles = [...new Set(messages.map((message) => message.role))].join(", ") || "none";
      const problem = `there is no ${role} message; the roles are: ${roles}`;
      return [{ expectation, problem, actual, words: undefined }];
    }
    const whole = role === undefined ? "the text" : `the ${role} message`;
    const failed =
      expectation.kind === "roles"
        ? checkRoles(expectation.value, messages)
        : checkText(expectation, { text: actual, whole, count });
    return failed.map(({ problem, words }) => ({ expectation, problem, actual, words }));
  });
}

interface Failed {
  readonly problem: string;
  readonly words?: readonly WordChange[];
}

interface CheckedText extends Pick<RenderedExample, "count"> {
  readonly text: string;
  /** What the text is: `the system message`. */
  readonly whole: string;
}

function checkText(
  expectation: Exclude<Expectation, { kind: "roles" }>,
  { text, whole, count }: CheckedText,
): readonly Failed[] {
  const unless = (holds: boolean, problem: string): Failed[] => (holds ? [] : [{ problem: `${whole} ${problem}` }]);
  switch (expectation.kind) {
    case "contains":
      return unless(text.includes(expectation.value), `does not contain ${JSON.stringify(expectation.value)}`);
    case "not-contains":
      return unless(!text.includes(expectation.value), `contains ${JSON.stringify(expectation.value)}`);
    case "matches":
      return unless(new RegExp(expectation.value, "u").test(text), `does not match /${expectation.value}/`);
    case "equals": {
      const wanted = trimEdges(expectation.value);
      return wanted === text
        ? []
        : [{ problem: `${whole} is not the expected one`, words: compareWords(wanted, text) }];
    }
    case "max-tokens": {
      const tokens = count(text);
      const more = tokens - expectation.value;
      return unless(more <= 0, `has ${tokens} tokens, ${more} more than ${expectation.value}`);
    }
    case "json":
      return checkJson(expectation.value, text).map((problem) => ({ problem: `${whole} ${problem}` }));
  }
}

function checkRoles(wanted: readonly Role[], messages: RenderedExample["messages"]): readonly Failed[] {
  const [is, should] = [messages.map(({ role }) => role), wanted].map((roles) => roles.join(", ") || "none");
  return is === should ? [] : [{ problem: `the roles are ${is}, and not ${should}` }];
}

function checkJson(schema: Extract<Expectation, { kind: "json" }>["value"], text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [`is not JSON: ${(error as Error).message}`];
  }
  if (schema === true) return [];
  validators ??= new ValidatorCompiler();
  const compiled = validators.compile(schema);
  if (compiled.kind !== "compiled") throw new Error(`a schema that was valid is not: ${compiled.problem}`);
  return compiled.validator
    .validate(value)
    .map((error) => `does not fit its schema: ${error.instancePath || "it"} ${describeSchemaError(error)}`);
}

/** A text without blank lines at its edges: those of a template, and of a block of YAML, are rarely meant. */
function trimEdges(text: string): string {
  return trimStart(trimEnd(text));
}
