// The sentences of a TypeScript file: its string literals and comments, without names, code spans and codes of diagnostics.

import ts from "typescript";

export interface Line {
  readonly place: string;
  readonly text: string;
}

/** Diagnostic codes are permanent, also these two. */
const CODES = /\b(?:changed-meanwhile|misspelt-loop-variable)\b/g;

export function proseOfSource(file: string, text: string): Line[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lines: Line[] = [];
  const add = (offset: number, words: string) => {
    const line = source.getLineAndCharacterOfPosition(offset).line + 1;
    lines.push({ place: `${file}:${line}`, text: words.replace(/(`+).*?\1/gs, "`…`").replace(CODES, "`…`") });
  };
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(source).filter(({ kind }) => kind !== ts.SyntaxKind.JSDoc);
    children.forEach(visit);
    if (children.length > 0) return;
    for (const { offset, words } of commentsIn(text, node)) add(offset, words);
    if (isText(node)) add(node.getStart(source), node.text);
  };
  visit(source);
  return lines;
}

function isText(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateLiteralToken {
  return ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
}

/** The comments before a token. Adjacent line comments are one text, because a sentence may continue on the next line. */
function commentsIn(text: string, token: ts.Node): { offset: number; words: string }[] {
  const trivia = text.slice(token.pos, token.getStart());
  return [...trivia.matchAll(/(?:\/\/[^\n]*\s*)+|\/\*.*?\*\//gs)].map(({ 0: comment, index }) => ({
    offset: token.pos + index,
    words: comment.replace(/\s*\n\s*(?:\*\/?|\/\/)?\s*/g, " "),
  }));
}
