// Finds what an expression refers to in the generated package: its `load`, one of its modules, or a version of a prompt.
// Imports, aliases and re-exports of other modules are followed.

import type TS from "typescript";
import { ts } from "../typescript/typescript.js";
import { type Export, type Exports, readExports } from "./module-exports.js";
import type { Module, ModuleResolver } from "./resolve-module.js";
import {
  elementMember,
  importedBy,
  importOfParameter,
  isConstant,
  isMemberAccess,
  memberName,
  unwrap,
} from "./syntax.js";
import type { UsageProgram } from "./usage-program.js";

export type Binding =
  /** `load` or `find`: called with a name and a reference, or with a URI. */
  | { readonly kind: "load" }
  /** `at`: called with a reference, it returns a function that loads any prompt. */
  | { readonly kind: "at" }
  /** What `at` returns: called with a name. */
  | { readonly kind: "loader"; readonly ref: TS.Expression | undefined }
  /** `follow`: called, it returns an object with what the main module has to load prompts. */
  | { readonly kind: "follow" }
  | { readonly kind: "module"; readonly module: Module }
  | { readonly kind: "version"; readonly name: string; readonly ref: string };

/** What loads prompts among the exports of the package's main module. */
const LOADERS: Readonly<Record<string, Binding | undefined>> = {
  load: { kind: "load" },
  find: { kind: "load" },
  at: { kind: "at" },
};

const OWN_NAMES =
  "FollowError FollowErrorCode FollowOptions FollowSource FollowState LivePrompts PointerTarget RefreshOptions RefusedPointer default";

/**
 * The exports of the module of `follow`, with what leads to prompts: `prompts.follow` is the same. Others are those of a prompt that is
 * named `follow`.
 */
const FOLLOW: ReadonlyMap<string, Binding | undefined> = new Map<string, Binding | undefined>([
  ["follow", { kind: "follow" }],
  ["prompts", { kind: "module", module: { kind: "follow" } }],
  ...OWN_NAMES.split(" ").map((name): [string, undefined] => [name, undefined]),
]);

/** What a call returns, if it can load prompts. */
export function resultOf(callee: Binding | undefined, call: TS.CallExpression): Binding | undefined {
  if (callee?.kind === "at") return { kind: "loader", ref: call.arguments[0] };
  return callee?.kind === "follow" ? { kind: "module", module: { kind: "index" } } : undefined;
}

export class Bindings {
  readonly #program: UsageProgram;
  readonly #resolver: ModuleResolver;
  readonly #exports = new Map<string, Exports>();
  readonly #underWay = new Set<unknown>();
  /** Files with constants that were needed but are not part of the program. */
  readonly missing: Set<string> = new Set<string>();

  constructor(program: UsageProgram, resolver: ModuleResolver) {
    this.#program = program;
    this.#resolver = resolver;
  }

  of(expression: TS.Expression): Binding | undefined {
    const node = unwrap(expression);
    const specifier = importedBy(node);
    if (specifier !== undefined) return this.#moduleOf(specifier, node);
    if (ts.isIdentifier(node)) return this.ofName(node);
    if (ts.isCallExpression(node)) return resultOf(this.of(node.expression), node);
    if (!isMemberAccess(node)) return undefined;
    const owner = this.of(node.expression);
    const member = memberName(node);
    return owner === undefined || member === undefined ? undefined : this.member(owner, member);
  }

  ofName(name: TS.Identifier): Binding | undefined {
    const declaration = this.#program.declarationOf(name);
    return declaration === undefined ? undefined : this.#once(declaration, () => this.#ofDeclaration(declaration));
  }

  /** What a binding's member refers to; `undefined` if it cannot load prompts. */
  member(owner: Binding, member: string): Binding | undefined {
    if (owner.kind !== "module") return undefined;
    const { module } = owner;
    if (module.kind === "index") return LOADERS[member];
    if (module.kind === "follow" && FOLLOW.has(member)) return FOLLOW.get(member);
    if (module.kind === "follow") return { kind: "version", name: "follow", ref: refOfExport(member) };
    if (module.kind === "prompt") return { kind: "version", name: module.name, ref: refOfExport(member) };
    const found = this.exported(module.file, member);
    // `import lib from "./lib.cjs"` is the value that the file assigns to module.exports.
    return found ?? (member === "default" ? this.exported(module.file, "") : undefined);
  }

