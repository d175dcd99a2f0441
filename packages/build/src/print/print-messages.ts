// A chat prompt's template from its messages. Markers strip the line ends that only make the file readable, and keep
// those that belong to a message.

import type { Role } from "@cuecard/runtime";

export type DraftRole = Role;

/** A message, or the place of the conversation so far. */
export type DraftMessage = { readonly role: DraftRole; readonly content: string } | "history";

export function printMessages(messages: readonly DraftMessage[]): string {
  return messages
    .map((message, index) => {
      const before = messages[index - 1];
      // A marker after a blank that belongs to a message must not strip it.
      const open = before === undefined || endsInBlank(before) ? "{{" : "\n{{~";
      if (message === "history") return `${open}history}}`;
      const { role, content } = message;
      const marker = `${open}role "${role}"`;
      return /^\s/.test(content) ? `${marker}}}${content}` : `${marker}~}}\n${content}`;
    })
    .join("");
}

function endsInBlank(message: DraftMessage): boolean {
  return message !== "history" && /\s$/.test(message.content);
}
