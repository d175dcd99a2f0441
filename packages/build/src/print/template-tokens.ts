// A template as its parts, for showing it in color.

import Handlebars from "handlebars";

export interface TemplateToken {
  readonly kind: "text" | "value" | "block" | "role" | "partial" | "comment";
  readonly text: string;
  /** Of a partial: its name, as the template writes it. */
  readonly name?: string;
}

/** Together, the parts are the template. A template that cannot be parsed is one text. */
export function templateTokens(template: string): TemplateToken[] {
  const found: Span[] = [];
  try {
    new SpanVisitor(template, found).accept(Handlebars.parse(template));
  } catch {
    return template === "" ? [] : [{ kind: "text", text: template }];
  }
  found.sort((a, b) => a.start - b.start);
  const tokens: TemplateToken[] = [];
  let at = 0;
  for (const { start, end, ...token } of found) {
    if (start < at) continue;
    // Between texts and values there are only the tags that open and close blocks.
    tokens.push(...splitTags(template.slice(at, start)), { ...token, text: template.slice(start, end) });
    at = end;
  }
  return [...tokens, ...splitTags(template.slice(at))];
}

interface Span {
  readonly kind: TemplateToken["kind"];
  readonly start: number;
  readonly end: number;
  readonly name?: string;
}

/** Collects where the statements are that contain no others. */
class SpanVisitor extends Handlebars.Visitor {
  readonly #lines: number[] = [0];
  readonly #found: Span[];

  constructor(template: string, found: Span[]) {
    super();
    this.#found = found;
    for (const { index } of template.matchAll(/\r\n|\r|\n/g)) {
      const width = template.startsWith("\r\n", index) ? 2 : 1;
      this.#lines.push(index + width);
    }
  }

  override ContentStatement({ loc }: hbs.AST.ContentStatement): void {
    this.#add("text", loc);
  }

  override CommentStatement({ loc }: hbs.AST.CommentStatement): void {
    this.#add("comment", loc);
  }

  override MustacheStatement({ loc, path }: hbs.AST.MustacheStatement): void {
    const word = "original" in path ? path.original : "";
    this.#add(word === "role" || word === "history" ? "role" : "value", loc);
  }

  override PartialStatement({ loc, name }: hbs.AST.PartialStatement): void {
    this.#add("partial", loc, "original" in name ? String(name.original) : undefined);
  }

  #add(kind: Span["kind"], { start, end }: hbs.AST.SourceLocation, name?: string): void {
    this.#found.push({
      kind,
      start: this.#offset(start),
      end: this.#offset(end),
      ...(name === undefined ? {} : { name }),
    });
  }

  #offset({ line, column }: hbs.AST.Position): number {
    return (this.#lines[line - 1] ?? 0) + column;
  }
}

function splitTags(text: string): TemplateToken[] {
  return text.split(/(?<=\}\})(?=\{\{)/).flatMap((tag) => (tag === "" ? [] : [{ kind: "block", text: tag }]));
}
