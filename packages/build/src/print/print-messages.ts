// A chat prompt's template from its messages. Markers take away the line ends that are there for readers alone, and leave
// those that are a message's own.

import type { Role } from "@cuecard/runtime";

export type DraftRole = Role;

/** A message, or the place of the conversation so far. */
export type DraftMessage = { readonly role: DraftRole; readonly content: string } | "history";

export function printMessages(messages: readonly DraftMessage[]): string {
  return messages
    .map((message, index) => {
      const before = messages[index - 1];
      // A marker behind a message's own blank must not take it away.
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
