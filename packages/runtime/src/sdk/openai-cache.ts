// Marks up to which OpenAI's APIs can cache: https://platform.openai.com/docs/guides/prompt-caching

import type { ContentPart } from "../content.js";
import type { TemplateMessage } from "./sendable.js";

/** A part of a message, with or without a mark. */
export interface Cacheable {
  prompt_cache_breakpoint?: { mode: "explicit" };
}

/** A message's content as parts: a text cannot have a mark. */
export function partsOf({ content }: TemplateMessage): readonly ContentPart[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

/** @returns The parts of a message; if it is marked, the last one has the mark. */
export function withMark<Part extends object>(
  parts: readonly Part[],
  isMarked: boolean,
): readonly (Part & Cacheable)[] {
  return parts.map((part, index) =>
    isMarked && index === parts.length - 1 ? { ...part, prompt_cache_breakpoint: { mode: "explicit" } } : part,
  );
}
