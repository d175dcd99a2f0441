// Holds a template against its input's schema: every value, at every place, as far as the schema tells what it is.

import type { Diagnostic } from "@cuecard/model";
import { BOOLEAN, LIST, NOTHING, NULL, nameKinds, OBJECT, STRING, TEXT, UNDEFINED } from "../language/kinds.js";
import type { Expression, Node, PartialFunction, Scope, Template, Test } from "../template/ir.js";
import type { HelperLookup } from "../template/lowering.js";
import type { SourceText } from "../text/source-text.js";
import { whyNeverEqual } from "./check-equal.js";
import { checkHistory } from "./check-history.js";
import { LoopVariableCheck } from "./check-loop-variables.js";
import { checkSystemMedia } from "./check-system-media.js";
import { textOf } from "./path-segments.js";
import { SectionShape, type Shape, UNKNOWN, union } from "./shape.js";
import { TemplateFindings } from "./template-findings.js";
import { type ShownValue, ValueCheck } from "./value-check.js";
import { type Binding, originOf } from "./value-names.js";

export interface CheckedTemplate {
  readonly diagnostics: readonly Diagnostic[];
  /** The variables that it uses. */
  readonly used: ReadonlySet<string>;
  /** Whether it uses the input as a whole, and with it every variable. */
  readonly usesInput: boolean;
}

/** How many kinds of contexts a partial that includes itself is looked through for. */
const MAX_CONTEXTS = 16;

/**
 * @param source The prompt's own text; every other is a partial's.
 * @param input What is known of the input; nothing, where there is no schema.
 */
