// Compiles a prompt or a template that a page shows, with the partials that the page has shown before.

import { type CompiledContent, instantiate } from "../../packages/build/src/index.js";
import { compileText } from "../../packages/build/test/render.js";
import type { Diagnostic } from "../../packages/model/src/index.js";

export interface CompiledSnippet {
  readonly content: CompiledContent | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param partials Texts by the partials' names. */
export function compileSnippet(text: string, partials: Readonly<Record<string, string>>): CompiledSnippet {
  return compileText(text, partials);
}

/** What the prompt says for an input: text, or each message behind its role, as `cuecard render` prints them. */
export function renderSnippet(content: CompiledContent, input: Readonly<Record<string, unknown>>): string {
  const prompt = instantiate({
    name: "p",
    version: 1,
    commit: "",
    digest: "",
    notes: "",
    retired: undefined,
    scores: [],
    content,
  });
  const formatted = prompt.format(input);
  if (typeof formatted === "string") return formatted;
  return prompt
    .messages(input)
    .map((message) => `[${message.role}]\n${showContent(message.content)}\n`)
    .join("\n");
}

function showContent(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content, null, 2);
}
