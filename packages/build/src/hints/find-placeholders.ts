// Text that another template language would read as a tag: `{name}` of Python, `${name}` of JavaScript, and the tags of
// Jinja, Svelte and EJS. Inside code (fenced, indented, inline) they are examples and not reported.

import { type Diagnostic, diagnose, type Place, type TextEdit, withFix } from "@cuecard/model";
import type { SourceText } from "../text/source-text.js";
import { suggestForKeyword } from "./other-languages.js";

/** Code and tags come first, so that nothing inside them matches the rest. */
const PIECES = new RegExp(
  [
    String.raw`(?<tag>\\\{\{+|\{\{!--[^]*?--~?\}\}|\{\{\{\{(?!/)[^]*?\{\{\{\{/[^{}]*\}\}\}\}|\{\{[^]*?\}\}+)`,
    String.raw`^(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*(?<fence>\x60{3,}(?![^\n]*\x60)|~{3,})[^\n]*`,
    String.raw`(?<indented>(?<=(?<![^])|\n[ \t]*\n)(?:(?: {4}|\t)[^\n]*(?:\n|$))+)`,
    String.raw`<(?<element>style|script)\b[^>\n]*>`,
    String.raw`(?<ticks>\x60+)`,
    String.raw`(?<jinja>\{%[^{}\n]*%\}|\{#[^{}\n]*#\})`,
    String.raw`(?<svelte>\{(?:[#:/](?:if|else|each|key|await)|@html)\b[^{}\n]*\})`,
    String.raw`(?<ejs><%[-=#_]?\s*[A-Za-z_$}(/][^%\n]*%>)`,
    String.raw`(?<![\\$])(?<dollar>\$\{(?<path>[A-Za-z_]\w*(?:\.\w+)*)\})`,
    // Not part of a formula, a path, a CSS rule, BibTeX or an expression in a programming language.
    String.raw`(?<!(?:^|\n)[ \t]*[.#][\w-]+ ?|=\s?|\b(?:import|export)\s+(?:type\s+)?)(?<![\w$\\/^{}\]])\{(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\}`,
  ].join("|"),
  "gm",
);

