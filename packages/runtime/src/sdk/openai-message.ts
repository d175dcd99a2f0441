// Messages of OpenAI's APIs, with marks up to which they can cache: https://platform.openai.com/docs/guides/prompt-caching

import type { ContentPart } from "../content.js";
import { refuseTool, type Sendable, type TemplateMessage, textOf } from "./sendable.js";

/** A part of a message, with or without a mark. */
export interface Cacheable {
  prompt_cache_breakpoint?: { mode: "explicit" };
}

/**
 * A message of the template as both APIs have it: a text, or parts if it contains media or is marked, because a text cannot have a mark.
 *
 * @param send Makes the API's form of a part.
 */
export function sentMessage(
  prompt: Sendable,
  message: TemplateMessage,
  isMarked: boolean,
  send: (prompt: Sendable, part: ContentPart) => object,
): object {
  const { role, content } = message;
  if (role === "tool") return refuseTool(prompt);
  if (role !== "user") textOf(prompt, message);
  if (typeof content === "string" && !isMarked) return { role, content };
  const parts: readonly ContentPart[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
  const last = parts.length - 1;
  const marked: Cacheable = { prompt_cache_breakpoint: { mode: "explicit" } };
  return {
    role,
    content: parts.map((part, index) => ({ ...send(prompt, part), ...(isMarked && index === last && marked) })),
  };
}
