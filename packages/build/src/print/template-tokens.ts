// A template as its parts, for showing it in color.

import Handlebars from "handlebars";

export interface TemplateToken {
  readonly kind: "text" | "value" | "block" | "role" | "partial" | "comment";
  readonly text: string;
  /** Of a partial: its name, as the template writes it. Of a value: the variable of the input that it inserts, if it is only that. */
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

/** Helpers that insert the value that they get. */
const SAME_VALUE = ["untrusted", "json"];

/** Blocks in which names mean the same as around them. */
const SAME_SCOPE = ["if", "unless", "ifEquals", "unlessEquals", "section"];

/** Collects where the statements are that contain no others. */
class SpanVisitor extends Handlebars.Visitor {
  readonly #lines: number[] = [0];
  readonly #found: Span[];
  /** How many blocks are around that change what names mean. */
  #depth = 0;

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

  override MustacheStatement({ loc, path, params }: hbs.AST.MustacheStatement): void {
    const word = "original" in path ? path.original : "";
    const isRole = word === "role" || word === "history";
    const inserted =
      SAME_VALUE.includes(word) && params.length === 1 ? params[0] : params.length === 0 ? path : undefined;
    const name = inserted === undefined || isRole || this.#depth > 0 ? undefined : variableOf(inserted);
    this.#add(isRole ? "role" : "value", loc, name);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const name = "original" in block.path ? block.path.original : "";
    const changes = SAME_SCOPE.includes(name) ? 0 : 1;
    this.#depth += changes;
    super.BlockStatement(block);
    this.#depth -= changes;
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

function variableOf(expression: hbs.AST.Node): string | undefined {
  if (expression.type !== "PathExpression") return undefined;
  const { data, depth, parts } = expression as hbs.AST.PathExpression;
  return data || depth > 0 ? undefined : parts[0];
}

function splitTags(text: string): TemplateToken[] {
  return text.split(/(?<=\}\})(?=\{\{)/).flatMap((tag) => (tag === "" ? [] : [{ kind: "block", text: tag }]));
}