/** Anything of the kind at all. */
const HINT = /(?<!\{)\{[A-Za-z_%#:/@]|<%/;

const COMPUTE = "compute it before rendering, or call a helper of your own";

/** What is known of the variables of a prompt. */
export interface KnownVariables {
  /** Whether the prompt has a variable of that name. */
  readonly isVariable: (name: string) => boolean;
  /** Whether the prompt has no variable at all: it may come from a tool that writes them in single braces. */
  readonly isConstant: boolean;
}

/** Braces that are escaped: their author knows how tags are written. */
const ESCAPED = /\\\{\{|\{\{\{\{/;

export function findPlaceholders(source: SourceText, { isVariable, isConstant }: KnownVariables): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const { text } = source;
  if (!HINT.test(text)) return diagnostics;
  const pieces = new RegExp(PIECES);
  const markup = new Markup(text);
  const meansAll = isConstant && !ESCAPED.test(text);
  const places = new Map<string, Place & { readonly fix: TextEdit[] }>();
  for (let piece = pieces.exec(text); piece !== null; piece = pieces.exec(text)) {
    const { fence, element, ticks, jinja, svelte, ejs, dollar, path = "", name } = piece.groups ?? {};
    const [written] = piece;
    const inserted = insertedBy(svelte ?? ejs ?? "");
    const place = () => source.place(piece.index, piece.index + written.length);
    const replace = (tag: string) => source.edit(piece.index, piece.index + written.length, tag);
    const foreign = (instead: string | undefined) =>
      diagnostics.push(diagnose("template/other-language", { written: shortened(written), instead }, place()));
    // Only a value can be replaced alone: blocks have an end.
    const value = (inserted: string) => {
      const tag = `{{${inserted}}}`;
      const args = { written: shortened(written), instead: `write ${tag}` };
      diagnostics.push(withFix(diagnose("template/other-language", args, place()), [replace(tag)]));
    };
    if (fence !== undefined) pieces.lastIndex = endOfFence(text, pieces.lastIndex, fence);
    else if (element !== undefined) pieces.lastIndex = markup.endOf(element, pieces.lastIndex);
    else if (ticks !== undefined) pieces.lastIndex = endOfInlineCode(text, pieces.lastIndex, ticks.length);
    else if (jinja !== undefined) foreign(suggestForJinja(jinja));
    else if (inserted !== undefined) value(inserted);
    else if (svelte !== undefined) foreign(suggestForSvelte(svelte));
    else if (ejs !== undefined) foreign(suggestForEjs(ejs));
    else if (dollar !== undefined) {
      if (isVariable(path.replace(/\..*/, ""))) value(path);
    } else if (name !== undefined && (meansAll || isVariable(name.replace(/\..*/, "")))) {
      const edit = replace(`{{${name}}}`);
      const known = places.get(name);
      // Of names that may be meant as variables, each is asked about once.
      if (known !== undefined) known.fix.push(edit);
      else if (meansAll) places.set(name, { ...place(), fix: [edit] });
      else diagnostics.push(withFix(diagnose("template/single-braces", { variable: name }, place()), [edit]));
    }
  }
  for (const [variable, { fix, ...at }] of places)
    diagnostics.push(withFix(diagnose("template/single-braces", { variable }, at), fix));
  return diagnostics;
}

/** The end of a fenced block. One that is never closed contains the rest of the text. */
function endOfFence(text: string, from: number, fence: string): number {
  const closing = new RegExp(`^[ \\t>]*${fence.charAt(0)}{${fence.length},}[ \\t]*$`, "gm");
  closing.lastIndex = from;
  return closing.exec(text) === null ? text.length : closing.lastIndex;
}

/** Elements of HTML whose text is code. */
class Markup {
  readonly #text: string;
  /** Elements that are not closed anywhere in the rest of the text. */
  readonly #open = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The end of the element that begins at an offset. One that is never closed is text. */
  endOf(element: string, from: number): number {
    if (this.#open.has(element)) return from;
    const end = this.#text.indexOf(`</${element}>`, from);
    if (end === -1) this.#open.add(element);
    return end === -1 ? from : end;
  }
}

/**
 * The end of inline code: as many backticks as opened it, in the same paragraph. Without them, the backticks are text.
 */
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

/** Tags `{% tag %}` that have no equivalent in Handlebars. */
const OF_JINJA: ReadonlyMap<string, string> = new Map([
  ["raw", "write {{{{raw}}}}"],
  ["verbatim", "write {{{{raw}}}}"],
  ["endraw", "write {{{{/raw}}}}"],
  ["endverbatim", "write {{{{/raw}}}}"],
  ["comment", "write {{! … }}"],
  ["set", COMPUTE],
  ["assign", COMPUTE],
]);

function suggestForJinja(tag: string): string | undefined {
  if (tag.startsWith("{#")) return "write {{! … }}";
  const [keyword = ""] = /[a-z]+/.exec(tag) ?? [];
  return OF_JINJA.get(keyword) ?? written(suggestForKeyword(keyword));
}

/** The path of a value that a tag inserts: `{@html title}` of Svelte, `<%= user.name %>` of EJS. */
function insertedBy(tag: string): string | undefined {
  const [, html, path] = /^(?:\{@html\s+([\w.]+)\s*\}|<%[=-]\s*([A-Za-z_]\w*(?:\.\w+)*)\s*-?%>)$/.exec(tag) ?? [];
  return html ?? path;
}

function suggestForSvelte(tag: string): string | undefined {
  if (tag.startsWith("{:else if")) return "write {{else if …}}";
  const [keyword = ""] = /[#:/][a-z]+/.exec(tag) ?? [];
  return written(suggestForKeyword(keyword));
}

function suggestForEjs(tag: string): string | undefined {
  if (tag.startsWith("<%#")) return "write {{! … }}";
  if (/^<%[-_]?\s*\}\)?;?\s*[-_]?%>$/.test(tag)) return "write {{/…}} with the block's name";
  const [, keyword = ""] = /^<%-?\s*\}?\s*([a-z]+)/.exec(tag) ?? [];
  return written(suggestForKeyword(keyword));
}

function written(tag: string | undefined): string | undefined {
  return tag && `write ${tag}`;
}
