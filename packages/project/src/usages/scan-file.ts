// Finds the usages in one file. Every expression that comes from the generated package is followed until it loads a prompt,
// gets another name, or leaves the code that can be analyzed.

import { normalizeRef, parsePromptUri } from "@cuecard/runtime";
import type TS from "typescript";
import { ts } from "../typescript/typescript.js";
import { type Binding, type Bindings, isGenerated, resultOf } from "./bindings.js";
import type { LiteralValues } from "./literal-values.js";
import type { Module } from "./resolve-module.js";
import {
  commonJsExport,
  elementMember,
  importedBy,
  importOfParameter,
  isConstant,
  isMemberAccess,
  isWrapper,
  memberName,
  namesIn,
  thenParameter,
  unwrap,
} from "./syntax.js";
import type { Usage } from "./usage.js";

export type FoundUsage = Pick<Usage, "kind" | "name" | "ref" | "dynamic" | "line" | "column">;

export function scanFile(source: TS.SourceFile, bindings: Bindings, values: LiteralValues): FoundUsage[] {
  const scan = new FileScan(source, bindings, values);
  scan.visit(source);
  return scan.found;
}

class FileScan {
  readonly found: FoundUsage[] = [];
  readonly #source: TS.SourceFile;
  readonly #bindings: Bindings;
  readonly #values: LiteralValues;

  /** Names that may refer to the generated package. Resolving every name in the file would be slow. */
  readonly #names: ReadonlySet<string>;

  constructor(source: TS.SourceFile, bindings: Bindings, values: LiteralValues) {
    this.#names = listNames(source, bindings);
    this.#source = source;
    this.#bindings = bindings;
    this.#values = values;
  }

  readonly visit = (node: TS.Node): void => {
    if (ts.isImportDeclaration(node)) this.#import(node);
    else if (ts.isExportDeclaration(node)) this.#export(node);
    else if (ts.isIdentifier(node)) {
      if (this.#names.has(node.text) && isReference(node)) this.#follow(node, this.#bindings.ofName(node));
    } else if (!ts.isTypeNode(node) || ts.isExpressionWithTypeArguments(node)) {
      if (importedBy(node) !== undefined && ts.isExpression(node)) this.#follow(node, this.#bindings.of(node));
      ts.forEachChild(node, this.visit);
    }
  };

  /** Importing a name from a prompt's own module uses it. */
  #import({ importClause, moduleSpecifier }: TS.ImportDeclaration): void {
    const named = importClause?.namedBindings;
    if (named === undefined || !ts.isNamedImports(named)) return;
    this.#specifiers(named.elements, this.#bindings.moduleAt(moduleSpecifier));
  }

  #export({ exportClause, moduleSpecifier }: TS.ExportDeclaration): void {
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return;
    this.#specifiers(exportClause.elements, this.#bindings.moduleAt(moduleSpecifier));
  }

  #specifiers(elements: readonly (TS.ImportSpecifier | TS.ExportSpecifier)[], module: Module | undefined): void {
    if (module === undefined) return;
    for (const { name, propertyName } of elements) {
      const own = propertyName ?? name;
      this.#take(this.#bindings.member({ kind: "module", module }, own.text), own);
    }
  }

  /** Records a version that is read from a module. */
  #take(binding: Binding | undefined, at: TS.Node): void {
    if (binding?.kind === "version") this.#add(at, "import", binding.name, binding.ref, false);
  }

  /** Follows an expression to its use. */
  #follow(start: TS.Expression, from: Binding | undefined): void {
    let binding = from;
    let node: TS.Expression = start;
    while (binding !== undefined && binding.kind !== "version") {
      const { parent } = node;
      const member = isMemberAccess(parent) && parent.expression === node ? parent : undefined;
      if (member !== undefined && binding.kind === "module" && thenParameter(node) === undefined) {
        const name = memberName(member);
        if (name === undefined) break;
        binding = this.#bindings.member(binding, name);
        this.#take(binding, ts.isPropertyAccessExpression(member) ? member.name : member);
        node = member;
      } else if ((binding.kind === "at" || binding.kind === "follow") && isCallOf(parent, node)) {
        binding = resultOf(binding, parent);
        node = parent;
      } else if (isWrapper(parent)) node = parent;
      else break;
    }
    if (binding !== undefined) this.#end(node, binding);
  }

  /** Handles the final use of an expression. */
  #end(node: TS.Expression, binding: Binding): void {
    const { parent } = node;
    const parameter = thenParameter(node);
    if (parameter !== undefined) this.#pattern(parameter.name, binding, node);
    else if (isCallOf(parent, node) && (binding.kind === "load" || binding.kind === "loader"))
      this.#call(parent, binding);
    else if (ts.isVariableDeclaration(parent) && parent.initializer === node && isConstant(parent))
      this.#pattern(parent.name, binding, node);
    else if (!isHandedOn(parent)) this.#lose(binding, node);
  }

  /** Follows a name to its uses; names in a destructuring pattern read members. */
  #pattern(name: TS.BindingName | undefined, binding: Binding, at: TS.Expression): void {
    if (name === undefined || ts.isIdentifier(name)) return;
    for (const element of name.elements) {
      if (ts.isOmittedExpression(element)) continue;
      const member = elementMember(element);
      if (member === undefined) this.#lose(binding, at);
      const taken = member === undefined ? undefined : this.#bindings.member(binding, member);
      this.#take(taken, element.propertyName ?? element.name);
      if (taken !== undefined) this.#pattern(element.name, taken, at);
    }
  }

  /** A value that leaves the analyzed code may load anything it gives access to. */
  #lose(binding: Binding, at: TS.Node): void {
    if (binding.kind === "version" || !isGenerated(binding, this.#bindings)) return;
    if (binding.kind === "module" && binding.module.kind === "prompt")
      this.#add(at, "import", binding.module.name, undefined, true);
    else if (binding.kind === "loader") this.#loadAt(at, undefined, binding.ref);
    else this.#add(at, "load", undefined, undefined, true);
  }

  #call(call: TS.CallExpression, binding: Extract<Binding, { readonly kind: "load" | "loader" }>): void {
    const name = nameOfCallee(call.expression);
    if (binding.kind === "load") this.#load(name, call.arguments);
    else this.#loadAt(name, call.arguments[0], binding.ref);
  }

  /** A call of what `at` returns. */
  #loadAt(at: TS.Node, name: TS.Expression | undefined, ref: TS.Expression | undefined): void {
    const known = (value: TS.Expression | undefined) => (value === undefined ? undefined : this.#values.of(value));
    for (const oneName of known(name) ?? [undefined])
      for (const oneRef of known(ref) ?? [undefined])
        this.#add(at, "load", oneName, oneRef, oneName === undefined || oneRef === undefined);
  }

  #load(at: TS.Node, [first, second]: readonly TS.Expression[]): void {
    const names = first === undefined ? undefined : this.#values.of(first);
    const refs = second === undefined ? undefined : this.#values.of(second)?.map(normalizeRef);
    if (names === undefined) this.#add(at, "load", undefined, refs?.length === 1 ? refs[0] : undefined, true);
    for (const name of names ?? []) {
      if (name.startsWith("prompts:")) {
        const parsed = parsePromptUri(name);
        this.#add(at, "uri", parsed?.name ?? name, parsed?.ref, false);
      } else if (second !== undefined && refs === undefined) this.#add(at, "load", name, undefined, true);
      else for (const ref of refs ?? [undefined]) this.#add(at, "load", name, ref, false);
    }
  }

  #add(at: TS.Node, kind: Usage["kind"], name: string | undefined, ref: string | undefined, dynamic: boolean): void {
    const { line, character } = this.#source.getLineAndCharacterOfPosition(at.getStart(this.#source));
    this.found.push({ kind, name, ref, dynamic, line: line + 1, column: character + 1 });
  }
}

