// Questions to Handlebars' syntax tree (lib/handlebars/compiler/ast.js).

import type { SourceText } from "../text/source-text.js";

export function asPath(path: hbs.AST.Expression): hbs.AST.PathExpression | undefined {
  if (path.type === "PathExpression") return path as hbs.AST.PathExpression;
  if (!("original" in path)) return undefined;
  // A literal in a name's place is a name: {{"first name"}}, {{12}} (Handlebars' transformLiteralToPath).
  const original = String(path.original);
  return {
    type: "PathExpression",
    data: false,
    depth: 0,
    parts: [original],
    original,
    loc: path.loc,
  } as hbs.AST.PathExpression;
}

export function isScoped(path: hbs.AST.PathExpression): boolean {
  return /^\.|this\b/.test(path.original);
}

/** What `@name` can be of a loop. */
export type LoopVariable = "key" | "index" | "first" | "last";

export const LOOP_VARIABLES: readonly LoopVariable[] = ["index", "key", "first", "last"];

export function isLoopVariable(name: string): name is LoopVariable {
  return LOOP_VARIABLES.some((variable) => variable === name);
}

/** The name of a partial as its use writes it; `undefined` if it is computed. */
export function writtenPartialName(partial: hbs.AST.PartialStatement): string | undefined {
  return partial.name.type === "SubExpression" ? undefined : String((partial.name as hbs.AST.PathExpression).original);
}

export function isPartialBlock(path: hbs.AST.PathExpression): boolean {
  return path.data && path.parts.length === 1 && path.parts[0] === "partial-block";
}

/** Whether a program never renders any text: it is blank, or only defines inline partials. */
export function isEmptyProgram(program: hbs.AST.Program): boolean {
  return program.body.every(
    (statement) =>
      statement.type === "CommentStatement" ||
      statement.type === "DecoratorBlock" ||
      (statement.type === "ContentStatement" && (statement as hbs.AST.ContentStatement).value === ""),
  );
}

/** `{{{{name}}}}…{{{{/name}}}}`: to the parser a block like any other, with its text unread. */
export function isRawBlock(block: hbs.AST.BlockStatement, source: SourceText): boolean {
  return source.text.startsWith("{{{{", offsets(block, source)[0]);
}

export type Span = [start: number, end: number];

/** Handlebars counts lines from 1 and columns from 0. */
export function offsets(node: hbs.AST.Node, source: SourceText): Span {
  const { start, end } = node.loc;
  return [
    source.offset({ line: start.line, column: start.column + 1 }),
    source.offset({ line: end.line, column: end.column + 1 }),
  ];
}
