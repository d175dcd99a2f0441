// Braces of code in a template: JSX, workflows of GitHub, JSON, Python. Findings about them get the fix to write `\{{`, which
// is text.

import { type Diagnostic, withFix } from "@cuecard/model";
import { scanTags, type Tag } from "../language/scan-tags.js";
import type { SourceText } from "../text/source-text.js";
import { WORKFLOW_CONTEXTS } from "./other-language-names.js";

const ABOUT_TAGS = ["template/syntax", "template/unknown-helper", "template/unsupported"];

/** What no tag begins with, however it is misspelled: strings, numbers, objects, entries with a value, functions. */
const CODE = /^(?:["'`\d{<]|\[["'\d]|\.\.\.|[\w'"-]+\s*:\s*(?:["'`\d{[-]|(?:true|false|null)\b)|\(?[\w\s,]*\)?\s*=>)/;
/** An expression of Jinja, which only begins like them: `{{ "a" if b else "c" }}`, `{{ 1 + n }}`. */
const EXPRESSION = /^(?:"[^"]*"|'[^']*'|[\d.]+)\s*(?:(?:if|and|or|in|is)\b|[-+*/%|~?])/;
const CALL = /^\w+\([^)]*\)$/;

/** The findings, with a fix for each that is about braces of code in this text. */
export function fixCodeBraces(diagnostics: readonly Diagnostic[], source: SourceText): readonly Diagnostic[] {
  const isAbout = ({ file, code, fix, range }: Diagnostic) =>
    file === source.file && fix === undefined && range !== undefined && /^template\//.test(code);
  if (!diagnostics.some(isAbout)) return diagnostics;
  const tags = [...scanTags(source.text)].filter(({ kind }) => kind === "tag");
  return diagnostics.map((diagnostic) => {
    if (!isAbout(diagnostic) || diagnostic.range === undefined) return diagnostic;
    const at = source.offsetInFile(diagnostic.range.start);
    const tag = tags.findLast(({ start, end }) => start <= at && at < (end ?? source.text.length));
    const isCertain = tag !== undefined && isCode(source.text, tag, diagnostic.code);
    return isCertain ? withFix(diagnostic, [source.edit(tag.start, tag.start, "\\")]) : diagnostic;
  });
}

function isCode(text: string, { start, opening, inside }: Tag, code: string): boolean {
  const before = text[start - 1];
  // A backslash would escape this one; `{{{{` is a raw block.
  if (before === "\\" || opening.length > 3 || /^[#/>!^]|^else\b/.test(inside)) return false;
  const isWorkflow = before === "$" && WORKFLOW_CONTEXTS.includes(/^\w+/.exec(inside)?.[0] ?? "");
  if (code === "template/foreign-name") return isWorkflow;
  return (
    ABOUT_TAGS.includes(code) &&
    (isWorkflow || (CODE.test(inside) && !EXPRESSION.test(inside)) || (before === "$" && CALL.test(inside)))
  );
}