/** Every name imported from a module that exports prompts, or declared as another such name or module. */
function listNames(source: TS.SourceFile, bindings: Bindings): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: TS.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const module = bindings.moduleAt(node.moduleSpecifier);
      if (module === undefined || !isGenerated({ kind: "module", module }, bindings)) return;
    }
    if (ts.isImportClause(node) || ts.isImportSpecifier(node) || ts.isNamespaceImport(node)) {
      if (node.name !== undefined) names.add(node.name.text);
    } else if (ts.isImportEqualsDeclaration(node)) names.add(node.name.text);
    else if (ts.isVariableDeclaration(node) && node.initializer !== undefined && mayBeAlias(node.initializer, names))
      addNames(node.name, names);
    else if (ts.isParameter(node) && importOfParameter(node) !== undefined) addNames(node.name, names);
    if (!ts.isTypeNode(node)) ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** @param names Names that may refer to the generated package, as far as they have been found. */
function mayBeAlias(initializer: TS.Expression, names: ReadonlySet<string>): boolean {
  const inner = unwrap(initializer);
  if (ts.isIdentifier(inner) || isMemberAccess(inner) || importedBy(inner) !== undefined) return true;
  // What `at` or `follow` returns.
  return ts.isCallExpression(inner) && (isMemberAccess(inner.expression) || names.has(inner.expression.getText()));
}

function isCallOf(parent: TS.Node, callee: TS.Node): parent is TS.CallExpression {
  return ts.isCallExpression(parent) && parent.expression === callee;
}

/** What is shown of a call: its function's name. */
function nameOfCallee(callee: TS.Expression): TS.Node {
  return ts.isPropertyAccessExpression(callee) ? callee.name : callee;
}

function addNames(name: TS.BindingName, names: Set<string>): void {
  for (const own of namesIn(name)) names.add(own.text);
}

/** Whether a value is only exported again, or not used at all. */
function isHandedOn(parent: TS.Node): boolean {
  if (ts.isExportAssignment(parent) || ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return true;
  const statement = ts.isBinaryExpression(parent)
    ? parent.parent
    : ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent)
      ? parent.parent.parent.parent
      : undefined;
  return statement !== undefined && commonJsExport(statement) !== undefined;
}

/** Whether a name refers to a value here, and is neither a declaration nor a member name. */
function isReference(name: TS.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === name;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent))
    return parent.initializer === name;
  if (ts.isImportEqualsDeclaration(parent) || ts.isExportSpecifier(parent)) return false;
  return ts.isExpression(parent) || ts.isStatement(parent) || isValueHolder(parent);
}

function isValueHolder(parent: TS.Node): boolean {
  return (
    ts.isComputedPropertyName(parent) ||
    ts.isSpreadAssignment(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isExportAssignment(parent) ||
    ts.isJsxExpression(parent) ||
    ts.isJsxSpreadAttribute(parent) ||
    ts.isDecorator(parent) ||
    ts.isCaseClause(parent) ||
    (ts.isPropertyDeclaration(parent) && parent.initializer !== undefined) ||
    ts.isExpressionWithTypeArguments(parent)
  );
}
