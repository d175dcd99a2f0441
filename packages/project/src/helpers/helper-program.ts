// A TypeScript program over the helpers' module. Its options do not depend on the project's tsconfig.json: value kinds
// must be known, and the same module must produce the same code everywhere.

import path from "node:path";
import type { Place } from "@cuecard/model";
import type TS from "typescript";
import { ts } from "../typescript/typescript.js";
import { InputRecorder, type Inputs, isOutside, isOwn } from "./inputs.js";

export class HelperProgram {
  readonly program: TS.Program;
  readonly checker: TS.TypeChecker;
  readonly entry: TS.SourceFile;
  readonly #dir: string;
  readonly #host: TS.CompilerHost;
  readonly #recorder: InputRecorder;

  /** @param module The helpers' module, which exists, relative to the project's folder. */
  constructor(dir: string, module: string) {
    const file = posix(path.join(dir, module));
    const options = compilerOptions(dir);
    this.#dir = posix(dir);
    this.#recorder = new InputRecorder(dir);
    this.#host = recordingHost(this.#dir, options, this.#recorder);
    if (hasNodeTypes(file, options, this.#host)) options.types = ["node"];
    this.program = ts.createProgram({ rootNames: [file], options, host: this.#host });
    this.checker = this.program.getTypeChecker();
    const entry = this.program.getSourceFile(file);
    if (entry === undefined) throw new Error(`${file} did not come into the program`);
    this.entry = entry;
  }

  get inputs(): Inputs {
    return this.#recorder.inputs;
  }

  /** The absolute path of an imported file; `undefined` if it does not exist. */
  resolve(specifier: string, from: TS.SourceFile): string | undefined {
    const options = this.program.getCompilerOptions();
    return ts.resolveModuleName(specifier, from.fileName, options, this.#host).resolvedModule?.resolvedFileName;
  }

  /** A file's path relative to the project's folder. */
  nameOf(file: string): string {
    return path.posix.relative(this.#dir, posix(file));
  }

  /** Whether a file is one of the project's, and not of a package installed in it. */
  isOwn(file: string): boolean {
    return isOwn(this.nameOf(file));
  }

  /** Whether a type is an interface of the language or its hosts: `Date`, `Iterable`. */
  isBuiltInInterface({ symbol }: TS.Type): boolean {
    if ((symbol.flags & ts.SymbolFlags.Interface) === 0) return false;
    return symbol.declarations?.some((at) => this.program.isSourceFileDefaultLibrary(at.getSourceFile())) === true;
  }

  /** A type literal, an interface of the project or of a package, or what `Partial` and similar types make of one. */
  isObjectLiteral(type: TS.Type): boolean {
    const { TypeLiteral, Interface, ObjectLiteral } = ts.SymbolFlags;
    if ((type.flags & ts.TypeFlags.Object) === 0 || type.symbol === undefined) return false;
    if ((type.symbol.flags & (TypeLiteral | Interface | ObjectLiteral)) === 0) return false;
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type)) return false;
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return false;
    return !this.isBuiltInInterface(type);
  }

  isOutside(file: string): boolean {
    return isOutside(this.#dir, file);
  }

  place(file: TS.SourceFile, start: number, end: number): Place {
    const position = (offset: number) => {
      const { line, character } = file.getLineAndCharacterOfPosition(offset);
      return { line: line + 1, column: character + 1 };
    };
    return { file: this.nameOf(file.fileName), range: { start: position(start), end: position(end) } };
  }

  placeOf(node: TS.Node): Place {
    const file = node.getSourceFile();
    return this.place(file, node.getStart(file), node.getEnd());
  }
}

function compilerOptions(dir: string): TS.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    // What servers, edge runtimes and browsers have in common: URL, TextEncoder, console; neither `document` nor `process`.
    lib: ["lib.es2023.d.ts", "lib.webworker.d.ts"],
    types: [],
    strict: true,
    skipLibCheck: true,
    allowJs: true,
    checkJs: false,
    resolveJsonModule: false,
    rewriteRelativeImportExtensions: true,
    newLine: ts.NewLineKind.LineFeed,
    rootDir: dir,
    // Nothing is written there, but TypeScript refuses to emit JavaScript over its own source.
    outDir: path.join(dir, "node_modules", ".emitted"),
  };
}

/** Whether the project has types of Node's own modules. */
function hasNodeTypes(from: string, options: TS.CompilerOptions, host: TS.CompilerHost): boolean {
  const found = ts.resolveTypeReferenceDirective("node", from, options, host);
  return found.resolvedTypeReferenceDirective !== undefined;
}

/** TypeScript's own declarations: most of what a program reads, the same for every program, and parsed once in a process. */
const libraries = new Map<string, TS.SourceFile | undefined>();

function recordingHost(dir: string, options: TS.CompilerOptions, recorder: InputRecorder): TS.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  // Types of Node are looked up from the project's folder, not from the one in which Cuecard was started.
  host.getCurrentDirectory = () => dir;
  const { fileExists, readFile, directoryExists, getSourceFile } = host;
  // TypeScript's own declarations change with its version only.
  const ownFolder = posix(path.dirname(ts.getDefaultLibFilePath(options)));
  const note = (file: string) => {
    if (!file.startsWith(ownFolder)) recorder.note(file);
  };
  host.getSourceFile = (file, ...how) => {
    if (!file.startsWith(ownFolder)) return getSourceFile(file, ...how);
    if (!libraries.has(file)) libraries.set(file, getSourceFile(file, ...how));
    return libraries.get(file);
  };
  host.fileExists = (file) => {
    note(file);
    return fileExists(file);
  };
  host.readFile = (file) => {
    note(file);
    return readFile(file);
  };
  if (directoryExists !== undefined)
    host.directoryExists = (folder) => {
      note(folder);
      return directoryExists(folder);
    };
  return host;
}

function posix(file: string): string {
  return file.split(path.sep).join("/");
}
