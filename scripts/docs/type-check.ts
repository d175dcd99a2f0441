// Type-checks a module of a page in this process: a compiler that is started for each snippet would take most of the time.

import path from "node:path";
import ts from "typescript";
import { root } from "../run-step.js";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.NodeNext,
  types: ["node"],
  typeRoots: [path.join(root, "node_modules/@types")],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
};

const host = ts.createCompilerHost(OPTIONS);
const libraries = new Map<string, ts.SourceFile | undefined>();
const libraryFolder = path.dirname(ts.getDefaultLibFilePath(OPTIONS));

/** Declarations of the language and of Node never change; every other file is read anew. */
const caching: ts.CompilerHost = {
  ...host,
  getSourceFile(file, ...options) {
    if (path.dirname(file) !== libraryFolder && !/\/(?:@types\/node|undici-types)\//.test(file))
      return host.getSourceFile(file, ...options);
    if (!libraries.has(file)) libraries.set(file, host.getSourceFile(file, ...options));
    return libraries.get(file);
  },
};

/** What `tsc` says of a file; empty when it has no errors. */
export function typeCheck(file: string): string {
  const program = ts.createProgram([file], OPTIONS, caching);
  return ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => path.dirname(file),
    getNewLine: () => "\n",
  });
}

/** The module as JavaScript. */
export function toJavaScript(text: string): string {
  return ts.transpileModule(text, { compilerOptions: { ...OPTIONS, module: ts.ModuleKind.ESNext } }).outputText;
}