  /** The binding that a file exports under a name. */
  exported(file: string, member: string): Binding | undefined {
    return this.#once(`${file}\0${member}`, () => {
      const { named, all } = this.#exportsOf(file);
      const own = named.get(member);
      if (own !== undefined) return this.#ofExport(own);
      const whole = named.get("");
      const assigned = whole === undefined || member === "" ? undefined : this.#ofExport(whole);
      if (assigned !== undefined) return this.member(assigned, member);
      if (member === "default") return undefined;
      for (const module of all) {
        const found = this.member({ kind: "module", module }, member);
        if (found !== undefined) return found;
      }
      return undefined;
    });
  }

  /** Whether a file exports anything that loads prompts. */
  handsOn(file: string): boolean {
    return (
      this.#once(`${file}\0`, () => {
        const { named, all } = this.#exportsOf(file);
        if ([...named.values()].some((own) => this.#ofExport(own) !== undefined)) return true;
        return all.some((module) => module.kind !== "file" || this.handsOn(module.file));
      }) === true
    );
  }

  /** The expression that a file exports under a name, for constants. */
  exportedValue(file: string, member: string): TS.Expression | TS.Identifier | undefined {
    if (this.#program.source(file) === undefined) this.missing.add(file);
    const { named, all } = this.#exportsOf(file);
    const own = named.get(member);
    if (own?.kind === "value") return own.value;
    if (own?.kind === "name") return own.name;
    const next = own === undefined ? all : [own.module];
    for (const module of next) {
      if (module.kind !== "file") continue;
      const found = this.#once(`${file}\0${member}\0value`, () =>
        this.exportedValue(module.file, own?.kind === "from" ? (own.member ?? "") : member),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What an import or export declaration refers to. */
  moduleAt(specifier: TS.Expression | undefined): Module | undefined {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return undefined;
    return this.#resolver.resolve(specifier.text, this.#program.nameOf(specifier.getSourceFile()));
  }

  #moduleOf(specifier: string, node: TS.Node): Binding | undefined {
    const module = this.#resolver.resolve(specifier, this.#program.nameOf(node.getSourceFile()));
    return module === undefined ? undefined : this.#ofModule(module);
  }

  /** A file that assigns to module.exports exports that value. */
  #ofModule(module: Module): Binding {
    const assigned = module.kind === "file" ? this.exported(module.file, "") : undefined;
    return assigned ?? { kind: "module", module };
  }

  #ofDeclaration(declaration: TS.Declaration): Binding | undefined {
    if (ts.isImportSpecifier(declaration)) {
      const module = this.moduleAt(declaration.parent.parent.parent.moduleSpecifier);
      const member = (declaration.propertyName ?? declaration.name).text;
      return module === undefined ? undefined : this.member({ kind: "module", module }, member);
    }
    if (ts.isImportClause(declaration)) {
      const module = this.moduleAt(declaration.parent.moduleSpecifier);
      return module === undefined ? undefined : this.member({ kind: "module", module }, "default");
    }
    if (ts.isNamespaceImport(declaration)) {
      const module = this.moduleAt(declaration.parent.parent.moduleSpecifier);
      return module === undefined ? undefined : { kind: "module", module };
    }
    if (ts.isImportEqualsDeclaration(declaration)) {
      const { moduleReference: reference } = declaration;
      const module = ts.isExternalModuleReference(reference) ? this.moduleAt(reference.expression) : undefined;
      return module === undefined ? undefined : this.#ofModule(module);
    }
    if (ts.isVariableDeclaration(declaration))
      return isConstant(declaration) && ts.isIdentifier(declaration.name) && declaration.initializer !== undefined
        ? this.of(declaration.initializer)
        : undefined;
    if (ts.isParameter(declaration)) return this.#ofParameter(declaration);
    if (!ts.isBindingElement(declaration)) return undefined;
    const owner = this.ofPattern(declaration.parent);
    const member = elementMember(declaration);
    return owner === undefined || member === undefined ? undefined : this.member(owner, member);
  }

  /** The value that a pattern destructures. */
  ofPattern(pattern: TS.BindingPattern): Binding | undefined {
    const { parent } = pattern;
    if (ts.isParameter(parent)) return this.#ofParameter(parent);
    if (ts.isBindingElement(parent)) {
      const owner = this.ofPattern(parent.parent);
      const member = elementMember(parent);
      return owner === undefined || member === undefined ? undefined : this.member(owner, member);
    }
    return isConstant(parent) && parent.initializer !== undefined ? this.of(parent.initializer) : undefined;
  }

  #ofParameter(parameter: TS.ParameterDeclaration): Binding | undefined {
    const imported = importOfParameter(parameter);
    return imported === undefined ? undefined : this.of(imported);
  }

  #ofExport(exported: Export): Binding | undefined {
    if (exported.kind === "value") return this.of(exported.value);
    if (exported.kind === "name") return this.ofName(exported.name);
    const owner: Binding = { kind: "module", module: exported.module };
    return exported.member === undefined ? this.#handed(owner) : this.member(owner, exported.member);
  }

  /** A namespace counts only if it contains something that loads prompts. */
  #handed(owner: Binding): Binding | undefined {
    const isEmpty = owner.kind === "module" && owner.module.kind === "file" && !this.handsOn(owner.module.file);
    return isEmpty ? undefined : owner;
  }

  #exportsOf(file: string): Exports {
    const known = this.#exports.get(file);
    if (known !== undefined) return known;
    const source = this.#program.source(file);
    const exports =
      source === undefined ? { named: new Map(), all: [] } : readExports(source, (at) => this.moduleAt(at));
    this.#exports.set(file, exports);
    return exports;
  }

  /** Guards against circular code. */
  #once<T>(key: unknown, work: () => T): T | undefined {
    if (this.#underWay.has(key)) return undefined;
    this.#underWay.add(key);
    try {
      return work();
    } finally {
      this.#underWay.delete(key);
    }
  }
}

/** Whether a binding refers to the generated package, or may contain something that does. */
export function isGenerated(binding: Binding, bindings: Bindings): boolean {
  return binding.kind !== "module" || binding.module.kind !== "file" || bindings.handsOn(binding.module.file);
}

/** A prompt module exports versions and aliases, and each version's types: `V3`, `V3Input`, `WorkingOutput`. */
function refOfExport(member: string): string {
  const [, type] = /^(V[1-9]\d*|Working)(?:Input|Output)?$/.exec(member) ?? [];
  return type === undefined ? member : type.toLowerCase();
}
