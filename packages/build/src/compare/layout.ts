// Recognizes what a formatter such as Prettier does to a prompt: the same words in the same order and the same template tags,
// written differently. It is conservative: what it does not know is a change.

import { filesOf, PROMPT_EXTENSION, type PromptContent, type SourceFile } from "@cuecard/model";
import { LookAhead } from "../language/look-ahead.js";
import { EVERY_KEY } from "../parse/accepted-forms.js";
import { parseYaml } from "../parse/parse-yaml.js";
import { splitFrontMatter } from "../parse/split-front-matter.js";
import { keepWritten } from "../parse/written-values.js";

/** Whether two contents of a prompt differ, and only in layout. Front matter and schemas must hold the same data in the same order. */
export function differsOnlyInLayout(before: PromptContent, after: PromptContent): boolean {
  const [was, is] = [filesOf(before), filesOf(after)];
  if (was.length !== is.length || before.trimMessages !== after.trimMessages) return false;
  const pairs = was.map((file, index) => [file, is[index]] as const);
  return (
    pairs.some(([a, b]) => a.text !== b?.text) &&
    pairs.every(([a, b]) => b !== undefined && a.path === b.path && (a.text === b.text || isSameFile(a, b)))
  );
}

/** Whether two templates are the same but for their layout. */
export function isSameTemplate(before: string, after: string): boolean {
  const [was, is] = [readLayoutFree(before), readLayoutFree(after)];
  return was !== undefined && is !== undefined && was.join("\n") === is.join("\n");
}

function isSameFile(before: SourceFile, after: SourceFile): boolean {
  if (!before.path.endsWith(PROMPT_EXTENSION)) {
    const data = readData(before.text);
    return data !== undefined && data === readData(after.text);
  }
  const [was, is] = [splitFrontMatter(before).value, splitFrontMatter(after).value];
  if (was === undefined || is === undefined) return false;
  const [data, other] = [was.frontMatter, is.frontMatter].map((yaml) => readFrontMatter(yaml?.text ?? ""));
  return data !== undefined && data === other && isSameTemplate(was.template.text, is.template.text);
}

/** As the compiler reads it: `1.10` and `1.1` are different tags. Another tool may read any other key. */
function readFrontMatter(yaml: string): string | undefined {
  return readData(yaml, (document) => keepWritten(document, yaml, EVERY_KEY));
}

/** The data of front matter, or of a named schema, as text; `undefined` if it cannot be read. */
function readData(yaml: string, prepare?: Parameters<typeof parseYaml>[1]): string | undefined {
  const parsed = parseYaml(yaml, prepare);
  return parsed.kind === "parsed" ? JSON.stringify(parsed.data) : undefined;
}

const FENCE = /^\s*(`{3,}|~{3,})/;
/** Replaces a tag or a code span, which must be the same on both sides. A text that contains it is not compared. */
const PLACE = "\uE000";

/** The lines of a text without what layout may change, then its tags and code; `undefined` if it cannot be compared. */
function readLayoutFree(text: string): string[] | undefined {
  if (text.includes(PLACE)) return undefined;
  const kept: string[] = [];
  const keep = (part: string) => {
    kept.push(part);
    return PLACE;
  };
  const lines: string[] = [];
  let fence: string | undefined;
  let isInList = false;
  for (const line of replaceTags(text, keep).split("\n")) {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      // Code is compared as it is.
      lines.push(line);
      if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    } else if (mark !== undefined) {
      fence = mark;
      lines.push(line.trim());
    } else if (line.trim() !== "") {
      const normal = normalizeLine(replaceCodeSpans(line.trim(), keep));
      const isItem = /^(?:- |\d+\. )/.test(normal);
      const indent = /^\s*/.exec(line)?.[0] ?? "";
      if (isItem) isInList = true;
      else if (indent === "") isInList = false;
      // Formatters indent the items of nested lists anew. Elsewhere, indentation may be code.
      lines.push(isInList ? normal : indent + normal);
    }
  }
  return fence === undefined ? [...lines, ...kept] : undefined;
}

/** Replaces each tag with the backslashes before it: `{{x}}`, `{{{x}}}`, `{{!-- … --}}`. */
function replaceTags(text: string, replace: (tag: string) => string): string {
  const ahead = new LookAhead(text);
  const parts: string[] = [];
  let last = 0;
  for (let at = text.indexOf("{{"); at !== -1; at = text.indexOf("{{", last)) {
    const own = text.startsWith("!--", at + 2)
      ? ahead.find(/--~?\}\}/g, at + 5)
      : text[at + 2] === "{"
        ? ahead.find(/\}\}\}/g, at + 3)
        : undefined;
    const end = (own ?? ahead.find(/\}\}/g, at + 2))?.end;
    if (end === undefined) break;
    let start = at;
    while (start > last && text[start - 1] === "\\") start--;
    parts.push(text.slice(last, start), replace(text.slice(start, end)));
    last = end;
  }
  return parts.join("") + text.slice(last);
}

/** Replaces each code span of a line: as many backticks as opened it close it. */
function replaceCodeSpans(line: string, replace: (span: string) => string): string {
  const runs = [...line.matchAll(/`+/g)].map(({ 0: run, index }) => ({ length: run.length, start: index }));
  const parts: string[] = [];
  let last = 0;
  /** By length: the last run that has it, to know at once that none follows. */
  const final = new Map(runs.map(({ length }, index) => [length, index]));
  for (let index = 0; index < runs.length; index++) {
    const opening = runs[index];
    if (opening === undefined || (final.get(opening.length) ?? 0) <= index) continue;
    do index++;
    while (runs[index]?.length !== opening.length);
    const end = (runs[index]?.start ?? opening.start) + opening.length;
    parts.push(line.slice(last, opening.start), replace(line.slice(opening.start, end)));
    last = end;
  }
  return parts.join("") + line.slice(last);
}

/** How many marks of quotes and list items a line may begin with. */
const MAX_MARKS = 50;

function normalizeLine(line: string, marks = 0): string {
  if (marks === MAX_MARKS) return line;
  if (/^([-*_])(?:[ \t]*\1){2,}$/.test(line)) return "---";
  if (line.startsWith("|") && line.endsWith("|")) return normalizeRow(line);
  if (line.startsWith(">")) return `> ${normalizeLine(line.replace(/^>[ \t]*/, ""), marks + 1)}`;
  const [item, bullet, number] = /^(?:([*+-])|(\d{1,9})[.)])[ \t]+/.exec(line) ?? [];
  if (item === undefined) return normalizeText(line);
  return `${bullet === undefined ? `${number}.` : "-"} ${normalizeLine(line.slice(item.length), marks + 1)}`;
}

/** A table's row: the padding of cells, and the number of hyphens under a heading. */
function normalizeRow(line: string): string {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1);
  return `|${cells.map((cell) => normalizeText(cell.trim()).replace(/^(:?)-+(:?)$/, "$1-$2")).join("|")}|`;
}

/** `_x_` is `*x*`, and `__x__` is `**x**`, where the marks are around words. Runs of spaces are one. */
function normalizeText(text: string): string {
  return text
    .replace(/(?<![\w*\\])(_{1,3})(?=[^\s_])([^_]*[^\s_\\])\1(?![\w*])/g, (_all, marks: string, inner: string) => {
      const stars = "*".repeat(marks.length);
      return `${stars}${inner}${stars}`;
    })
    .replace(/[ \t]+/g, " ");
}
