// Checks a template against its input's schema: every value, at every place, as far as the schema describes it.

import type { Diagnostic } from "@cuecard/model";
import { BOOLEAN, LIST, NOTHING, NULL, nameKinds, OBJECT, STRING, TEXT, UNDEFINED } from "../language/kinds.js";
import type { Expression, Node, PartialFunction, Scope, Template, Test } from "../template/ir.js";
import type { HelperLookup } from "../template/lowering.js";
import type { SourceText } from "../text/source-text.js";
import { whyNeverEqual } from "./check-equal.js";
import { checkHistory } from "./check-history.js";
import { checkHistoryName } from "./check-history-name.js";
import { LoopVariableCheck } from "./check-loop-variables.js";
import { checkSectionNames } from "./check-section-names.js";
import { checkSystemMedia } from "./check-system-media.js";
import type { Guard } from "./flow-guards.js";
import { textOf } from "./path-segments.js";
import { SectionType, type StaticType, UNKNOWN, union } from "./static-type.js";
import { TemplateFindings } from "./template-findings.js";
import { ValueCheck } from "./value-check.js";
import { type Binding, originOf } from "./value-names.js";

export interface CheckedTemplate {
  readonly diagnostics: readonly Diagnostic[];
  /** The variables that it uses. */
  readonly used: ReadonlySet<string>;
  /** Whether it uses the input as a whole, and so every variable. */
  readonly usesInput: boolean;
  /** Variables whose use is reported already. */
  readonly reported: ReadonlySet<string>;
}

/** For how many types of contexts a partial that includes itself is checked. */
const MAX_CONTEXTS = 16;

/**
 * @param source The prompt's own text; all other sources are partials.
 * @param input The input's type; unknown without a schema.
 * @param isNamed Whether the front matter has a variable of a name.
 */
export function checkTemplate(
  template: Template,
  source: SourceText,
  input: StaticType,
  { helpers, isNamed }: { readonly helpers: HelperLookup; readonly isNamed: (name: string) => boolean },
): CheckedTemplate {
  const findings = new TemplateFindings();
  const loopVariables = new LoopVariableCheck(findings, (origin) => origin.source !== source);
  const values = new ValueCheck(input, helpers, findings, loopVariables);
  const check = new TemplateCheck(values, findings);
  values.bind(template.input, {
    type: input,
    key: "",
    isInput: true,
    of: undefined,
    isItem: false,
    origin: undefined,
  });
  check.nodes(template.nodes);
  check.partials();
  checkSystemMedia(template, findings);
  loopVariables.end();
  checkHistory(template, findings);
  const isVariable = isNamed("history") || values.used.has("history");
  const reported = new Set(checkHistoryName(template, source, isVariable, findings) ? ["history"] : []);
  return { diagnostics: findings.diagnostics, used: values.used, usesInput: values.usesInput, reported };
}

class TemplateCheck {
  readonly #values: ValueCheck;
  readonly #findings: TemplateFindings;
  /** Types of contexts that recursive partials are called with. */
  readonly #contexts = new Map<PartialFunction, Set<StaticType>>();
  readonly #calls: { readonly partial: PartialFunction; readonly binding: Binding }[] = [];

  constructor(values: ValueCheck, findings: TemplateFindings) {
    this.#values = values;
    this.#findings = findings;
  }

  nodes(nodes: readonly Node[]): void {
    for (const node of nodes) this.#node(node);
  }

  /** Checks the partials that include themselves, for each type of context that they are called with. */
  partials(): void {
    for (let call = this.#calls.shift(); call !== undefined; call = this.#calls.shift()) {
      this.#values.bind(call.partial.scope, call.binding);
      this.nodes(call.partial.body);
    }
  }

