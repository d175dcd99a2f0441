// Which partials a file uses. The registry asks this to read all files of a version.

import { parseTemplate } from "./parse-template.js";
import { locateFences, splitFrontMatter } from "./split-front-matter.js";

/**
 * The names of the partials that a file's template includes by a written-out name, sorted, each once.
 * For a template with errors, which the compiler reports, there may be none.
 */
export function partialReferences(text: string): readonly string[] {
  if (!/\{\{~?#?>/.test(text)) return [];
  const names = new Set<string>();
  if (!scan(text, names)) collect(parse(text), names);
  return [...names].sort();
}

/**
 * What can hide a tag from the parser (comments, escapes, raw blocks), or contain the mark of a tag without being one
 * (strings).
 */
const NOT_PLAIN = /\{\{~?!|\\\{\{|\{\{\{\{|["'[\]]/;
const PARTIAL_MARK = /\{\{~?#?>/g;
/** Names that the parser keeps as they are written. It reads the number `007` as 7, and `a..b` as `a`. */
const PARTIAL_TAG = /\{\{~?#?>\s*([A-Za-z_][\w-]*(?:\/[A-Za-z_][\w-]*)*)(?=[\s}~])/g;

/**
 * Reads the names from a template whose tags are all plain, as most are: the parser would take about twenty times as
 * long. Returns whether it could.
 */
function scan(text: string, names: Set<string>): boolean {
  const fences = locateFences(text);
  if (fences.kind !== "none" && fences.kind !== "fenced") return true;
  const body = fences.kind === "none" ? text : text.slice(fences.bodyStart);
  for (const tag of body.matchAll(/\{\{[^}]*/g))
    if (NOT_PLAIN.test(tag[0]) || body[tag.index - 1] === "\\") return false;
  const found = [...body.matchAll(PARTIAL_TAG)];
  const marks = body.match(PARTIAL_MARK) ?? [];
  if (found.length !== marks.length) return false;
  for (const [, name] of found) if (name !== undefined) names.add(name);
  return true;
}

function parse(text: string): readonly hbs.AST.Statement[] {
  const { value } = splitFrontMatter({ path: "", text });
  return (value === undefined ? undefined : parseTemplate(value.template).value)?.body ?? [];
}

function collect(statements: readonly hbs.AST.Statement[], names: Set<string>): void {
  for (const statement of statements) {
    if (statement.type === "PartialStatement" || statement.type === "PartialBlockStatement") {
      const name = (statement as hbs.AST.PartialStatement).name;
      if (name.type !== "SubExpression" && "original" in name) names.add(String(name.original));
    }
    const block = statement as Partial<hbs.AST.BlockStatement>;
    if (block.program) collect(block.program.body, names);
    if (block.inverse) collect(block.inverse.body, names);
  }
}
