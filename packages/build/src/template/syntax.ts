// Questions to Handlebars' syntax tree (lib/handlebars/compiler/ast.js).

import Handlebars from "handlebars";
import type { SourceText } from "../parse/source-text.js";
import type { LoopVariable } from "./ir.js";

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

export function isLoopVariable(name: string): name is LoopVariable {
  return name === "key" || name === "index" || name === "first" || name === "last";
}

export function partialName(partial: hbs.AST.PartialStatement): string | undefined {
  return partial.name.type === "SubExpression" ? undefined : String((partial.name as hbs.AST.PathExpression).original);
}

export function usesParents(program: hbs.AST.Program | undefined): boolean {
  const finder = new ParentFinder();
  if (program !== undefined) finder.accept(program);
  return finder.found;
}

class ParentFinder extends Handlebars.Visitor {
  found = false;

  override PathExpression(path: hbs.AST.PathExpression): void {
    if (path.depth > 0 && !path.data) this.found = true;
  }
}

/** Handlebars counts lines from 1 and columns from 0. */
export function offsets(node: hbs.AST.Node, source: SourceText): [start: number, end: number] {
  const { start, end } = node.loc;
  return [
    source.offset({ line: start.line, column: start.column + 1 }),
    source.offset({ line: end.line, column: end.column + 1 }),
  ];
}
