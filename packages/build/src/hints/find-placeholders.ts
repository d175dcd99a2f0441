// Text that another template language would read as a tag: `{name}` of Python, `${name}` of JavaScript, and the tags of
// Jinja, Svelte and EJS. Inside code (fenced, indented, inline) they are examples and not reported.

import { type Diagnostic, diagnose, type Place, type TextEdit, withFix } from "@cuecard/model";
import { LookAhead } from "../language/look-ahead.js";
import type { SourceText } from "../text/source-text.js";
import { ForeignStatements } from "./foreign-statements.js";
import { isOfEditor, isOfProgram, isType } from "./words-of-programs.js";

/** Formulas of LaTeX: their braces are not names. A price begins with a digit. */
const FORMULA = String.raw`(?<formula>\$\$[^$]*\$\$|(?<bracket>\\[[(])|(?<![\w\\$])\$(?=[^\s\d{$])[^$\n]*[^\s$\\]\$(?![\w{]))`;

/** How Python formats a value: `!r`, `:.2f`, `:>10`, `:,`, `:%Y-%m-%d`. */
const FORMAT: string = [
  String.raw`.?[<>=^][-+ #]?\d*[,_]?(?:\.\d+)?[a-zA-Z%]?`,
  String.raw`[-+ #]?\d*[,_]?\.\d+[a-zA-Z%]?`,
  String.raw`[-+ #]?\d*,[dfFgG]?`,
  String.raw`0\d+[dxXbof]?`,
  String.raw`\d*[dfs%]|\d+[gGeExX]`,
  String.raw`%[A-Za-z][^{}\n]*`,
].join("|");

/** Code and tags come first, so that nothing inside them matches the rest. */
const PIECES = new RegExp(
  [
    String.raw`(?<tag>\\\{\{+|(?<opening>\{\{(?:!--|\{\{(?!/))?))`,
    String.raw`^(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*(?<fence>\x60{3,}(?!\x60)(?![^\n]*\x60)|~{3,})[^\n]*`,
    String.raw`(?<indented>(?<=(?<![^])|\n[ \t]*\n)(?:(?: {4}|\t)[^\n]*(?:\n|$))+)`,
    String.raw`<(?<element>style|script)\b[^<>\n]*>`,
    String.raw`(?<ticks>\x60+)`,
    String.raw`(?<jinja>\{%[^{}\n]*%\}|\{#[^{}\n]*#\})`,
    String.raw`(?<svelte>\{(?:[#:/](?:if|else|each|key|await)|@html)\b[^{}\n]*\})`,
    String.raw`(?<ejs><%[-=#_]?\s*[A-Za-z_$}(/][^%\n]*%>)`,
    // JavaScript and shells, Ruby, and the translations of Ruby.
    String.raw`(?<![\\$])(?<dollar>[$#%]\{(?<path>[A-Za-z_]\w*(?:\.\w+)*)\})`,
    // A prompt that Langfuse inserts.
    String.raw`(?<langfuse>@@@langfusePrompt:name=(?<part>[^|@\n]+)(?:\|[^@\n]*)?@@@)`,
    FORMULA,
    // A name of a shell or of a template of Python. `$name(`, `$name->`, `$name[` and `$name=` are of other programs.
    String.raw`(?<![\w\\$"'/{])(?<bare>\$(?<word>[A-Za-z_]\w*))(?![\w$({[]|->|::|\s?=)`,
    String.raw`(?<!%)(?<percent>%\((?<key>[A-Za-z_]\w*)\)[-#0 +]*(?:[1-9]\d*)?(?:\.\d+)?[a-zA-Z])`,
    // Not part of a formula, a path, a CSS rule, BibTeX or an expression in a programming language.
    String.raw`(?=\{)(?<!(?:^|\n)[ \t]*[.#][\w-]+ ?|=\s?|@\w+\s|\b(?:import|export)\s+(?:type\s+)?)(?<![\w$#%\\/^{}\]])\{(?:(?<position>\d)|(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[[\w-]+\])*)(?<format>(?:![rsa])?(?::(?:${FORMAT}))?))\}(?![_^])`,
  ].join("|"),
  "gm",
);

