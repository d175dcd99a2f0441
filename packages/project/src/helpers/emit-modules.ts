// Emits the helpers module, and the modules that it imports by path, as JavaScript for the package. Types are removed, paths are
// replaced by the emitted files, and packages are still imported by name. Each module is emitted a second time as CommonJS.

import { isBuiltin } from "node:module";
import path from "node:path";
import { type Diagnostic, diagnose, type Place } from "@cuecard/model";
import type TS from "typescript";
import { ts } from "../typescript/typescript.js";
import { commonJsPath, emitCommonJs } from "./common-js-modules.js";
import type { HelperProgram } from "./helper-program.js";
import { isInstalled } from "./inputs.js";

/** The folder of the helpers within the package's dist folder. */
const FOLDER = "helpers";

export interface EmittedModules {
  /** Path of the helpers' module within dist. */
  readonly entry: string;
  /** The same for `require`. */
  readonly commonJsEntry: string;
  /** Texts by path within dist. */
  readonly files: ReadonlyMap<string, string>;
  /** The packages that are imported, each with the place of its first import. */
  readonly packages: readonly ImportedPackage[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ImportedPackage {
  readonly name: string;
  readonly place: Place;
}

export function emitModules(helpers: HelperProgram): EmittedModules {
  const emitter = new ModuleEmitter(helpers);
  emitter.run();
  const files = new Map([...emitter.files, ...emitCommonJs(emitter.files)].sort(([a], [b]) => (a < b ? -1 : 1)));
  const entry = outputPath(helpers.nameOf(helpers.entry.fileName));
  const { diagnostics } = emitter;
  const packages = [...emitter.packages].map(([name, place]) => ({ name, place }));
  return { entry, commonJsEntry: commonJsPath(entry), files, packages, diagnostics };
}

class ModuleEmitter {
  readonly files = new Map<string, string>();
  readonly packages = new Map<string, Place>();
  readonly diagnostics: Diagnostic[] = [];
  readonly #helpers: HelperProgram;
  readonly #queue: TS.SourceFile[] = [];

  constructor(helpers: HelperProgram) {
    this.#helpers = helpers;
  }

  run(): void {
    const seen = new Set<string>();
    this.#queue.push(this.#helpers.entry);
    for (const source of this.#queue) {
      if (seen.has(source.fileName)) continue;
      seen.add(source.fileName);
      this.#emit(source);
    }
  }

  #emit(source: TS.SourceFile): void {
    const write = (_: string, text: string) => {
      this.files.set(outputPath(this.#helpers.nameOf(source.fileName)), text);
    };
    // This runs after TypeScript's own transforms, which leave out imports of types.
    const after = [(context: TS.TransformationContext) => this.#rewriter(source, context)];
    this.#helpers.program.emit(source, write, undefined, false, { after });
  }

  #rewriter(source: TS.SourceFile, context: TS.TransformationContext): (file: TS.SourceFile) => TS.SourceFile {
    const { factory } = context;
    const rewrite = <T extends TS.Expression | undefined>(node: T) =>
      node !== undefined && ts.isStringLiteralLike(node) ? this.#rewrite(node, source, factory) : node;
    const visit = (node: TS.Node): TS.Node => {
      if (ts.isImportDeclaration(node)) {
        const { modifiers, importClause, attributes } = node;
        return factory.updateImportDeclaration(
          node,
          modifiers,
          importClause,
          rewrite(node.moduleSpecifier),
          attributes,
        );
      }
      if (ts.isExportDeclaration(node)) {
        const { modifiers, isTypeOnly, exportClause, attributes } = node;
        const specifier = rewrite(node.moduleSpecifier);
        return factory.updateExportDeclaration(node, modifiers, isTypeOnly, exportClause, specifier, attributes);
      }
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        const specifier = importedBy(node);
        if (specifier === undefined) return node;
        if (!ts.isStringLiteralLike(specifier)) this.#refuseComputed(specifier, source);
        const args = [rewrite(specifier), ...node.arguments.slice(1)];
        return factory.updateCallExpression(node, node.expression, node.typeArguments, args);
      }
      return ts.visitEachChild(node, visit, context);
    };
    return (file) => ts.visitEachChild(file, visit, context);
  }

  #rewrite(node: TS.StringLiteralLike, source: TS.SourceFile, factory: TS.NodeFactory): TS.Expression {
    const original = ts.getOriginalNode(node) as TS.StringLiteralLike;
    const place = this.#helpers.place(source, original.getStart(source), original.getEnd());
    const specifier = original.text;
    if (/^\.\.?(?:\/|$)/.test(specifier)) {
      const target = this.#target(specifier, source, place);
      if (target === undefined) return node;
      this.#queue.push(target);
      return factory.createStringLiteral(this.#relative(source, target));
    }
    if (/^(?:[/\\#]|[A-Za-z][\w+.-]+:)/.test(specifier) && !isBuiltin(specifier))
      this.#refuse(specifier, "is neither a path within the project nor a package", "write ./ before a path", place);
    else if (!isBuiltin(specifier)) {
      const name = packageName(specifier);
      if (!this.packages.has(name)) this.packages.set(name, place);
    }
    return node;
  }

  /** The module at a path, if it can be part of the package. */
  #target(specifier: string, source: TS.SourceFile, place: Place): TS.SourceFile | undefined {
    const file = this.#helpers.resolve(specifier, source);
    if (file === undefined) {
      // In TypeScript this is also a type error; in JavaScript it is reported only here.
      this.#refuse(
        specifier,
        "is not a TypeScript or JavaScript module",
        "export the values from a .ts or .js file, and import that file",
        place,
      );
      return undefined;
    }
    const name = this.#helpers.nameOf(file);
    if (this.#helpers.isOutside(file)) {
      this.diagnostics.push(diagnose("helpers/outside-project", { module: `"${specifier}"` }, place));
      return undefined;
    }
    const target = this.#helpers.program.getSourceFile(file);
    if (isInstalled(name)) this.#refuse(specifier, "leads into node_modules", "import the package by its name", place);
    else if (target === undefined || target.isDeclarationFile || !/\.m?[jt]s$/.test(file))
      this.#refuse(
        specifier,
        `resolves to ${name}, which is not a module with code`,
        "import a .ts or .js file",
        place,
      );
    else return target;
    return undefined;
  }

  /** `import(name)`: the module is known only when it runs. */
  #refuseComputed(specifier: TS.Expression, source: TS.SourceFile): void {
    const problem = "is computed, so the package cannot contain the module";
    const instead = 'write the name out: import("./money.ts")';
    this.#refuse(specifier.getText(source), problem, instead, this.#helpers.placeOf(specifier));
  }

  #refuse(specifier: string, problem: string, instead: string, place: Place): void {
    this.diagnostics.push(diagnose("helpers/unusable-import", { specifier, problem, instead }, place));
  }

  #relative(from: TS.SourceFile, to: TS.SourceFile): string {
    const [source, target] = [from, to].map(({ fileName }) => outputPath(this.#helpers.nameOf(fileName)));
    const found = path.posix.relative(path.posix.dirname(source ?? ""), target ?? "");
    return found.startsWith("../") ? found : `./${found}`;
  }
}

/** The specifier of `import(…)` as written; TypeScript turns computed ones into calls. */
function importedBy(call: TS.CallExpression): TS.Expression | undefined {
  return ts.getParseTreeNode(call, ts.isCallExpression)?.arguments[0];
}

/** `lib/money.ts` is `helpers/lib/money.js`. */
function outputPath(name: string): string {
  return `${FOLDER}/${name.replace(/ts$/, "js")}`;
}

function packageName(specifier: string): string {
  const [first = "", second] = specifier.split("/");
  return first.startsWith("@") && second !== undefined ? `${first}/${second}` : first;
}
