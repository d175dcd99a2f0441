// Messages as text, for what counts tokens, expects something of the text, or sends it to a tool without media.

import type { Message } from "@cuecard/runtime";

/** A message as text: its media as their URLs. */
export function messageText({ content }: Pick<Message, "content">): string {
  if (typeof content === "string") return content;
  return content.map((part) => (part.type === "text" ? part.text : part.url)).join("");
}

/** The tokens of all messages, which a budget limits. */
export function countTokensOf(messages: readonly Pick<Message, "content">[], count: (text: string) => number): number {
  return messages.reduce((sum, message) => sum + count(messageText(message)), 0);
}
