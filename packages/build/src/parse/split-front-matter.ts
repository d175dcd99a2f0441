// Splits a prompt file into YAML front matter and body. gray-matter does the splitting, fenced in: its built-in engines
// execute JavaScript (`---js`), its cache hides errors, and it closes front matter at any line that starts with `---`.

import { type Diagnostic, diagnose, type SourceFile } from "@cuecard/model";
import matter from "gray-matter";
import { SourceText } from "../text/source-text.js";

export interface SplitPrompt {
  /** `undefined` when the file has no front matter. */
  readonly frontMatter: SourceText | undefined;
  /** As in dotprompt, trimmed at both ends after front matter; unchanged in a file without it. */
  readonly template: SourceText;
}

const OPENING = /^---[ \t]*(?:\n|$)/;
/** gray-matter's rule: any line that begins with `---`. */
const CLOSING = /\n---([^\n]*)(?:\n|$)/g;
/**
 * What may follow `---` on that line. Other readers do not take a line such as `---x` as a close, so it is refused
 * rather than split there. JavaScript's line separators count as text: `.` and gray-matter disagree about them.
 */
const SPACES = /^[^\S\r\u2028\u2029]*$/;

export function splitFrontMatter(file: SourceFile): { value: SplitPrompt | undefined; diagnostics: Diagnostic[] } {
  const { path, text } = file;
  const fences = locateFences(text);
  switch (fences.kind) {
    case "none":
      return { value: { frontMatter: undefined, template: new SourceText(path, text, 0) }, diagnostics: [] };
    case "language": {
      const place = new SourceText(path, text, 0).place(0, fences.end);
      return {
        value: undefined,
        diagnostics: [diagnose("front-matter/language", { language: fences.language }, place)],
      };
    }
    case "unclosed": {
      const place = new SourceText(path, text, 0).place(fences.start, fences.end);
      return { value: undefined, diagnostics: [diagnose("front-matter/unclosed", {}, place)] };
    }
    case "fenced": {
      const { start, end, bodyStart } = fences;
      const rest = text.slice(bodyStart);
      const { content } = matter(`---\n${text.slice(start, end)}---\n${rest}`, MATTER_OPTIONS);
      // Places in the template are counted from `bodyStart`: a wrong one would mean that the wrong text is compiled.
      if (content !== rest) throw new Error(`gray-matter closes the front matter of ${path} elsewhere`);
      const body = content.trim();
      const at = bodyStart + content.indexOf(body);
      const frontMatter = new SourceText(path, text, start, end);
      return { value: { frontMatter, template: new SourceText(path, text, at, at + body.length) }, diagnostics: [] };
    }
  }
}

type Fences =
  | { readonly kind: "none" }
  | { readonly kind: "language"; readonly language: string; readonly end: number }
  | { readonly kind: "unclosed"; readonly start: number; readonly end: number }
  | { readonly kind: "fenced"; readonly start: number; readonly end: number; readonly bodyStart: number };

/** Finds the front matter by its fences alone. */
export function locateFences(text: string): Fences {
  if (!text.startsWith("---")) return { kind: "none" };
  const firstLine = text.split("\n", 1)[0] ?? "";
  if (!OPENING.test(text)) {
    // `----` and longer is a Markdown rule, and `--- text` a sentence; only what gray-matter would run is refused.
    const language = /^---[ \t]*([A-Za-z][\w+-]*)[ \t]*$/.exec(firstLine)?.[1];
    return language === undefined ? { kind: "none" } : { kind: "language", language, end: firstLine.length };
  }
  CLOSING.lastIndex = firstLine.length;
  const closing = CLOSING.exec(text);
  if (closing === null) return { kind: "unclosed", start: 0, end: firstLine.length };
  if (!SPACES.test(closing[1] ?? "")) return { kind: "unclosed", start: closing.index + 1, end: closing.index + 4 };
  const start = firstLine.length + 1;
  const end = Math.max(start, closing.index + 1);
  return { kind: "fenced", start, end, bodyStart: closing.index + closing[0].length };
}

function refuse(): never {
  throw new Error("only YAML front matter is read");
}

/** Passing options bypasses gray-matter's cache. All of its engines are replaced: we read the YAML ourselves. */
const MATTER_OPTIONS = {
  language: "yaml",
  delimiters: "---",
  engines: {
    yaml: () => ({}),
    json: { parse: refuse, stringify: refuse },
    javascript: { parse: refuse, stringify: refuse },
    js: { parse: refuse, stringify: refuse },
    coffee: { parse: refuse, stringify: refuse },
    toml: { parse: refuse, stringify: refuse },
  },
} satisfies Parameters<typeof matter>[1];
