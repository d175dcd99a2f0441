// Parses a model's answer (JSON, alone or in one code fence) and checks it against the prompt's output schema.

import { ajvCheck, type Validator } from "./ajv-check.js";
import { type OutputIssue, PromptOutputError } from "./errors.js";
import { type Check, describeValue } from "./issue.js";
import { findJsonEnd } from "./json-end.js";
import type { JsonSchema } from "./json-schema.js";
import { plainCheck } from "./plain-check.js";
import { unreadable } from "./unreadable.js";

/** What a compiled template has for checking answers. */
export interface OutputChecks {
  /** Makes the validator that Ajv emitted, where reading the schema is not enough. */
  readonly makeOutputCheck?: () => Validator;
}

/** Makes the method of a prompt that has an output schema. */
export type MakeOutputParser = (
  template: OutputChecks,
  metadata: { readonly uri: string; readonly outputSchema?: JsonSchema },
) => {
  /** @throws PromptOutputError if the answer is not JSON or does not match the schema. */
  parseOutput(answer: unknown): unknown;
};

const parser = (check: Check, uri: string): ReturnType<MakeOutputParser> => ({
  parseOutput(answer) {
    const read = typeof answer === "string" ? readJson(answer) : { value: answer };
    const [issues, options] = "issue" in read ? [[read.issue]] : checkAnswer(check, read.value);
    if ("issue" in read || issues.length > 0) throw new PromptOutputError(uri, issues, options);
    return read.value;
  },
});

/** The issues, and the exception that reading the answer threw. */
function checkAnswer(check: Check, answer: unknown): [issues: readonly OutputIssue[], options?: ErrorOptions] {
  try {
    return [check(answer)];
  } catch (cause) {
    return [[unreadable(answer, cause)], { cause }];
  }
}

/** Checks answers by reading the prompt's schema. */
export const plainOutputParser: MakeOutputParser = (_, { uri, outputSchema }) =>
  parser(plainCheck(outputSchema as JsonSchema), uri);

/** Checks answers by a validator that Ajv emitted. */
export const compiledOutputParser: MakeOutputParser = ({ makeOutputCheck }, { uri, outputSchema }) =>
  parser(ajvCheck(makeOutputCheck as () => Validator, outputSchema as JsonSchema), uri);

/** The answers of prompts with `output.format: text`, which are their text. */
export const textAnswers = (make: MakeOutputParser): MakeOutputParser => readingAnswers(make, (answer) => answer);

/** The answers of prompts with `output.format: enum`: a word, without the white space, code fence or quotes around it. */
export const wordAnswers = (make: MakeOutputParser): MakeOutputParser =>
  readingAnswers(make, (answer) => {
    const { text } = withoutFence(answer);
    return /^(["'`])(.*)\1$/s.exec(text)?.[2] ?? text;
  });

const readingAnswers =
  (make: MakeOutputParser, read: (answer: string) => string): MakeOutputParser =>
  (template, metadata) => {
    const { parseOutput } = make(template, metadata);
    return { parseOutput: (answer) => parseOutput(typeof answer === "string" ? JSON.stringify(read(answer)) : answer) };
  };

function readJson(answer: string): { readonly value: unknown } | { readonly issue: OutputIssue } {
  const { text, start } = withoutFence(answer);
  try {
    return { value: JSON.parse(text) };
  } catch {
    // Engines report the place in different words, or not at all.
    const end = findJsonEnd(text);
    const lines = answer.slice(0, start + end).split("\n");
    const position = { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
    const found = end === text.length ? "its end" : describeValue(text.slice(end, end + 20));
    const actual = `${found} at line ${position.line}, column ${position.column}`;
    return { issue: { path: "", expected: "JSON", actual, position } };
  }
}

/** A part of the answer, and the offset at which it begins there. */
interface Part {
  readonly text: string;
  readonly start: number;
}

/** The content of a Markdown code fence if the whole answer is one, without white space around it. */
function withoutFence(answer: string): Part {
  const whole = trimmed({ text: answer, start: 0 });
  const { text, start } = whole;
  const [opening, fence = ""] = /^(`{3,})[^`\n]*\n/.exec(text) ?? [];
  return opening !== undefined && text.length >= opening.length + fence.length && text.endsWith(fence)
    ? trimmed({ text: text.slice(opening.length, -fence.length), start: start + opening.length })
    : whole;
}

function trimmed({ text, start }: Part): Part {
  const begun = text.trimStart();
  return { text: begun.trimEnd(), start: start + text.length - begun.length };
}
