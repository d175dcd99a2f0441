// How findings about values are reported: what they are called, where they are written, and what to write instead.

import {
  suggestForListMember,
  suggestForName,
  suggestForUnknownName,
  type WrittenName,
} from "../hints/other-language-names.js";
import { LIST, NOTHING, nameKinds, OBJECT } from "../language/kinds.js";
import type { Expression, Origin } from "../template/ir.js";
import { memberOrigin, textOf, textUpTo } from "./path-segments.js";
import type { StaticType } from "./static-type.js";
import type { TemplateFindings } from "./template-findings.js";
import { type Binding, originOf, type ValueNames } from "./value-names.js";

type Path = Extract<Expression, { kind: "path" }>;

/** A member of a path: which one, what the path starts from, and where the path is, if it does not know itself. */
export interface PathMember {
  readonly path: Path;
  readonly index: number;
  readonly binding: Binding | undefined;
  readonly at: Origin;
}

export class ValueReports {
  readonly #findings: TemplateFindings;
  readonly #names: ValueNames;
  /** Names of the prompt's variables. */
  readonly #variables: readonly string[];

  constructor(findings: TemplateFindings, names: ValueNames, variables: readonly string[]) {
    this.#findings = findings;
    this.#names = names;
    this.#variables = variables;
  }

  /**
   * A value may be missing.
   *
   * @param path From the value to the part that may be missing: `.name`.
   */
  optionalValue(expression: Expression, path: string, at: Origin): void {
    const name = this.#names.of(expression, at);
    const written = this.#names.written(expression);
    const inside = written === undefined ? `"${path}" of ${name}` : `"${written}${path}"`;
    const args = {
      value: path === "" ? name : inside,
      written: written === undefined || path.includes("[") ? undefined : written + path,
      helper: this.#names.helper(expression),
    };
    this.#findings.report("template/optional-value", args, originOf(expression) ?? at);
  }

  /** The object that a member is read from may be missing: the context itself, or an earlier member. */
  optionalObject({ path, index, binding, at }: PathMember): void {
    const helper = this.#names.helperBehind(binding);
    if (index > 0) {
      const written = textUpTo(path, index - 1, at);
      const args = { value: `"${written}"`, written, helper };
      this.#findings.report("template/optional-value", args, memberOrigin(path, index - 1, at));
    } else if (binding !== undefined) {
      const isWritten = !binding.isItem && binding.origin !== undefined;
      const written = isWritten && binding.of ? this.#names.written(binding.of) : "this";
      const args = { value: this.#names.ofBinding(binding), written, helper };
      const origin = (isWritten && binding.origin) || memberOrigin(path, 0, at);
      this.#findings.report("template/optional-value", args, origin);
    }
  }

  /** The object of a type has no such member. */
  noMember(place: PathMember, type: StaticType): void {
    const { path, index, binding, at } = place;
    const member = path.members[index] ?? "";
    const origin = memberOrigin(path, index, at);
    const near = this.#findings.suggestions.nearest(member, type.memberNames);
    const instead = this.#suggestion(place, type);
    if (index === 0 && binding?.isInput === true) {
      this.#findings.report("template/undeclared-variable", { variable: member, nearest: near, instead }, origin);
      return;
    }
    const value =
      index > 0 ? `"${textUpTo(path, index - 1, at)}"` : binding === undefined ? '"@"' : this.#names.ofBinding(binding);
    const isVariable = index === 0 && binding !== undefined && this.#variables.includes(member);
    const variable = isVariable ? member : undefined;
    const helper = this.#names.helperBehind(binding);
    if ((type.kinds & OBJECT) !== 0) {
      const args = { value, member, nearest: near, variable, helper, instead };
      this.#findings.report("template/unknown-member", args, origin);
    } else {
      const list = (type.kinds & LIST) === 0 ? undefined : index > 0 ? textUpTo(path, index - 1, at) : "this";
      const args = { value, kind: nameKinds(type.kinds), member, list, variable, helper, instead };
      this.#findings.report("template/no-members", args, origin);
    }
  }

  /** A name that may exist, since nothing is known about its context, but that clearly is another language's. */
  otherLanguageName(place: PathMember): void {
    const { path, index, at } = place;
    const instead = suggestForName(this.#written(place));
    if (instead === undefined) return;
    const name = path.members[index] ?? "";
    this.#findings.report("template/foreign-name", { name, instead }, memberOrigin(path, index, at));
  }

  #suggestion(place: PathMember, type: StaticType): string | undefined {
    const { path, index, binding, at } = place;
    const member = path.members[index] ?? "";
    const suggestion = suggestForUnknownName(this.#written(place), binding?.isInput === true);
    const isOfList = (type.kinds & ~NOTHING) === LIST && index > 0 && !type.item().memberNames.includes(member);
    if (suggestion !== undefined || !isOfList) return suggestion;
    const rest = textOf(path.origin ?? at).slice(textUpTo(path, index, at).length);
    return suggestForListMember(textUpTo(path, index - 1, at), member, rest);
  }

  #written({ path, index, binding, at }: PathMember): WrittenName {
    const { source, start, end } = path.origin ?? at;
    const { text } = source;
    return {
      members: path.members,
      index,
      written: text.slice(start, end),
      around: { before: text.slice(Math.max(0, start - 10), start), after: text.slice(end, end + 2) },
      inContext: binding !== undefined,
      loop: binding?.isItem === true ? { list: binding.of && this.#names.written(binding.of) } : undefined,
    };
  }
}
