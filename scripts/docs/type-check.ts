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
const known = new Map<string, ts.SourceFile | undefined>();

/** What is installed in this repository does not change while pages are checked; every other file is read anew. */
const caching: ts.CompilerHost = {
  ...host,
  getSourceFile(file, ...options) {
    if (!file.startsWith(`${root}/`)) return host.getSourceFile(file, ...options);
    if (!known.has(file)) known.set(file, host.getSourceFile(file, ...options));
    return known.get(file);
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
