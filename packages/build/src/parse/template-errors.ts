// The errors of Handlebars' parser, in place and in plain words. The parser stops at the first one. The others are found by
// parsing again without the tags that were reported.

import { type Diagnostic, diagnose, withFix } from "@cuecard/model";
import Handlebars from "handlebars";
import { type Explanation, explainBlocks, explainElse } from "../hints/explain-blocks.js";
import { BRACES_AS_TEXT, explainTag } from "../hints/explain-tag.js";
import { suggestForGoAction } from "../hints/go-actions.js";
import { scanTags } from "../language/scan-tags.js";
import type { SourceText } from "../text/source-text.js";

/** How many errors of one template are found, and how much text is parsed for them: the parser runs once for each. */
const MAX_ERRORS = 20;
const MAX_PARSED = 1_000_000;

interface Found {
  readonly diagnostic: Diagnostic;
  /** Where in the template a single tag is wrong; `undefined` for an error of its blocks, after which nothing is certain. */
  readonly tagAt: number | undefined;
}

/** @param first What the parser threw. */
export function templateErrors(first: Error, source: SourceText): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  let text = source;
  const limit = Math.min(MAX_ERRORS, 1 + Math.floor(MAX_PARSED / (source.text.length + 1)));
  for (let error: Error | undefined = first; error !== undefined && diagnostics.length < limit; ) {
    const { diagnostic, tagAt } = explainError(error, text);
    if (tagAt !== undefined || diagnostics.length === 0) diagnostics.push(diagnostic);
    const without = tagAt === undefined ? undefined : withoutTag(text, tagAt);
    if (without === undefined || without.text === text.text) break;
    text = without;
    error = parseError(text.text);
  }
  return [...diagnostics, ...otherActions(source, diagnostics)];
}

/** Once one tag is an action of Go, all of them are: those that parse, such as `{{range .Items}}` and `{{end}}`, as well. */
function otherActions(source: SourceText, reported: readonly Diagnostic[]): Diagnostic[] {
  const actions = [...scanTags(source.text)].flatMap((tag) => {
    const isEnd = /^(?:-\s+)?end(?:\s+-)?$/.test(tag.inside);
    const instead = isEnd ? "write {{/…}} with the block's name" : suggestForGoAction(tag.inside);
    return tag.end === undefined || instead === undefined ? [] : [{ instead, isEnd, start: tag.start, end: tag.end }];
  });
  const isReported = ({ start, end }: { start: number; end: number }) =>
    reported.some(({ range }) => {
      const at = range === undefined ? -1 : source.offsetInFile(range.start);
      return start <= at && at < end;
    });
  if (!actions.some((action) => !action.isEnd && isReported(action))) return [];
  return actions
    .filter((action) => !isReported(action))
    .map(({ instead, start, end }) => {
      const problem = `${source.text.slice(start, end)} is an action of Go's templates`;
      return diagnose("template/syntax", { problem, instead }, source.place(start, end));
    });
}

function parseError(text: string): Error | undefined {
  try {
    Handlebars.parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error;
  }
}

/** The template with a correct tag, or none, in place of the one at an offset; all others keep their places. */
function withoutTag(source: SourceText, at: number): SourceText | undefined {
  for (const { kind, start, end, opening, inside } of scanTags(source.text)) {
    if (start > at) return undefined;
    if (end !== undefined && end <= at) continue;
    if (end === undefined || kind !== "tag") return undefined;
    const [block] = /^(?:#|else\s+)(?:if|unless|each|with)\b/.exec(inside) ?? /^\/\s*[\w-]+/.exec(inside) ?? [];
    const correct = block === undefined ? "" : block.startsWith("/") ? block : `${block} x`;
    const length = end - start - 2 * opening.length;
    const isKept = correct !== "" && correct.length <= length;
    const tag = isKept ? `${opening}${correct.padEnd(length)}${"}".repeat(opening.length)}` : "";
    return source.replaced(start, end, tag.padEnd(end - start));
  }
  return undefined;
}

/** Handlebars throws either its own Exception with a place, or a grammar error whose place is in its text alone. */
function explainError(error: Error, source: SourceText): Found {
  if ("lineNumber" in error && typeof error.lineNumber === "number") {
    const isOfBlocks = /^\S+ doesn't match /.test(error.message);
    const explained = isOfBlocks ? explainBlocks(source.text) : undefined;
    if (explained !== undefined) return { diagnostic: explainedDiagnostic(explained, source), tagAt: undefined };
    const [line, column] = [error.lineNumber, "column" in error ? Number(error.column) : 0];
    const endColumn = "endColumn" in error ? Number(error.endColumn) : column;
    const start = source.offset({ line, column: column + 1 });
    const place = source.place(start, source.offset({ line, column: Math.max(column, endColumn) + 1 }));
    const problem = error.message
      .replace(/ - \d+:\d+$/, "")
      .replace(/^(\S+) doesn't match (\S+)$/, "{{#$1}} is closed by {{/$2}}")
      .replace(/^Invalid path: /, "not a valid path: ");
    return { diagnostic: diagnose("template/syntax", { problem }, place), tagAt: isOfBlocks ? undefined : start };
  }
  const [first = "", context = "", pointer = "", expectation = ""] = error.message.split("\n");
  const line = Number(/line (\d+)/.exec(first)?.[1] ?? 1);
  const got = /got '(.*)'$/.exec(expectation)?.[1] ?? "";
  const at = got === "EOF" ? source.text.length : locateGrammarError(source, line, context, pointer.length - 1);
  const isElse = got === "INVERSE" || got === "OPEN_INVERSE_CHAIN" || got === "OPEN_INVERSE";
  const isOfBlocks = got === "EOF" || got === "OPEN_ENDBLOCK";
  const ofTag = explainTag(source.text, at);
  if (ofTag !== undefined) return { diagnostic: explainedDiagnostic(ofTag, source), tagAt: ofTag.start };
  const ofBlocks = isOfBlocks ? explainBlocks(source.text) : isElse ? explainElse(source.text, at) : undefined;
  if (ofBlocks !== undefined) return { diagnostic: explainedDiagnostic(ofBlocks, source), tagAt: undefined };
  const { value: tag } = scanTags(source.text, at).next();
  const end = tag?.start === at ? tag.end : undefined;
  const args = { problem: describeToken(got), instead: BRACES_AS_TEXT };
  const diagnostic = diagnose("template/syntax", args, source.place(at, end ?? at + 1));
  return { diagnostic, tagAt: isOfBlocks || isElse ? undefined : at };
}

function explainedDiagnostic({ problem, instead, start, end, fix }: Explanation, source: SourceText): Diagnostic {
  // `${{ … }}` of GitHub's workflows is never a call.
  const { value: tag } = scanTags(source.text, source.text.lastIndexOf("{{", start)).next();
  const isText = tag !== undefined && source.text[tag.start - 1] === "$";
  const way = isText ? BRACES_AS_TEXT : (instead ?? BRACES_AS_TEXT);
  const finding = diagnose("template/syntax", { problem, instead: way }, source.place(start, end));
  return withFix(finding, isText || fix === undefined ? [] : [source.edit(fix.start, fix.end, fix.text)]);
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
