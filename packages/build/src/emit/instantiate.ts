// A compiled version as a running prompt in this process, for `render`, examples and reviews, which have no package.

import * as runtime from "@cuecard/runtime";
import type { CompiledVersion } from "../model.js";
import { helperConstant } from "./helper-import.js";
import { emitPromptCode } from "./prompt-code.js";
import { versionName } from "./prompt-module.js";
import { versionConstant } from "./version-names.js";

export interface RunningPrompt {
  /** Text for a text prompt, `{ system, messages }` for a chat prompt. */
  format(
    input: Readonly<Record<string, unknown>>,
    options?: runtime.MessageOptions<runtime.PromptSpec>,
  ): string | { system: string | undefined; messages: readonly runtime.Message[] };
  messages(
    input: Readonly<Record<string, unknown>>,
    options?: runtime.MessageOptions<runtime.PromptSpec>,
  ): readonly runtime.Message[];
  validate(input: unknown): readonly runtime.InputIssue[];
  /** There when the prompt has an `output.schema`. */
  parseOutput?(answer: unknown): unknown;
}

/** A helper of the project, as the caller of {@link instantiate} loaded it. */
export type HelperFunction = (...args: never[]) => unknown;

/**
 * Runs the code that a package would contain. It was emitted here and contains prompt text only as string literals.
 *
 * @param helpers At least those that the version calls, by name.
 */
export function instantiate(
  version: CompiledVersion,
  helpers: ReadonlyMap<string, HelperFunction> = new Map(),
): RunningPrompt {
  const prompt = { name: version.name, versions: [version], aliases: [] };
  const code = emitPromptCode(prompt, { validation: true });
  const names = [...code.imports];
  const called = [...code.helpers];
  const missing = called.filter((name) => !helpers.has(name));
  if (missing.length > 0) throw new Error(`${versionName(version)} calls ${missing.join(", ")}, which is not loaded`);
  const make = new Function(
    ...names,
    ...called.map(helperConstant),
    `"use strict";\n${code.statements}return ${versionConstant(version.version)};`,
  );
  return make(
    ...names.map((name) => (runtime as Readonly<Record<string, unknown>>)[name]),
    ...called.map((name) => helpers.get(name)),
  ) as RunningPrompt;
}
