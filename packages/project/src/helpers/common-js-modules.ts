// The helpers' modules as CommonJS, for `require`: the same code, and paths that lead to the CommonJS files.

import type TS from "typescript";
import { ts } from "../typescript/typescript.js";

const OPTIONS: TS.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  newLine: ts.NewLineKind.LineFeed,
};

/** `helpers/money.js` is `helpers/money.cjs`; `helpers/money.mjs` may exist beside it. */
export function commonJsPath(file: string): string {
  return file.replace(/\.mjs$/, ".mjs.cjs").replace(/\.js$/, ".cjs");
}

/** @param files Texts of ES modules by path. */
export function emitCommonJs(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].map(([file, text]) => [commonJsPath(file), toCommonJs(file, text)]));
}

function toCommonJs(fileName: string, text: string): string {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2022, true);
  const missing = findMissing(source);
  if (missing !== undefined) {
    const problem = `the helpers use ${missing}, which CommonJS does not have: import this package instead of requiring it`;
    return `throw new Error(${JSON.stringify(problem)});\n`;
  }
  const { outputText } = ts.transpileModule(text, {
    // Of a file that ends with .mjs, TypeScript would make an ES module.
    fileName: "module.js",
    compilerOptions: OPTIONS,
    transformers: { before: [replacePaths] },
  });
  return outputText;
}

const replacePaths: TS.TransformerFactory<TS.SourceFile> = (context) => {
  const visit = (node: TS.Node): TS.Node =>
    ts.isStringLiteral(node) && isSpecifier(node) && node.text.startsWith(".")
      ? context.factory.createStringLiteral(commonJsPath(node.text))
      : ts.visitEachChild(node, visit, context);
  return (file) => ts.visitEachChild(file, visit, context);
};

function isSpecifier({ parent }: TS.StringLiteral): boolean {
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  return ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
}

/** What the module uses that only ES modules have, in words. */
function findMissing(source: TS.SourceFile): string | undefined {
  let found: string | undefined;
  const visit = (node: TS.Node, isTop: boolean): void => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) found = "import.meta";
    const awaits = ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
    if (isTop && awaits) found = "await outside of a function";
    ts.forEachChild(node, (child) => visit(child, isTop && !ts.isFunctionLike(node)));
  };
  visit(source, true);
  return found;
}