/** Anything of the kind at all. */
const HINT = /(?<!\{)\{[\w%#:/@]|<%|\$[A-Za-z_]|%\(|@@@/;

/** What is known of the variables of a prompt. */
export interface KnownVariables {
  /** Whether the prompt has a variable of that name. */
  readonly isVariable: (name: string) => boolean;
  /** Whether the prompt has no variable at all: it may come from a tool that writes them in single braces. */
  readonly isConstant: boolean;
}

/** Braces that are escaped: their author knows how tags are written. A brace of JSON is doubled in Python as well. */
const ESCAPED = /\\\{\{(?!\s*["'[{])|\{\{\{\{/;

/** Text about programs, in which `$name` is likely a part of one. */
const CODE = /[`~]|\$(?:\{\w+[:}]-|\()|^(?: {4}|\t)/m;

export function findPlaceholders(source: SourceText, { isVariable, isConstant }: KnownVariables): Diagnostic[] {
  const { text } = source;
  if (!HINT.test(text)) return [];
  const diagnostics: Diagnostic[] = [];
  const pieces = new RegExp(PIECES);
  const markup = new Markup(text);
  const ahead = new LookAhead(text);
  const statements = new ForeignStatements();
  const meansAll = isConstant && !ESCAPED.test(text);
  const meansDollars = meansAll && !CODE.test(text);
  const hasFirst = meansDollars && text.includes("{0}");
  const known = (path: string) => isVariable(path.replace(/[.[].*/s, ""));
  /** Of names that may be meant as variables, each is asked about once. */
  const asked = new Map<string, Place & { readonly fix: TextEdit[] }>();
  for (let piece = pieces.exec(text); piece !== null; piece = pieces.exec(text)) {
    const { fence, element, ticks, jinja, svelte, ejs, dollar, path = "", bare, word = "" } = piece.groups ?? {};
    const { opening, bracket } = piece.groups ?? {};
    const { langfuse, part = "", percent, key = "", position, name, format } = piece.groups ?? {};
    const [written] = piece;
    const place = () => source.place(piece.index, piece.index + written.length);
    const foreign = (instead: string | undefined, tag?: string) => {
      const finding = diagnose("template/other-language", { written: shortened(written), instead }, place());
      // Only a value can be replaced alone: blocks have an end.
      const fix = tag === undefined ? [] : [source.edit(piece.index, piece.index + written.length, tag)];
      diagnostics.push(withFix(finding, fix));
    };
    const value = (inserted: string) => foreign(`write {{${inserted}}}`, `{{${inserted}}}`);
    const once = (inserted: string, instead: string) => {
      if (known(inserted)) foreign(instead);
      else if (!asked.has(written)) {
        asked.set(written, { ...place(), fix: [] });
        foreign(instead);
      }
    };
    if (opening !== undefined) pieces.lastIndex = endOfTag(ahead, piece.index, opening) ?? piece.index + 1;
    else if (bracket !== undefined)
      pieces.lastIndex = endOfFormula(ahead, pieces.lastIndex, bracket) ?? pieces.lastIndex;
    else if (fence !== undefined) pieces.lastIndex = endOfFence(text, pieces.lastIndex, fence);
    else if (element !== undefined) pieces.lastIndex = markup.endOf(element, pieces.lastIndex);
    else if (ticks !== undefined) pieces.lastIndex = endOfInlineCode(text, pieces.lastIndex, ticks.length);
    else if (jinja !== undefined || svelte !== undefined || ejs !== undefined) {
      const inserted = insertedBy(written);
      if (inserted === undefined) foreign(statements.suggest(written));
      else value(inserted);
    } else if (dollar !== undefined) {
      if (known(path)) value(path);
      else if (meansDollars && /^[a-z]/.test(path) && !isOfEditor(path)) once(path, `write {{${path}}}`);
    } else if (bare !== undefined) {
      if (known(word)) value(word);
      else if (meansDollars && /^[a-z_]\w+$/.test(word) && !isOfProgram(word)) once(word, `write {{${word}}}`);
    } else if (langfuse !== undefined)
      foreign(`write {{> ${part.replace(/[^\w./-]/g, "-")}}}, and the text to a partial`);
    else if (percent !== undefined) {
      if (known(key) || meansAll) once(key, `write {{${key}}}`);
    } else if (position !== undefined) {
      if (hasFirst && !asked.has("{}")) {
        asked.set("{}", { ...place(), fix: [] });
        foreign("give the value a name, and write {{name}}");
      }
    } else if (
      name !== undefined &&
      ((meansAll && !isType(name, text.slice(0, piece.index), text[pieces.lastIndex])) || known(name))
    ) {
      const inserted = name.replace(/\[([\w-]+)\]/g, (_, key: string) => (/^\d/.test(key) ? `.[${key}]` : `.${key}`));
      if (format !== "" || inserted !== name) {
        once(inserted, `write {{${inserted}}}${format === "" ? "" : ", and format the value before rendering"}`);
        continue;
      }
      const edit = source.edit(piece.index, piece.index + written.length, `{{${inserted}}}`);
      const before = asked.get(name);
      if (before !== undefined) before.fix.push(edit);
      else if (meansAll) asked.set(name, { ...place(), fix: [edit] });
      else diagnostics.push(withFix(diagnose("template/single-braces", { variable: name }, place()), [edit]));
    }
  }
  for (const [variable, { fix, ...at }] of asked)
    if (fix.length > 0) diagnostics.push(withFix(diagnose("template/single-braces", { variable }, at), fix));
  return diagnostics;
}

/** The end of the tag, comment or raw block that begins at an offset; `undefined` for one that is never closed. */
function endOfTag(ahead: LookAhead, at: number, opening: string): number | undefined {
  const from = at + opening.length;
  const own =
    opening === "{{!--"
      ? ahead.find(/--~?\}\}/g, from)
      : opening === "{{{{"
        ? ahead.find(/\{\{\{\{\/[^{}]*\}\}\}\}/g, from)
        : undefined;
  return (own ?? ahead.find(/\}\}+/g, at + 2))?.end;
}

/** The end of a formula in its paragraph. */
function endOfFormula(ahead: LookAhead, from: number, bracket: string): number | undefined {
  const closing = ahead.find(bracket === "\\[" ? /\\\]/g : /\\\)/g, from);
  const paragraph = ahead.find(/\n[ \t]*\n/g, from)?.start ?? Number.POSITIVE_INFINITY;
  return closing === undefined || paragraph < closing.start ? undefined : closing.end;
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

/** The path of a value that a tag inserts: `{@html title}` of Svelte, `<%= user.name %>` of EJS. */
function insertedBy(tag: string): string | undefined {
  const [, html, path] = /^(?:\{@html\s+([\w.]+)\s*\}|<%[=-]\s*([A-Za-z_]\w*(?:\.\w+)*)\s*-?%>)$/.exec(tag) ?? [];
  return html ?? path;
}
