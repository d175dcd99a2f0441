// Renders inputs with a version for the catalog, by the version's own compiled code.

import type { CompiledVersion, HelperFunction, RunningPrompt } from "@cuecard/build";
import { type RenderedMessage, readRefusal } from "../inspect/render.js";
import type { Compiler } from "../read/compiler.js";

export interface RendererOptions {
  readonly compiler: Compiler;
  /** The project's helpers; left out if they may not run, or cannot be loaded. */
  readonly functions?: ReadonlyMap<string, HelperFunction>;
  /** Why they cannot be loaded. */
  readonly functionsProblem?: string;
}

export type RenderInput = (
  input: Readonly<Record<string, unknown>>,
) => { readonly messages: readonly RenderedMessage[] } | { readonly refused: string };

/** @returns A function that says why, instead of messages, where an input or a helper is refused. */
export function createRenderer(
  { compiler, functions = new Map(), functionsProblem }: RendererOptions,
  compiled: CompiledVersion,
): RenderInput {
  const missing = compiled.content.render.helpers.filter((helper) => !functions.has(helper));
  if (missing.length > 0) {
    const called = missing.join(", ");
    const refused = functionsProblem ?? `it calls ${called} of the project's helpers, which run only with --helpers`;
    return () => ({ refused });
  }
  let prompt: RunningPrompt | undefined;
  return (input) => {
    prompt ??= compiler.instantiate(compiled, functions);
    try {
      return { messages: prompt.messages(input) };
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal === undefined) throw error;
      return { refused: refusal.problem };
    }
  };
}
