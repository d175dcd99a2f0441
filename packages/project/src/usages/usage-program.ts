// A TypeScript program over some of the repository's files that resolves no imports: names are bound within each file,
// and what crosses files is followed by bindings.ts. So nothing needs to be installed, and no library is read.

import path from "node:path";
import type TS from "typescript";
import { ts } from "../typescript/typescript.js";
import type { SourceFiles } from "./source-files.js";

const OPTIONS: TS.CompilerOptions = {
  noResolve: true,
  noLib: true,
  types: [],
  allowJs: true,
  checkJs: false,
  strict: true,
  jsx: ts.JsxEmit.Preserve,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  noEmit: true,
};

/** Makes programs that share what they parsed. */
export class ProgramMaker {
  readonly #files: SourceFiles;
  readonly #parsed = new Map<string, TS.SourceFile | undefined>();
  #last: TS.Program | undefined;

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  /** @param names Relative to the repository's root. */
  make(names: Iterable<string>): UsageProgram {
    const rootNames = [...names].map((name) => path.posix.join(this.#files.root, name));
    const program = ts.createProgram({
      rootNames,
      options: OPTIONS,
      host: this.#host(),
      ...(this.#last === undefined ? {} : { oldProgram: this.#last }),
    });
    this.#last = program;
    return new UsageProgram(program, this.#files.root);
  }

  #host(): TS.CompilerHost {
    const { root } = this.#files;
    return {
      getSourceFile: (file) => {
        if (!this.#parsed.has(file)) this.#parsed.set(file, this.#parse(file));
        return this.#parsed.get(file);
      },
      getDefaultLibFileName: () => "lib.d.ts",
      writeFile: () => {},
      getCurrentDirectory: () => root,
      getCanonicalFileName: (file) => file,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
      fileExists: (file) => this.#files.has(path.posix.relative(root, file)),
      readFile: (file) => this.#files.text(path.posix.relative(root, file)),
      directoryExists: () => false,
      getDirectories: () => [],
    };
  }

  #parse(file: string): TS.SourceFile | undefined {
    const text = this.#files.text(path.posix.relative(this.#files.root, file));
    if (text === undefined) return undefined;
    return ts.createSourceFile(file, text, { languageVersion: ts.ScriptTarget.ESNext });
  }
}

export class UsageProgram {
  readonly checker: TS.TypeChecker;
  readonly #program: TS.Program;
  readonly #root: string;

  constructor(program: TS.Program, root: string) {
    this.#program = program;
    this.#root = root;
    this.checker = program.getTypeChecker();
  }

  /** @param file Relative to the repository's root. */
  source(file: string): TS.SourceFile | undefined {
    return this.#program.getSourceFile(path.posix.join(this.#root, file));
  }

  /** A file's path relative to the repository's root. */
  nameOf(source: TS.SourceFile): string {
    return path.posix.relative(this.#root, source.fileName);
  }

  /** Where a name was declared; of an import, the import itself. */
  declarationOf(name: TS.Identifier): TS.Declaration | undefined {
    const { parent } = name;
    const symbol = ts.isShorthandPropertyAssignment(parent)
      ? this.checker.getShorthandAssignmentValueSymbol(parent)
      : ts.isExportSpecifier(parent)
        ? this.checker.getExportSpecifierLocalTargetSymbol(parent)
        : this.checker.getSymbolAtLocation(name);
    return symbol?.declarations?.[0];
  }
}
