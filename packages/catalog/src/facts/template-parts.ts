// The parts of a template, for showing it in color.

import { type TemplateToken, templateTokens } from "@cuecard/build";

/** Versions share their partials, and a version often differs from the one before in its front matter only. */
const known = new Map<string, readonly TemplateToken[]>();
const MOST_KNOWN = 64;

export function templateParts(template: string): readonly TemplateToken[] {
  const before = known.get(template);
  if (before !== undefined) return before;
  const parts = templateTokens(template);
  const [oldest] = known.keys();
  if (oldest !== undefined && known.size >= MOST_KNOWN) known.delete(oldest);
  known.set(template, parts);
  return parts;
}
