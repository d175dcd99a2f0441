// A line of a text, its changed words marked up as HTML, which Markdown takes as well.

import type { WordChange } from "@cuecard/project";
import { printable } from "../terminal/text.js";

/** @param escapeHtml Takes text in which every character can be seen. */
export function markWords(parts: readonly WordChange[], escapeHtml: (text: string) => string): string {
  const marked = parts.map(({ kind, text }) => {
    const escaped = escapeHtml(printable(text));
    return kind === "added" ? `<ins>${escaped}</ins>` : kind === "removed" ? `<del>${escaped}</del>` : escaped;
  });
  return marked.join("");
}
