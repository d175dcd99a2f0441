// Splits a prompt file into YAML front matter and body. gray-matter does the splitting, fenced in: its built-in engines
// execute JavaScript (`---js`), its cache hides errors, and it closes front matter at any line that starts with `---`.

import { type Diagnostic, diagnose, type SourceFile } from "@cuecard/model";
import matter from "gray-matter";
import { SourceText } from "./source-text.js";

export interface SplitPrompt {
  /** `undefined` when the file has no front matter. */
  readonly frontMatter: SourceText | undefined;
  /** As dotprompt has it: trimmed at both ends after front matter, byte for byte without. */
  readonly template: SourceText;
}

const OPENING = /^---[ \t]*(?:\n|$)/;
/** gray-matter's rule; a line such as `---x` is not a close to anybody else, so it is refused rather than split there. */
const CLOSING = /\n---(.*)(?:\n|$)/g;

export function splitFrontMatter(file: SourceFile): { value: SplitPrompt | undefined; diagnostics: Diagnostic[] } {
  const { path, text } = file;
  const whole = { frontMatter: undefined, template: new SourceText(path, text, 0) };
  if (!text.startsWith("---")) return { value: whole, diagnostics: [] };
  const firstLine = text.split("\n", 1)[0] ?? "";
  if (!OPENING.test(text)) {
    // `----` and longer is a Markdown rule, and `--- text` a sentence; only what gray-matter would run is refused.
    const language = /^---[ \t]*([A-Za-z][\w+-]*)[ \t]*$/.exec(firstLine)?.[1];
    if (language === undefined) return { value: whole, diagnostics: [] };
    const place = new SourceText(path, text, 0).place(0, firstLine.length);
    return { value: undefined, diagnostics: [diagnose("front-matter/language", { language }, place)] };
  }

  CLOSING.lastIndex = firstLine.length;
  const closing = CLOSING.exec(text);
  if (closing === null || closing[1]?.trim() !== "") {
    const [from, to] = closing === null ? [0, firstLine.length] : [closing.index + 1, closing.index + 4];
    const place = new SourceText(path, text, 0).place(from, to);
    return { value: undefined, diagnostics: [diagnose("front-matter/unclosed", {}, place)] };
  }

  const start = firstLine.length + 1;
  const end = closing.index + 1;
  const bodyStart = closing.index + closing[0].length;
  const { content } = matter(`---\n${text.slice(start, end)}---\n${text.slice(bodyStart)}`, MATTER_OPTIONS);
  const body = content.trim();
  const at = bodyStart + content.indexOf(body);
  return {
    value: {
      frontMatter: new SourceText(path, text, start, Math.max(start, end)),
      template: new SourceText(path, text, at, at + body.length),
    },
    diagnostics: [],
  };
}

function refuse(): never {
  throw new Error("only YAML front matter is read");
}

/** Options are always passed (that bypasses gray-matter's cache); no engine of its own is left. The YAML is ours to read. */
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
