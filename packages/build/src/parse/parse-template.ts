// Handlebars' own parser behind limits (it takes quadratic time on deep or long templates) and with its errors in place.

import { type Diagnostic, diagnose } from "@cuecard/model";
import Handlebars from "handlebars";
import { type Explanation, explainBlocks, explainElse } from "../hints/explain-blocks.js";
import { BRACES_AS_TEXT, explainTag } from "../hints/explain-tag.js";
import { findStrayCharacters } from "../hints/stray-characters.js";
import { scanTags } from "../language/scan-tags.js";
import type { SourceText } from "../text/source-text.js";

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
    return { value: undefined, diagnostics: [...stray, syntaxDiagnostic(error, source)] };
  }
}

function exceededLimit(source: SourceText): Diagnostic | undefined {
  const exceeds = (what: string, limit: number, at: number) =>
    diagnose("template/too-large", { what, limit }, source.place(at, at));
  if (source.text.length > MAX_CHARACTERS) return exceeds("characters", MAX_CHARACTERS, MAX_CHARACTERS);
  let tags = 0;
  let depth = 0;
  let chained = 0;
  for (const tag of source.text.matchAll(TAG)) {
    tags++;
    if (tags > MAX_TAGS) return exceeds("tags", MAX_TAGS, tag.index);
    if (tag[1] === "#") depth++;
    else if (tag[1] === "/") depth--;
    else if (tag[1]?.startsWith("else") && ++chained > MAX_CHAINED)
      return exceeds("{{else if}} branches", MAX_CHAINED, tag.index);
    if (depth > MAX_DEPTH) return exceeds("nested blocks", MAX_DEPTH, tag.index);
    const end = source.text.indexOf("}}", tag.index);
    const inside = source.text.slice(tag.index, end === -1 ? undefined : end);
    if (inside.split("(").length > MAX_CALLS) return exceeds("helper calls in one tag", MAX_CALLS, tag.index);
    if (end === -1) break; // The parser says what is wrong.
  }
  return undefined;
}

/** Handlebars throws either its own Exception with a place, or a grammar error whose place is in its text alone. */
function syntaxDiagnostic(error: Error, source: SourceText): Diagnostic {
  if ("lineNumber" in error && typeof error.lineNumber === "number") {
    const explained = /^\S+ doesn't match /.test(error.message) ? explainBlocks(source.text) : undefined;
    if (explained !== undefined) return explainedDiagnostic(explained, source);
    const [line, column] = [error.lineNumber, "column" in error ? Number(error.column) : 0];
    const endColumn = "endColumn" in error ? Number(error.endColumn) : column;
    const place = source.place(
      source.offset({ line, column: column + 1 }),
      source.offset({ line, column: Math.max(column, endColumn) + 1 }),
    );
    const problem = error.message
      .replace(/ - \d+:\d+$/, "")
      .replace(/^(\S+) doesn't match (\S+)$/, "{{#$1}} is closed by {{/$2}}")
      .replace(/^Invalid path: /, "not a valid path: ");
    return diagnose("template/syntax", { problem }, place);
  }
  const [first = "", context = "", pointer = "", expectation = ""] = error.message.split("\n");
  const line = Number(/line (\d+)/.exec(first)?.[1] ?? 1);
  const got = /got '(.*)'$/.exec(expectation)?.[1] ?? "";
  const at = got === "EOF" ? source.text.length : locateGrammarError(source, line, context, pointer.length - 1);
  const isElse = got === "INVERSE" || got === "OPEN_INVERSE_CHAIN" || got === "OPEN_INVERSE";
  const isOfBlocks = got === "EOF" || got === "OPEN_ENDBLOCK";
  const explained = explainTag(source.text, at) ?? (isOfBlocks ? explainBlocks(source.text) : undefined);
  if (explained !== undefined) return explainedDiagnostic(explained, source);
  const opened = isElse ? explainElse(source.text, at) : undefined;
  if (opened !== undefined) return explainedDiagnostic(opened, source);
  const { value: tag } = scanTags(source.text, at).next();
  const end = tag?.start === at ? tag.end : undefined;
  const args = { problem: describeToken(got), instead: BRACES_AS_TEXT };
  return diagnose("template/syntax", args, source.place(at, end ?? at + 1));
}

function explainedDiagnostic({ problem, instead, start, end }: Explanation, source: SourceText): Diagnostic {
  // `${{ … }}` of GitHub's workflows is never a call.
  const { value: tag } = scanTags(source.text, source.text.lastIndexOf("{{", start)).next();
  const isText = tag !== undefined && source.text[tag.start - 1] === "$";
  const way = isText ? BRACES_AS_TEXT : (instead ?? BRACES_AS_TEXT);
  return diagnose("template/syntax", { problem, instead: way }, source.place(start, end));
}

/**
 * The grammar error's message shows up to 20 characters before the faulty token and 20 after, without line ends, and a
 * caret below the token. The place is where the template reads the same, on the named line or the one before its end.
 */
function locateGrammarError(source: SourceText, line: number, context: string, caret: number): number {
  const past = context.slice(0, caret).replace(/^\.\.\./, "");
  const ahead = context.slice(caret).replace(/\.\.\.$/, "");
  const lineStart = source.offset({ line, column: 1 });
  const from = Math.max(0, source.text.lastIndexOf("\n", lineStart - 2));
  for (let at = from; at <= source.text.length; at++) {
    const before = source.text.slice(Math.max(0, at - 80), at).replace(/\n/g, "");
    const after = source.text.slice(at, at + 80).replace(/\n/g, "");
    // The message has no line ends: the token comes after the ones that are here.
    if (before.endsWith(past) && after.startsWith(ahead))
      return at + (/^\n*/.exec(source.text.slice(at))?.[0].length ?? 0);
  }
  return lineStart;
}

function describeToken(token: string): string {
  switch (token) {
    case "EOF":
      return "the template ends inside a tag";
    case "INVALID":
      return "this character is not allowed in a tag";
    case "CLOSE":
    case "CLOSE_UNESCAPED":
    case "CLOSE_RAW_BLOCK":
      return "the tag ends too early, or with the wrong number of braces";
    case "CLOSE_BLOCK_PARAMS":
      return "`|` is not allowed here";
    case "INVERSE":
    case "OPEN_INVERSE_CHAIN":
      return "{{else}} is outside a block";
    case "OPEN_ENDBLOCK":
      return "this closes a block that is not open";
    default:
      return "this is not allowed here";
  }
}
