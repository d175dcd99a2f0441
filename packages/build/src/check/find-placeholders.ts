// What other template languages would take for a tag, and Handlebars takes for text: `{name}` of Python, `${name}` of
// JavaScript, and the tags of Jinja, Svelte and EJS. In code (fenced, indented, inline) they are left alone: there they are
// examples.

import { type Diagnostic, diagnose } from "@cuecard/model";
import { insteadOfKeyword } from "../parse/other-languages.js";
import type { SourceText } from "../parse/source-text.js";

/** What may be code, or a tag, comes before what is looked for. */
const PIECES = new RegExp(
  [
    String.raw`(?<tag>\\\{\{+|\{\{!--[^]*?--~?\}\}|\{\{\{\{(?!/)[^]*?\{\{\{\{/[^{}]*\}\}\}\}|\{\{[^]*?\}\}+)`,
    String.raw`^(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*(?<fence>\x60{3,}(?![^\n]*\x60)|~{3,})[^\n]*`,
    String.raw`(?<indented>(?<=(?<![^])|\n[ \t]*\n)(?:(?: {4}|\t)[^\n]*(?:\n|$))+)`,
    String.raw`(?<ticks>\x60+)`,
    String.raw`(?<jinja>\{%[^{}\n]*%\}|\{#[^{}\n]*#\})`,
    String.raw`(?<svelte>\{(?:[#:/](?:if|else|each|key|await)|@html)\b[^{}\n]*\})`,
    String.raw`(?<ejs><%[^%\n]*%>)`,
    String.raw`(?<![\\$])(?<dollar>\$\{(?<path>[A-Za-z_]\w*(?:\.\w+)*)\})`,
    // Not of a formula, a path or an expression of a programming language.
    String.raw`(?<![\w$\\/^{}\]])\{(?<name>[A-Za-z_]\w*)\}`,
  ].join("|"),
  "gm",
);

/** Anything of the kind at all. */
const HINT = /(?<!\{)\{[A-Za-z_%#:/@]|<%/;

/** @param isVariable Whether the prompt has a variable of that name. */
export function findPlaceholders(source: SourceText, isVariable: (name: string) => boolean): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const { text } = source;
  if (!HINT.test(text)) return diagnostics;
  const pieces = new RegExp(PIECES);
  for (let piece = pieces.exec(text); piece !== null; piece = pieces.exec(text)) {
    const { fence, ticks, jinja, svelte, ejs, dollar, path = "", name } = piece.groups ?? {};
    const [written] = piece;
    const place = () => source.place(piece.index, piece.index + written.length);
    const foreign = (instead: string) => {
      const args = { written: shortened(written), instead };
      diagnostics.push(diagnose("template/other-language", args, place()));
    };
    if (fence !== undefined) pieces.lastIndex = endOfFence(text, pieces.lastIndex, fence);
    else if (ticks !== undefined) pieces.lastIndex = endOfInlineCode(text, pieces.lastIndex, ticks.length);
    else if (jinja !== undefined) foreign(insteadOfJinja(jinja));
    else if (svelte !== undefined) foreign(insteadOfSvelte(svelte));
    else if (ejs !== undefined) foreign(insteadOfEjs(ejs));
    else if (dollar !== undefined) {
      if (isVariable(path.replace(/\..*/, ""))) foreign(`{{${path}}}`);
    } else if (name !== undefined && isVariable(name))
      diagnostics.push(diagnose("template/single-braces", { variable: name }, place()));
  }
  return diagnostics;
}

/** Past the fence that closes one; one that is never closed holds all the rest. */
function endOfFence(text: string, from: number, fence: string): number {
  const closing = new RegExp(`^[ \\t>]*${fence.charAt(0)}{${fence.length},}[ \\t]*$`, "gm");
  closing.lastIndex = from;
  return closing.exec(text) === null ? text.length : closing.lastIndex;
}

/** Past as many backticks as opened it, within the paragraph; without them, the backticks are text. */
function endOfInlineCode(text: string, from: number, count: number): number {
  const runs = /`+|\n[ \t]*\n/g;
  runs.lastIndex = from;
  for (let run = runs.exec(text); run !== null; run = runs.exec(text)) {
    if (run[0].startsWith("\n")) return from;
    if (run[0].length === count) return runs.lastIndex;
  }
  return from;
}

function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}…`;
}

const SOME_TAG = "a tag of Handlebars";

function insteadOfJinja(tag: string): string {
  if (tag.startsWith("{#")) return "{{! … }}";
  const [keyword = ""] = /[a-z]+/.exec(tag) ?? [];
  return insteadOfKeyword(keyword) ?? SOME_TAG;
}

function insteadOfSvelte(tag: string): string {
  if (tag.startsWith("{:else if")) return "{{else if …}}";
  const [keyword = ""] = /[#:/][a-z]+/.exec(tag) ?? [];
  return insteadOfKeyword(keyword) ?? SOME_TAG;
}

function insteadOfEjs(tag: string): string {
  if (tag.startsWith("<%#")) return "{{! … }}";
  const [, path] = /^<%[=-]\s*([A-Za-z_]\w*(?:\.\w+)*)\s*-?%>$/.exec(tag) ?? [];
  if (path !== undefined) return `{{${path}}}`;
  const [, keyword = ""] = /^<%-?\s*\}?\s*([a-z]+)/.exec(tag) ?? [];
  return insteadOfKeyword(keyword) ?? SOME_TAG;
}