export function checkTemplate(
  template: Template,
  source: SourceText,
  input: Shape,
  helpers: HelperLookup,
): CheckedTemplate {
  const findings = new TemplateFindings();
  const loopVariables = new LoopVariableCheck(findings, (origin) => origin.source !== source);
  const values = new ValueCheck(input, helpers, findings, loopVariables);
  const check = new TemplateCheck(values, findings);
  values.bind(template.input, {
    shape: input,
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
  return { diagnostics: findings.diagnostics, used: values.used, usesInput: values.usesInput };
}

class TemplateCheck {
  readonly #values: ValueCheck;
  readonly #findings: TemplateFindings;
  /** Contexts that partials which include themselves are called with, and those still to be looked at. */
  readonly #contexts = new Map<PartialFunction, Set<Shape>>();
  readonly #calls: { readonly partial: PartialFunction; readonly binding: Binding }[] = [];

  constructor(values: ValueCheck, findings: TemplateFindings) {
    this.#values = values;
    this.#findings = findings;
  }

  nodes(nodes: readonly Node[]): void {
    for (const node of nodes) this.#node(node);
  }

  /** Looks through the partials that include themselves, for each kind of context that they get. */
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
    const shapes = asked.map((value) => this.#values.shape(value, origin, true));
    const [left, right] = shapes;
    if (test.kind === "equal" && left !== undefined && right !== undefined) this.#equal(test, left, right);
    const { inThen, inOtherwise } = shownBy(test, shapes);
    this.#values.guarded(inThen, () => this.nodes(then));
    this.#values.guarded(inOtherwise, () => this.nodes(otherwise));
  }

  #equal(test: Extract<Test, { kind: "equal" }>, left: Shape, right: Shape): void {
    const [leftOrigin, rightOrigin] = test.origins;
    const names = [
      this.#values.names.of(test.left, leftOrigin),
      this.#values.names.of(test.right, rightOrigin),
    ] as const;
    const never = whyNeverEqual(left, right, names);
    if (never === undefined) return;
    const { about, ...why } = never;
    const isRight = about === undefined ? originOf(test.left) === undefined : about === "right";
    const args = { left: names[0], right: names[1], ...why };
    this.#findings.report("template/never-equal", args, isRight ? rightOrigin : leftOrigin);
  }

  #each({ list, scope, body, otherwise, origin }: Extract<Node, { kind: "each" }>): void {
    const shape = this.#values.shape(list, origin, true);
    this.#values.handOn(list);
    const isWalked = this.#values.isOneOf(shape, LIST | OBJECT);
    if (!isWalked) {
      const args = { value: this.#values.names.of(list, origin), kind: nameKinds(shape.kinds) };
      this.#findings.report("template/not-a-list", args, originOf(list) ?? origin);
    }
    this.#values.bind(scope, {
      shape: isWalked ? shape.item() : UNKNOWN,
      key: `#${scope.id}`,
      isInput: false,
      of: list,
      isItem: true,
      origin: originOf(list) ?? origin,
    });
    this.#values.guarded([{ value: list, isNot: NOTHING }], () => this.nodes(body));
    if (shape.present.kinds === OBJECT) this.#members(list, shape.present, scope, body);
    this.nodes(otherwise);
  }

  /** Each member of an object that is walked comes: those that are no text, too, where the item is inserted. */
  #members(list: Expression, object: Shape, scope: Scope, body: readonly Node[]): void {
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
    const shape = this.#values.shape(value, origin, true);
    this.#values.bind(scope, {
      shape: shape.present,
      key: this.#values.keyOf(value, scope),
      isInput: this.#isInput(value),
      of: value,
      isItem: false,
      origin: originOf(value) ?? origin,
    });
    this.#values.guarded([{ value, isNot: NOTHING }], () => this.nodes(body));
    this.nodes(otherwise);
  }

  /** A loop over a list, a test of `true`, the value as context: whichever of them it may be. */
  #section({ value, context, scope, body, otherwise, origin }: Extract<Node, { kind: "section" }>): void {
    const shape = this.#values.shape(value, origin, true);
    this.#values.handOn(value);
    const kinds = shape.kinds & ~NOTHING;
    const staysPerhaps = (kinds & BOOLEAN) !== 0;
    const around = staysPerhaps ? this.#values.shape(context, origin, true) : undefined;
    const contextIsInput = staysPerhaps && this.#isInput(context);
    let binding: Binding;
    if (around !== undefined && kinds === BOOLEAN)
      binding = {
        shape: around,
        key: this.#values.keyOf(context, scope),
        isInput: contextIsInput,
        of: contextIsInput ? undefined : context,
        isItem: false,
        origin,
      };
    else {
      const forms = [
        ...((kinds & LIST) === 0 ? [] : [shape.item()]),
        ...((kinds & ~(LIST | BOOLEAN)) === 0 ? [] : [shape.only(kinds & ~(LIST | BOOLEAN))]),
      ];
      const own = union(forms);
      binding = {
        shape: around === undefined || own === UNKNOWN ? own : new SectionShape(own, around),
        key: (kinds & (LIST | BOOLEAN)) === 0 ? this.#values.keyOf(value, scope) : `#${scope.id}`,
        isInput: contextIsInput ? "perhaps" : false,
        of: value,
        isItem: kinds === LIST,
        origin: originOf(value) ?? origin,
      };
    }
    this.#values.bind(scope, binding);
    this.#values.guarded([{ value, isNot: NOTHING }], () => this.nodes(body));
    this.nodes(otherwise);
  }

  #let({ value, scope, body, origin }: Extract<Node, { kind: "let" }>): void {
    this.#values.bind(scope, {
      // What may be missing is said where the partial needs it.
      shape: this.#values.shape(value, origin, true),
      key: this.#values.keyOf(value, scope),
      isInput: this.#isInput(value),
      of: value,
      isItem: false,
      origin: originOf(value) ?? origin,
    });
    this.nodes(body);
  }

  #include({ partial, context, origin }: Extract<Node, { kind: "include" }>): void {
    const shape = this.#values.shape(context, origin);
    this.#values.handOn(context);
    const known = this.#contexts.get(partial) ?? new Set();
    this.#contexts.set(partial, known);
    if (known.has(shape) || known.size >= MAX_CONTEXTS) return;
    known.add(shape);
    const key = `${partial.name} ${known.size}`;
    const at = originOf(context) ?? origin;
    this.#calls.push({ partial, binding: { shape, key, isInput: false, of: context, isItem: false, origin: at } });
  }

  #media({ url, contentType, origin }: Extract<Node, { kind: "media" }>): void {
    const shape = this.#values.shape(url, origin);
    this.#values.handOn(url);
    if (this.#values.isOneOf(shape, STRING)) this.#values.there(url, shape, origin);
    else {
      const args = { value: this.#values.names.of(url, origin), kind: nameKinds(shape.kinds) };
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
function isContainer(shape: Shape | undefined): boolean {
  return shape !== undefined && (shape.kinds & (LIST | OBJECT)) !== 0 && (shape.kinds & TEXT) === 0;
}

/** What each branch of a test may take for granted. A project's helper asks whatever it asks: of that, both are left alone. */
function shownBy(
  test: Test,
  shapes: readonly Shape[],
): { inThen: readonly ShownValue[]; inOtherwise: readonly ShownValue[] } {
  if (test.kind === "present") {
    const shown = [{ value: test.value, isNot: NOTHING }];
    return { inThen: shown, inOtherwise: test.value.kind === "call" ? shown : [] };
  }
  const sides = [
    { value: test.left, other: shapes[1] },
    { value: test.right, other: shapes[0] },
  ];
  return {
    inThen: sides.flatMap(({ value, other = UNKNOWN }) =>
      other === UNKNOWN || other.isOptional ? [] : [{ value, isNot: NOTHING }],
    ),
    // What is not null may still not be there, and the other way round.
    inOtherwise: sides.flatMap(({ value, other = UNKNOWN }) =>
      other.kinds === NULL || other.kinds === UNDEFINED ? [{ value, isNot: other.kinds }] : [],
    ),
  };
}
