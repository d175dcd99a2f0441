// Lists what a module exports by its own statements, for ES modules and CommonJS. Nothing is followed here.

import type TS from "typescript";
import { ts } from "../typescript/typescript.js";
import type { Module } from "./resolve-module.js";
import { commonJsExport, namesIn } from "./syntax.js";

/** An exported expression of a module, or what another module exports. */
export type Export =
  | { readonly kind: "value"; readonly value: TS.Expression }
  | { readonly kind: "name"; readonly name: TS.Identifier }
  | { readonly kind: "from"; readonly module: Module; readonly member: string | undefined };

export interface Exports {
  /** By name; the value assigned to module.exports has the name "". */
  readonly named: ReadonlyMap<string, Export>;
  /** Modules whose exports are all exported again. */
  readonly all: readonly Module[];
}

type ModuleAt = (specifier: TS.Expression | undefined) => Module | undefined;

/** @param moduleAt Resolves a specifier in the module. */
export function readExports(source: TS.SourceFile, moduleAt: ModuleAt): Exports {
  const named = new Map<string, Export>();
  const all: Module[] = [];
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) readDeclaration(statement, moduleAt, named, all);
    else if (ts.isExportAssignment(statement))
      named.set(statement.isExportEquals === true ? "" : "default", { kind: "value", value: statement.expression });
    else if (ts.isVariableStatement(statement) && isExported(statement))
      for (const { name } of statement.declarationList.declarations)
        for (const own of namesIn(name)) named.set(own.text, { kind: "name", name: own });
    else if (ts.isEnumDeclaration(statement) && isExported(statement))
      named.set(statement.name.text, { kind: "name", name: statement.name });
    const assigned = commonJsExport(statement);
    if (assigned !== undefined) readAssignment(assigned.member, assigned.value, named);
  }
  return { named, all };
}

function readDeclaration(
  { exportClause: clause, moduleSpecifier }: TS.ExportDeclaration,
  moduleAt: ModuleAt,
  named: Map<string, Export>,
  all: Module[],
): void {
  const module = moduleAt(moduleSpecifier);
  if (moduleSpecifier !== undefined && module === undefined) return;
  if (clause === undefined) {
    if (module !== undefined) all.push(module);
  } else if (ts.isNamespaceExport(clause)) {
    if (module !== undefined) named.set(clause.name.text, { kind: "from", module, member: undefined });
  } else
    for (const { name, propertyName } of clause.elements) {
      const own = propertyName ?? name;
      if (module !== undefined) named.set(name.text, { kind: "from", module, member: own.text });
      else if (ts.isIdentifier(own)) named.set(name.text, { kind: "name", name: own });
    }
}

function isExported(statement: TS.VariableStatement | TS.EnumDeclaration): boolean {
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

function readAssignment(member: string, value: TS.Expression, named: Map<string, Export>): void {
  if (member !== "") named.set(member, { kind: "value", value });
  else if (ts.isObjectLiteralExpression(value))
    for (const property of value.properties) {
      if (ts.isShorthandPropertyAssignment(property))
        named.set(property.name.text, { kind: "name", name: property.name });
      else if (
        ts.isPropertyAssignment(property) &&
        (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))
      )
        named.set(property.name.text, { kind: "value", value: property.initializer });
    }
  else named.set("", { kind: "value", value });
}
