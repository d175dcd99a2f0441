// A compiled version as a running prompt, in this process: what `render`, examples and reviews need without a package.

import * as runtime from "@cuecard/runtime";
import type { CompiledVersion } from "../model.js";
import { emitMakers, emitPromptCode } from "./prompt-module.js";
import { versionConstant } from "./version-names.js";

export interface RunningPrompt {
  /** Text for a text prompt, `{ system, messages }` for a chat prompt. */
  format(
    input: Readonly<Record<string, unknown>>,
  ): string | { system: string | undefined; messages: readonly runtime.Message[] };
  messages(input: Readonly<Record<string, unknown>>): readonly runtime.Message[];
  validate(input: unknown): readonly runtime.InputIssue[];
}

/** Runs the same code that a package would hold. It was emitted here and holds prompt text only as string literals. */
export function instantiate(version: CompiledVersion): RunningPrompt {
  const { makers, statements, imports } = emitPromptCode({ name: version.name, versions: [version], aliases: [] });
  const names = [...imports];
  const make = new Function(
    ...names,
    `"use strict";\n${emitMakers(makers)}${statements}return ${versionConstant(version.version)};`,
  );
  return make(...names.map((name) => (runtime as Readonly<Record<string, unknown>>)[name])) as RunningPrompt;
}
