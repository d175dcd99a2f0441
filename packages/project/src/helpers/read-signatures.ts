// Reads the helpers that a module exports from their types. The module is never run.

import { type HelperParameter, type HelperSignature, helperNameProblem, type ValueType } from "@cuecard/build";
import { type Diagnostic, diagnose, type Place } from "@cuecard/model";
import type TS from "typescript";
import { ts } from "../typescript/typescript.js";
import type { HelperProgram } from "./helper-program.js";
import { type Direction, valueType } from "./value-type.js";

export interface SignaturesReading {
  /** The signatures of the functions that can be helpers, sorted by name. */
  readonly signatures: readonly HelperSignature[];
  readonly diagnostics: readonly Diagnostic[];
}

export function readSignatures(helpers: HelperProgram): SignaturesReading {
  const diagnostics: Diagnostic[] = [];
  const reader = new SignatureReader(helpers, diagnostics);
  const signatures = exportedValues(helpers).flatMap((symbol) => reader.read(symbol) ?? []);
  if (signatures.length === 0 && diagnostics.length === 0) {
    const file = helpers.nameOf(helpers.entry.fileName);
    diagnostics.push(diagnose("helpers/no-exports", { module: file }, { file }));
  }
  return { signatures: signatures.sort((a, b) => (a.name < b.name ? -1 : 1)), diagnostics };
}

/** Everything except types. */
function exportedValues({ checker, entry }: HelperProgram): TS.Symbol[] {
  const module = checker.getSymbolAtLocation(entry);
  if (module === undefined) return [];
  return checker.getExportsOfModule(module).filter((symbol) => {
    const isValue = (resolveAlias(checker, symbol).flags & ts.SymbolFlags.Value) !== 0;
    return isValue && !isExportedAsType(checker, symbol);
  });
}

/** Whether `export type` or `import type` is between a value and its export, so that it does not exist at run time. */
function isExportedAsType(checker: TS.TypeChecker, symbol: TS.Symbol): boolean {
  if ((symbol.flags & ts.SymbolFlags.Alias) === 0) return false;
  if (symbol.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration) === true) return true;
  const next = checker.getImmediateAliasedSymbol(symbol);
  return next !== undefined && isExportedAsType(checker, next);
}

function resolveAlias(checker: TS.TypeChecker, symbol: TS.Symbol): TS.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

class SignatureReader {
  readonly #helpers: HelperProgram;
  readonly #diagnostics: Diagnostic[];

  constructor(helpers: HelperProgram, diagnostics: Diagnostic[]) {
    this.#helpers = helpers;
    this.#diagnostics = diagnostics;
  }

