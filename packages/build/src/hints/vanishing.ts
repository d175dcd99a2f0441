// Text that is not in the rendered prompt although it seems to be: the tag behind the backslash of a path, and the third brace
// of `{{{name}}}`.

import { type Diagnostic, diagnose, withFix } from "@cuecard/model";
import { scanTags } from "../language/scan-tags.js";
import type { SourceText } from "../text/source-text.js";

/**
 * `C:\{{path}}` and `docs\{{path}}`. Behind a blank or a bracket, the backslash is there to make the tag a text. A name is tried at
 * its start only, so that a long word takes time in proportion to its length.
 */
const ESCAPED =
  /(?<before>[A-Za-z]:(?:\\[\w .-]+)*|(?<![\w.-])[\w.-]+)(?<tag>\\\{\{\s*(?<name>[A-Za-z_][\w.]*)\s*\}\})/g;
const TRIPLE = /(?<![\\{])\{\{\{\s*([A-Za-z_][\w.]*)\s*\}\}\}(?!\})/;

/** @param isVariable Whether the prompt has a variable of that name. */
export function findVanishing(source: SourceText, isVariable: (name: string) => boolean): Diagnostic[] {
  const text = withoutTagless(source.text);
  const diagnostics: Diagnostic[] = [];
  for (const { index, groups } of text.matchAll(ESCAPED)) {
    const { before = "", tag = "", name = "" } = groups ?? {};
    const isPath = /^[A-Za-z]:/.test(before);
    if (!isPath && !isVariable(name.replace(/\..*/, ""))) continue;
    const start = index + before.length;
    const finding = diagnose("template/escaped-tag", { tag, name }, source.place(start, start + tag.length));
    diagnostics.push(withFix(finding, isPath ? [source.edit(start, start, "\\")] : []));
  }
  const triple = TRIPLE.exec(text);
  const name = triple?.[1];
  if (triple !== null && name !== undefined) {
    const place = source.place(triple.index, triple.index + triple[0].length);
    diagnostics.push(diagnose("template/triple-braces", { name }, place));
  }
  return diagnostics;
}

/** A text with spaces in place of comments and raw blocks, in which nothing is a tag. */
function withoutTagless(text: string): string {
  if (!/\{\{!--|\{\{\{\{/.test(text)) return text;
  const parts: string[] = [];
  let last = 0;
  for (const { kind, start, end } of scanTags(text)) {
    if (kind === "tag" || end === undefined) continue;
    parts.push(text.slice(last, start), " ".repeat(end - start));
    last = end;
  }
  return parts.join("") + text.slice(last);
}
