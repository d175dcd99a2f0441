// Handlebars' own parser behind limits: it takes quadratic time on deep or long templates.

import { type Diagnostic, diagnose } from "@cuecard/model";
import Handlebars from "handlebars";
import { findStrayCharacters } from "../hints/stray-characters.js";
import { LookAhead } from "../language/look-ahead.js";
import type { SourceText } from "../text/source-text.js";
import { templateErrors } from "./template-errors.js";

export type TemplateAst = hbs.AST.Program;

const MAX_CHARACTERS = 256 * 1024;
const MAX_TAGS = 10_000;
const MAX_DEPTH = 64;
const MAX_CALLS = 64;
/** Each `{{else if}}` nests the rest of its chain. */
const MAX_CHAINED = 200;
const TAG = /\{\{\{?\{?~?\s*([#^/]|else\s+[^\s}~])?/g;

export function parseTemplate(source: SourceText): { value: TemplateAst | undefined; diagnostics: Diagnostic[] } {
  const tooLarge = exceededLimit(source);
  if (tooLarge !== undefined) return { value: undefined, diagnostics: [tooLarge] };
  const stray = findStrayCharacters(source);
  try {
    return { value: Handlebars.parse(source.text), diagnostics: stray };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { value: undefined, diagnostics: [...stray, ...templateErrors(error, source)] };
  }
}

function exceededLimit(source: SourceText): Diagnostic | undefined {
  const exceeds = (what: string, limit: number, at: number) =>
    diagnose("template/too-large", { what, limit }, source.place(at, at));
  // Text without any tag is one token to the parser, however long it is.
  if (source.text.length > MAX_CHARACTERS && source.text.includes("{{"))
    return exceeds("characters", MAX_CHARACTERS, MAX_CHARACTERS);
  let tags = 0;
  let depth = 0;
  let chained = 0;
  const calls = new CallCount(source.text);
  const ahead = new LookAhead(source.text);
  for (const tag of source.text.matchAll(TAG)) {
    tags++;
    if (tags > MAX_TAGS) return exceeds("tags", MAX_TAGS, tag.index);
    if (tag[1] === "#") depth++;
    else if (tag[1] === "/") depth--;
    else if (tag[1]?.startsWith("else") && ++chained > MAX_CHAINED)
      return exceeds("{{else if}} branches", MAX_CHAINED, tag.index);
    if (depth > MAX_DEPTH) return exceeds("nested blocks", MAX_DEPTH, tag.index);
    const end = ahead.find(/\}\}/g, tag.index)?.start;
    if (calls.between(tag.index, end ?? source.text.length) >= MAX_CALLS)
      return exceeds("helper calls in one tag", MAX_CALLS, tag.index);
    if (end === undefined) break; // The parser says what is wrong.
  }
  return undefined;
}

/** Counts the opening parentheses in parts of a text, each of which neither begins nor ends before the last one. */
class CallCount {
  readonly #text: string;
  #start = 0;
  #end = 0;
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  between(start: number, end: number): number {
    for (; this.#end < end; this.#end++) if (this.#text[this.#end] === "(") this.#count++;
    for (; this.#start < start; this.#start++) if (this.#text[this.#start] === "(") this.#count--;
    return this.#count;
  }
}