  /** `undefined` if a template cannot call it; the findings say why. */
  read(exported: TS.Symbol): HelperSignature | undefined {
    const { checker } = this.#helpers;
    const { name } = exported;
    const place = this.#placeOf(exported);
    const symbol = resolveAlias(checker, exported);
    // An import that cannot be resolved is reported as a type error.
    if (symbol.declarations === undefined) return undefined;
    const refuse = (diagnostic: Diagnostic) => void this.#diagnostics.push(diagnostic);
    if (name === ts.InternalSymbolName.Default) return refuse(diagnose("helpers/default-export", {}, place));
    const problem = helperNameProblem(name);
    if (problem === "taken") return refuse(diagnose("helpers/name-taken", { name }, place));
    if (problem === "malformed") return refuse(diagnose("helpers/malformed-name", { name }, place));
    const [signature, ...others] = checker.getTypeOfSymbol(symbol).getCallSignatures();
    if (signature === undefined || this.#isPromised(symbol))
      return refuse(diagnose("helpers/not-a-function", { name }, place));
    if (others.length > 0) return refuse(diagnose("helpers/overloaded", { name, count: others.length + 1 }, place));
    const parameters = signature.getTypeParameters()?.map((parameter) => parameter.symbol.name);
    if (parameters !== undefined) return refuse(diagnose("helpers/generic", { name, parameters }, place));
    const returned = signature.getReturnType();
    if (checker.getAwaitedType(returned) !== returned) return refuse(diagnose("helpers/asynchronous", { name }, place));
    return this.#signature(name, signature, place);
  }

  #signature(name: string, signature: TS.Signature, place: Place): HelperSignature | undefined {
    const { checker } = this.#helpers;
    const before = this.#diagnostics.length;
    const parameters = [...signature.getParameters()];
    const last = parameters.at(-1);
    const options =
      last === undefined || this.#isRest(last) ? undefined : this.#namedArguments(last, parameters.length === 1);
    if (options !== undefined) parameters.pop();
    const restParameter = parameters.find((parameter) => this.#isRest(parameter));
    const label = (parameter: TS.Symbol): string => {
      const declaration = this.#declarationOf(parameter);
      const isNamed = declaration !== undefined && ts.isIdentifier(declaration.name);
      return isNamed ? parameter.name : `argument ${parameters.indexOf(parameter) + 1}`;
    };
    const read = (parameter: TS.Symbol): HelperParameter => {
      const declaration = this.#declarationOf(parameter);
      const isOptional = declaration !== undefined && checker.isOptionalParameter(declaration);
      return this.#parameter(name, label(parameter), parameter, isOptional, place);
    };
    const positional = parameters.filter((parameter) => parameter !== restParameter).map(read);
    const named = (options ?? []).map((member) => {
      const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
      return this.#parameter(name, member.name, member, isOptional, place);
    });
    const rest =
      restParameter === undefined ? undefined : { name: label(restParameter), type: this.#restType(restParameter) };
    const optionsAt = options === undefined || last === undefined ? undefined : this.#declarationOf(last);
    const needsNamed = optionsAt !== undefined && !checker.isOptionalParameter(optionsAt);
    const returned = signature.getReturnType();
    const returns = this.#usable(name, "the result", returned, this.#allowsNothing(returned), place, "gives");
    if (this.#diagnostics.length > before) return undefined;
    return {
      name,
      positional,
      ...(rest === undefined ? {} : { rest }),
      named,
      ...(needsNamed ? { needsNamed } : {}),
      returns,
    };
  }

  #parameter(helper: string, name: string, symbol: TS.Symbol, optional: boolean, fallback: Place): HelperParameter {
    const [declaration] = symbol.declarations ?? [];
    const place = declaration === undefined ? fallback : this.#placeInProject(declaration, fallback);
    const type = this.#usable(helper, `"${name}"`, this.#helpers.checker.getTypeOfSymbol(symbol), optional, place);
    if (type === "any" || !optional || type.includes("undefined")) return { name, type, optional };
    return { name, type: [...type, "undefined"], optional };
  }

  /** The kinds of a type. Reports a finding if there are none but one is required. */
  #usable(
    helper: string,
    what: string,
    type: TS.Type,
    mayBeNone: boolean,
    place: Place,
    direction: Direction = "takes",
  ): ValueType {
    const kinds = valueType(this.#helpers, type, direction);
    if (kinds === "any" || kinds.length > 0 || mayBeNone) return kinds;
    const shown = this.#helpers.checker.typeToString(type);
    this.#diagnostics.push(diagnose("helpers/unusable-type", { name: helper, what, type: shown }, place));
    return kinds;
  }

  /** A helper that always throws returns `never`. */
  #allowsNothing(type: TS.Type): boolean {
    return (type.flags & ts.TypeFlags.Never) !== 0;
  }

  /** The members of a parameter that takes the template's `name=value` arguments; `undefined` for any other parameter. */
  #namedArguments(parameter: TS.Symbol, isOnly: boolean): readonly TS.Symbol[] | undefined {
    const { checker } = this.#helpers;
    const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
    const parts = type.isIntersection() ? type.types : [type];
    if (!parts.every((part) => this.#hasMembers(part))) return undefined;
    // `{ length: number }` alone allows any string or list.
    if (isOnly && checker.isTypeAssignableTo(checker.getStringType(), type)) return undefined;
    return checker.getPropertiesOfType(type);
  }

  #hasMembers(type: TS.Type): boolean {
    return this.#helpers.isObjectLiteral(type) && this.#helpers.checker.getPropertiesOfType(type).length > 0;
  }

  #restType(parameter: TS.Symbol): ValueType {
    const { checker } = this.#helpers;
    const item = checker.getIndexTypeOfType(checker.getTypeOfSymbol(parameter), ts.IndexKind.Number);
    return item === undefined ? "any" : valueType(this.#helpers, item, "takes");
  }

  #isRest(parameter: TS.Symbol): boolean {
    return this.#declarationOf(parameter)?.dotDotDotToken !== undefined;
  }

  #declarationOf({ valueDeclaration }: TS.Symbol): TS.ParameterDeclaration | undefined {
    return valueDeclaration !== undefined && ts.isParameter(valueDeclaration) ? valueDeclaration : undefined;
  }

  /** `declare function` in a module declares a function that does not exist at run time. */
  #isPromised({ valueDeclaration: declaration }: TS.Symbol): boolean {
    if (declaration === undefined || declaration.getSourceFile().isDeclarationFile) return false;
    return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Ambient) !== 0;
  }

  /** Where the module exports something; for `export *`, where it is declared. */
  #placeOf({ declarations = [] }: TS.Symbol): Place {
    const { entry } = this.#helpers;
    const fallback = { file: this.#helpers.nameOf(entry.fileName) };
    const own = declarations.find((declaration) => declaration.getSourceFile() === entry) ?? declarations[0];
    return own === undefined ? fallback : this.#placeInProject(own, fallback);
  }

  #placeInProject(declaration: TS.Declaration, fallback: Place): Place {
    if (!this.#helpers.isOwn(declaration.getSourceFile().fileName)) return fallback;
    const name = ts.getNameOfDeclaration(declaration);
    if (name !== undefined) return this.#helpers.placeOf(name);
    // `export default …` and the like: its first word.
    const file = declaration.getSourceFile();
    const start = declaration.getStart(file);
    const length = /^\w+/.exec(file.text.slice(start))?.[0].length ?? 0;
    return this.#helpers.place(file, start, start + length);
  }
}
