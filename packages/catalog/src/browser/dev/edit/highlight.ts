// Colors for templates and YAML in the editor: the same as on the pages, also for text that does not compile yet. A few patterns suffice,
// because a tag of the language never contains another.

import type { Extension, Range } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { bodyStart } from "./front-matter.js";

export type Language = "prompt" | "partial" | "schema";

const TAG = /\\?\{\{!--[\s\S]*?--~?\}\}|\\?\{\{\{?[\s\S]*?\}\}\}?/g;
const KEY = /^([ \t]*(?:- +)*)("[^"\n]*"|'[^'\n]*'|[^\s#"'[\]{},-][^#\n]*?)(?=:(?:\s|$))/gm;
const COMMENT = /(?:^|[ \t])#.*$/gm;
const FENCE = /^---[ \t]*$/gm;

/** Longer texts stay plain, so that typing stays fast. */
const LONGEST = 200_000;

function markText(text: string, language: Language): DecorationSet {
  if (text.length > LONGEST) return Decoration.none;
  const start = language === "schema" ? text.length : bodyStart(text);
  const ranges: Range<Decoration>[] = [];
  const add = (from: number, to: number, name: string) => {
    if (to > from) ranges.push(Decoration.mark({ class: name }).range(from, to));
  };
  const yaml = text.slice(0, start);
  for (const { 1: indent = "", 2: key = "", index } of yaml.matchAll(KEY))
    add(index + indent.length, index + indent.length + key.length, "t-key");
  for (const { 0: found, index } of yaml.matchAll(COMMENT)) add(index, index + found.length, "t-comment");
  for (const { 0: found, index } of yaml.matchAll(FENCE)) add(index, index + found.length, "t-comment");
  for (const { 0: found, index } of text.slice(start).matchAll(TAG))
    if (!found.startsWith("\\")) add(start + index, start + index + found.length, `t-${kindOf(found)}`);
  return Decoration.set(ranges, true);
}

function kindOf(tag: string): string {
  const inner = tag.replace(/^\{+~?\s*/, "");
  if (inner.startsWith("!")) return "comment";
  if (inner.startsWith(">")) return "partial";
  if (/^(?:[#/^]|else\b)/.test(inner)) return "block";
  return /^(?:role|history)\b/.test(inner) ? "role" : "value";
}

export function highlighting(language: Language): Extension {
  return ViewPlugin.fromClass(
    class {
      marks: DecorationSet;

      constructor({ state }: EditorView) {
        this.marks = markText(state.doc.toString(), language);
      }

      update({ docChanged, state }: ViewUpdate) {
        if (docChanged) this.marks = markText(state.doc.toString(), language);
      }
    },
    { decorations: ({ marks }) => marks },
  );
}
