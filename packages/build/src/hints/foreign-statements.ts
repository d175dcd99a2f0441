// Statements of Jinja, Liquid, Svelte, EJS and ERB, which are text in Handlebars: `{% if tone == "warm" %}`, `{#each tags as tag}`,
// `<% tags.each do |tag| %>`, and the tags that mean the same.

import { suggestCondition } from "./condition.js";
import { endedBlock } from "./other-languages.js";

const COMPUTE = "compute it before rendering, or call a helper of your own";
const SHARE = "move the text that is shared to a partial, and write {{> partial}}";

/** Words that begin a statement without an equivalent in Handlebars. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ["raw", "write {{{{raw}}}}"],
  ["verbatim", "write {{{{raw}}}}"],
  ["endraw", "write {{{{/raw}}}}"],
  ["endverbatim", "write {{{{/raw}}}}"],
  ["comment", "write {{! … }}"],
  ["endcomment", "remove it with {% comment %}"],
  ["set", COMPUTE],
  ["assign", COMPUTE],
  ["capture", COMPUTE],
  ["extends", SHARE],
  ["block", SHARE],
  ["endblock", "remove it with {% block %}"],
  ["macro", SHARE],
  ["endmacro", "remove it with {% macro %}"],
]);

const PATH = String.raw`[A-Za-z_$][\w$.]*`;
/** Loops of the languages, with the names `item`, `list` and, if there are two names, `key`. */
const LOOPS: readonly RegExp[] = [
  // for tag in tags, for (const tag of tags) {, for key, tag in prices.items()
  new RegExp(
    String.raw`^for\s*\(?\s*(?:(?:const|let|var)\s+)?(?:(?<key>\w+)\s*,\s*)?(?<item>\w+)\s+(?:in|of)\s+(?<list>${PATH})(?:\(\))?\s*\)?\s*\{?$`,
  ),
  // each tags as tag, i (tag.id)
  new RegExp(String.raw`^each\s+(?<list>${PATH})\s+as\s+(?<item>\w+)(?:\s*,\s*(?<key>\w+))?(?:\s*\([^)]*\))?$`),
  // tags.each do |tag|, tags.forEach((tag) => {, tags.forEach(function (tag) {
  new RegExp(
    String.raw`^(?<list>${PATH})\.(?:each|each_with_index|forEach|map)\b\s*\(?\s*(?:do\s*|function\s*)?[|(]?\s*(?<item>\w+)(?:\s*,\s*(?<key>\w+))?\s*[|)]?\s*(?:=>)?\s*\{?$`,
  ),
];

/** The statements of one text, in order: what ends one depends on what it began. */
export class ForeignStatements {
  /** The Handlebars blocks that are open. */
  readonly #open: string[] = [];

  /** What to write instead of a tag; `undefined` if it has no meaning that is known. */
  suggest(tag: string): string | undefined {
    if (/^\{#[^A-Za-z]|^\{#\w+[^{}]*#\}$|^<%#/.test(tag)) return "write {{! … }}";
    const statement = tag
      .replace(/^(?:\{%|<%|\{(?=[#:/]))[-+_=]?\s*|\s*[-+_]?(?:%\}|%>|\})$/g, "")
      .replace(/^[#:]/, "")
      .trim();
    // `}` and `})` of EJS are ends, and `} else {` is not.
    if (/^\}?\)?;?$/.test(statement)) return this.#end(undefined);
    return this.#suggest(statement.replace(/^\}\s*/, ""));
  }

  #suggest(statement: string): string | undefined {
    const [, chained, given] = /^(else\s+if|elif|elseif|elsif)\b\s*(.*)$/s.exec(statement) ?? [];
    if (chained !== undefined) return condition("else ", "if", given) ?? "write {{else if …}}";
    if (/^else\b/.test(statement)) return "write {{else}}";
    const [, keyword, asked] = /^(if|unless)\b\s*(.*)$/s.exec(statement) ?? [];
    if (keyword === "if" || keyword === "unless") return this.#begin(condition("#", keyword, asked), keyword);
    const loop = LOOPS.map((pattern) => pattern.exec(statement)?.groups).find((groups) => groups !== undefined);
    if (loop !== undefined) {
      const list = loop["list"]?.replace(/\.(?:items|entries|values)$/, "");
      const names = [loop["item"], loop["key"]].filter((name) => name !== undefined).join(" ");
      return this.#begin(`write {{#each ${list} as |${names}|}}…{{/each}}`, "each");
    }
    const [word = ""] = /^\/?\w+/.exec(statement) ?? [];
    if (word === "for" || word === "each") return this.#begin(undefined, "each");
    if (word === "include" || word === "render") return suggestPartial(statement);
    const ended = endedBlock(word.replace(/^\//, "end"));
    return ended !== undefined || word === "end" ? this.#end(ended) : OTHERS.get(word);
  }

  #begin(suggestion: string | undefined, block: string): string {
    const [, closed = block] = /\{\{\/(\w+)\}\}$/.exec(suggestion ?? "") ?? [];
    this.#open.push(closed);
    return suggestion ?? `write {{#${block} …}}`;
  }

  #end(ended: string | undefined): string {
    const block = this.#open.pop() ?? ended;
    return block === undefined ? "write {{/…}} with the block's name" : `write {{/${block}}}`;
  }
}

function condition(opener: string, keyword: "if" | "unless", written = ""): string | undefined {
  const asked = written
    .replace(/\s*\{$/, "")
    .replace(/\s+then$/, "")
    .trim();
  const [, inner = asked] = /^\(([^()]*)\)$/.exec(asked) ?? [];
  return suggestCondition(opener, keyword, inner);
}

/** `include "shared/_footer.md"` */
function suggestPartial(statement: string): string {
  const [, path] = /["']([\w./-]+)["']/.exec(statement) ?? [];
  const name = path
    ?.replace(/^(?:\.{0,2}\/)+/, "")
    .replace(/\.\w+$/, "")
    .replace(/(^|\/)_/, "$1");
  return `write {{> ${name || "partial"}}}`;
}
