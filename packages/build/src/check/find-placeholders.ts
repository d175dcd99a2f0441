// What other template languages would take for a tag, and Handlebars takes for text: `{name}` of Python, and Jinja's
// `{% … %}` and `{# … #}`. Text in code with a language of its own is left alone: there it is an example.

import { type Diagnostic, diagnose } from "@cuecard/model";
import type { SourceText } from "../parse/source-text.js";

/** Whatever is no text, or may be code, comes before what is looked for. */
const PIECES = new RegExp(
  [
    String.raw`(?<skipped>\\\{\{+|\{\{!--[^]*?--~?\}\}|\{\{[^]*?\}\}+|\x60[^\x60\n]+\x60(?!\x60))`,
    String.raw`^[ \t]*(?<fence>\x60{3,}|~{3,})[ \t]*(?<language>[^\s\x60{}]*)`,
    String.raw`(?<jinja>\{%[^{}\n]*%\}|\{#[^{}\n]*#\})`,
    // Not of a formula, a path or an expression of a programming language.
    String.raw`(?<![\w$\\/^{}\]])\{(?<name>[A-Za-z_]\w*)\}`,
  ].join("|"),
  "gm",
);

/** Anything of the kind at all. */
const HINT = /(?<!\{)\{[A-Za-z_%#]/;

/** @param isVariable Whether the prompt has a variable of that name. */
export function findPlaceholders(source: SourceText, isVariable: (name: string) => boolean): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (!HINT.test(source.text)) return diagnostics;
  let code: string | undefined;
  for (const piece of source.text.matchAll(PIECES)) {
    const { fence, language, jinja, name } = piece.groups ?? {};
    if (fence !== undefined) {
      if (code === undefined) code = language === "" ? undefined : fence;
      else if (fence.startsWith(code) && language === "") code = undefined;
    } else if (code === undefined) {
      const place = () => source.place(piece.index, piece.index + piece[0].length);
      if (jinja !== undefined) {
        const args = { written: shortened(jinja), instead: insteadOf(jinja) };
        diagnostics.push(diagnose("template/other-language", args, place()));
      } else if (name !== undefined && isVariable(name))
        diagnostics.push(diagnose("template/single-braces", { variable: name }, place()));
    }
  }
  return diagnostics;
}

function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}…`;
}

/** What says the same in Handlebars. */
function insteadOf(jinja: string): string {
  if (jinja.startsWith("{#")) return "{{! … }}";
  const [keyword = ""] = /[a-z]+/.exec(jinja) ?? [];
  switch (keyword) {
    case "if":
      return "{{#if …}}";
    case "elif":
      return "{{else if …}}";
    case "else":
      return "{{else}}";
    case "endif":
      return "{{/if}}";
    case "for":
      return "{{#each …}}";
    case "endfor":
      return "{{/each}}";
    case "include":
      return "{{> partial}}";
    default:
      return "a tag of Handlebars";
  }
}
