// Which contents the setting `trimMessages` concerns. Digests depend on this rule, so it must never change.

import type { PromptContent } from "./snapshot.js";

/** `{{role "…"}}`, `{{history}}` and `{{media …=…}}`: what makes a template a chat prompt. */
const MARKER = /\{\{~?\s*(?:role\s+["']|history\s*~?\}\}|media\s+\w+\s*=)/;

/** A content under the setting: itself if it makes no messages, because nothing in it is trimmed then. */
export function trimMessages({ prompt, partials, schemas }: PromptContent): PromptContent {
  const isConcerned = [prompt, ...partials].some(({ text }) => MARKER.test(text));
  const files = { prompt, partials, ...(schemas === undefined ? {} : { schemas }) };
  return isConcerned ? { ...files, trimMessages: true } : files;
}