  #node(node: Node): void {
    switch (node.kind) {
      case "text":
      case "role":
      case "history":
      case "slot":
        return;
      case "output":
        this.#values.text(node.value, node.origin);
        return;
      case "if":
        this.#if(node);
        return;
      case "each":
        this.#each(node);
        return;
      case "with":
        this.#with(node);
        return;
      case "section":
        this.#section(node);
        return;
      case "let":
        this.#let(node);
        return;
      case "indent":
        this.nodes(node.body);
        return;
      case "include":
        this.#include(node);
        return;
      case "media":
        this.#media(node);
    }
  }

  #if({ test, then, otherwise, origin }: Extract<Node, { kind: "if" }>): void {
    const asked = test.kind === "present" ? [test.value] : [test.left, test.right];
    const types = asked.map((value) => this.#values.type(value, origin, true));
    const [left, right] = types;
    if (test.kind === "equal" && left !== undefined && right !== undefined) this.#equal(test, left, right);
    const { inThen, inOtherwise } = guardsOf(test, types);
    this.#values.withGuards(inThen, () => this.nodes(then));
    this.#values.withGuards(inOtherwise, () => this.nodes(otherwise));
  }

  #equal(test: Extract<Test, { kind: "equal" }>, left: StaticType, right: StaticType): void {
    const [leftOrigin, rightOrigin] = test.origins;
    const names = [
      this.#values.names.of(test.left, leftOrigin),
      this.#values.names.of(test.right, rightOrigin),
    ] as const;
    const never = whyNeverEqual(left, right, names, this.#findings.suggestions);
    if (never === undefined) return;
    const { about, ...why } = never;
    const isRight = about === undefined ? originOf(test.left) === undefined : about === "right";
    const args = { left: names[0], right: names[1], ...why };
    this.#findings.report("template/never-equal", args, isRight ? rightOrigin : leftOrigin);
  }

  #each({ list, scope, body, otherwise, origin }: Extract<Node, { kind: "each" }>): void {
    const type = this.#values.type(list, origin, true);
    this.#values.markWholeUse(list);
    const isWalked = this.#values.isAssignableTo(type, LIST | OBJECT);
    if (!isWalked) {
      const args = { value: this.#values.names.of(list, origin), kind: nameKinds(type.kinds) };
      this.#findings.report("template/not-a-list", args, originOf(list) ?? origin);
    }
    this.#values.bind(scope, {
      type: isWalked ? type.item() : UNKNOWN,
      key: `#${scope.id}`,
      isInput: false,
      of: list,
      isItem: true,
      origin: originOf(list) ?? origin,
    });
    this.#values.withGuards([{ value: list, isNot: NOTHING }], () => this.nodes(body));
    if (type.present.kinds === OBJECT) this.#members(list, type.present, scope, body);
    this.nodes(otherwise);
  }

  /** A loop over an object reaches every member: reports lists and objects among them where the item is inserted as text. */
  #members(list: Expression, object: StaticType, scope: Scope, body: readonly Node[]): void {
    const member = object.memberNames.find((name) => isContainer(object.member(name)));
    if (member === undefined || isContainer(object.item())) return;
    const code =
      ((object.member(member)?.kinds ?? 0) & LIST) === 0 ? "template/object-as-text" : "template/list-as-text";
    for (const node of body) {
      if (node.kind !== "output" || node.value.kind !== "path") continue;
      const { base, members, origin = node.origin } = node.value;
      if (base.kind !== "scope" || base.scope !== scope || members.length > 0) continue;
      const value = `"${member}" of ${this.#values.names.of(list, origin)}`;
      this.#findings.report(code, { value, written: textOf(origin), member: undefined }, origin);
    }
  }

  #with({ value, scope, body, otherwise, origin }: Extract<Node, { kind: "with" }>): void {
    const type = this.#values.type(value, origin, true);
    this.#values.bind(scope, {
      type: type.present,
      key: this.#values.keyOf(value, scope),
      isInput: this.#isInput(value),
      of: value,
      isItem: false,
      origin: originOf(value) ?? origin,
    });
    this.#values.withGuards([{ value, isNot: NOTHING }], () => this.nodes(body));
    this.nodes(otherwise);
  }

  /** `{{#name}}` is a loop over a list, a test of `true`, or a change of context: whatever the value's type allows. */
  #section(section: Extract<Node, { kind: "section" }>): void {
    const { value, context, scope, body, otherwise, origin } = section;
    const type = this.#values.type(value, origin, true);
    if (type === UNKNOWN) checkSectionNames(section, this.#findings);
    this.#values.markWholeUse(value);
    const kinds = type.kinds & ~NOTHING;
    const mayKeepContext = (kinds & BOOLEAN) !== 0;
    const around = mayKeepContext ? this.#values.type(context, origin, true) : undefined;
    const contextIsInput = mayKeepContext && this.#isInput(context);
    let binding: Binding;
    if (around !== undefined && kinds === BOOLEAN)
      binding = {
        type: around,
        key: this.#values.keyOf(context, scope),
        isInput: contextIsInput,
        of: contextIsInput ? undefined : context,
        isItem: false,
        origin,
      };
    else {
      const forms = [
        ...((kinds & LIST) === 0 ? [] : [type.item()]),
        ...((kinds & ~(LIST | BOOLEAN)) === 0 ? [] : [type.only(kinds & ~(LIST | BOOLEAN))]),
      ];
      const own = union(forms);
      binding = {
        type: around === undefined || own === UNKNOWN ? own : new SectionType(own, around),
        key: (kinds & (LIST | BOOLEAN)) === 0 ? this.#values.keyOf(value, scope) : `#${scope.id}`,
        isInput: contextIsInput ? "maybe" : false,
        of: value,
        isItem: kinds === LIST,
        origin: originOf(value) ?? origin,
      };
    }
    this.#values.bind(scope, binding);
    this.#values.withGuards([{ value, isNot: NOTHING }], () => this.nodes(body));
    this.nodes(otherwise);
  }

  #let({ value, scope, body, origin }: Extract<Node, { kind: "let" }>): void {
    this.#values.bind(scope, {
      // A missing value is reported where the partial needs it.
      type: this.#values.type(value, origin, true),
      key: this.#values.keyOf(value, scope),
      isInput: this.#isInput(value),
      of: value,
      isItem: false,
      origin: originOf(value) ?? origin,
    });
    this.nodes(body);
  }

  #include({ partial, context, origin }: Extract<Node, { kind: "include" }>): void {
    const type = this.#values.type(context, origin);
    this.#values.markWholeUse(context);
    const known = this.#contexts.get(partial) ?? new Set();
    this.#contexts.set(partial, known);
    if (known.has(type) || known.size >= MAX_CONTEXTS) return;
    known.add(type);
    const key = `${partial.name} ${known.size}`;
    const at = originOf(context) ?? origin;
    this.#calls.push({ partial, binding: { type, key, isInput: false, of: context, isItem: false, origin: at } });
  }

  #media({ url, contentType, origin }: Extract<Node, { kind: "media" }>): void {
    const type = this.#values.type(url, origin);
    this.#values.markWholeUse(url);
    if (this.#values.isAssignableTo(type, STRING)) this.#values.requirePresent(url, type, origin);
    else {
      const args = { value: this.#values.names.of(url, origin), kind: nameKinds(type.kinds) };
      this.#findings.report("template/media-not-text", args, originOf(url) ?? origin);
    }
    if (contentType !== undefined) this.#values.text(contentType, origin);
  }

  #isInput(value: Expression): Binding["isInput"] {
    if (value.kind === "extend") return value.entries.length === 0 && this.#isInput(value.object);
    if (value.kind !== "path" || value.base.kind !== "scope" || value.members.length > 0) return false;
    return this.#values.binding(value.base.scope).isInput;
  }
}

/** Whether a value is a list or an object, and never text. */
function isContainer(type: StaticType | undefined): boolean {
  return type !== undefined && (type.kinds & (LIST | OBJECT)) !== 0 && (type.kinds & TEXT) === 0;
}

/** What each branch of a test may assume. A project's helper may test anything: after it, both branches are not judged. */
function guardsOf(
  test: Test,
  types: readonly StaticType[],
): { inThen: readonly Guard[]; inOtherwise: readonly Guard[] } {
  if (test.kind === "present") {
    const shown = [{ value: test.value, isNot: NOTHING }];
    return { inThen: shown, inOtherwise: test.value.kind === "call" ? shown : [] };
  }
  const sides = [
    { value: test.left, other: types[1] },
    { value: test.right, other: types[0] },
  ];
  return {
    inThen: sides.flatMap(({ value, other = UNKNOWN }) =>
      other === UNKNOWN || other.isOptional ? [] : [{ value, isNot: NOTHING }],
    ),
    // A value that is not null may still be undefined, and the other way round.
    inOtherwise: sides.flatMap(({ value, other = UNKNOWN }) =>
      other.kinds === NULL || other.kinds === UNDEFINED ? [{ value, isNot: other.kinds }] : [],
    ),
  };
}
