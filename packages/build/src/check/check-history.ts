// The history can be inserted once: finds a second `{{history}}`, and one inside a loop.

import type { Expression, Node, Origin, Template, Test } from "../template/ir.js";
import type { TemplateFindings } from "./template-findings.js";

export function checkHistory({ nodes, partials }: Template, findings: TemplateFindings): void {
  new HistoryCheck(findings).nodes(nodes, { holds: [], loop: undefined });
  // A recursive partial may be rendered any number of times.
  for (const { body } of partials) new HistoryCheck(findings).nodes(body, { holds: [], loop: 0 });
}

/** What is known at a node: that a value is present, or equal to a literal, or that it is not. */
interface Fact {
  readonly value: string;
  /** What it is compared with; `undefined` for a test of presence. */
  readonly literal: string | undefined;
  readonly isTrue: boolean;
}

interface Place {
  readonly holds: readonly Fact[];
  /** In a loop: how many histories came before it. */
  readonly loop: number | undefined;
}

class HistoryCheck {
  readonly #findings: TemplateFindings;
  /** What holds at each history so far. */
  readonly #inserted: (readonly Fact[])[] = [];
  /** Keys of the values that scopes refer to. */
  readonly #names = new Map<number, string>();
  /** How many tests so far cannot be compared with others. */
  #unknown = 0;

  constructor(findings: TemplateFindings) {
    this.#findings = findings;
  }

  nodes(nodes: readonly Node[], place: Place): void {
    for (const node of nodes) this.#node(node, place);
  }

  #node(node: Node, place: Place): void {
    switch (node.kind) {
      case "history":
        this.#history(node.origin, place);
        return;
      case "if":
        this.#branches(node.then, node.otherwise, this.#factOf(node.test), place);
        return;
      case "each": {
        const loop = this.#inserted.length;
        this.#branches(node.body, node.otherwise, this.#presence(node.list), place, { ...place, loop });
        return;
      }
      case "with":
      case "section":
        this.#name(node.scope.id, node.value);
        this.#branches(node.body, node.otherwise, this.#presence(node.value), place);
        return;
      case "let":
        this.#name(node.scope.id, node.value);
        this.nodes(node.body, place);
        return;
      case "indent":
        this.nodes(node.body, place);
    }
  }

  #branches(
    then: readonly Node[],
    otherwise: readonly Node[],
    fact: Fact | undefined,
    place: Place,
    inThen: Place = place,
  ): void {
    // A branch of a test that nothing is known of still excludes the other.
    const known = fact ?? { value: `? ${this.#unknown++}`, literal: undefined, isTrue: true };
    this.nodes(then, { ...inThen, holds: [...place.holds, known] });
    this.nodes(otherwise, { ...place, holds: [...place.holds, { ...known, isTrue: !known.isTrue }] });
  }

  #history(origin: Origin, { holds, loop }: Place): void {
    const before = this.#inserted.slice(loop ?? 0).some((facts) => !facts.some((fact) => holds.some(excludes(fact))));
    if (before || loop !== undefined) this.#findings.report("template/repeated-history", { inLoop: !before }, origin);
    this.#inserted.push(holds);
  }

  #factOf(test: Test): Fact | undefined {
    if (test.kind === "present") return this.#presence(test.value);
    const sides = [test.left, test.right];
    const literal = sides.find(({ kind }) => kind === "literal");
    const other = sides.find((side) => side !== literal);
    const value = other && this.#keyOf(other);
    const compared = literal && this.#keyOf(literal);
    return value === undefined || compared === undefined ? undefined : { value, literal: compared, isTrue: true };
  }

  #presence(asked: Expression): Fact | undefined {
    const value = this.#keyOf(asked);
    return value === undefined ? undefined : { value, literal: undefined, isTrue: true };
  }

  #name(scope: number, value: Expression): void {
    const key = this.#keyOf(value);
    if (key !== undefined) this.#names.set(scope, key);
  }

  /** The same text for the same value; `undefined` if the expression does not determine the value. */
  #keyOf(expression: Expression): string | undefined {
    if (expression.kind === "literal") return JSON.stringify(expression.value) ?? "undefined";
    if (expression.kind !== "path") return undefined;
    const { base, members } = expression;
    const start =
      base.kind === "data"
        ? "@"
        : base.kind === "scope"
          ? (this.#names.get(base.scope.id) ?? `#${base.scope.id}`)
          : `#${base.scope.id} @${base.variable}`;
    return [start, ...members].join("\n");
  }
}

/** Whether two facts cannot hold at once. */
function excludes(fact: Fact): (other: Fact) => boolean {
  return (other) => {
    if (fact.value !== other.value) return false;
    if (fact.literal === other.literal) return fact.isTrue !== other.isTrue;
    return fact.literal !== undefined && other.literal !== undefined && fact.isTrue && other.isTrue;
  };
}
