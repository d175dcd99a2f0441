// `@index`, `@key`, `@first` and `@last` outside a loop, and likely misspellings of them. All other `@` names are variables of
// `context`.

import type { LoopVariable } from "../language/syntax.js";
import { isLoopVariable, LOOP_VARIABLES } from "../language/syntax.js";
import type { Expression, Origin } from "../template/ir.js";
import { textOf } from "./path-segments.js";
import type { TemplateFindings } from "./template-findings.js";

export type Path = Extract<Expression, { kind: "path" }>;

export class LoopVariableCheck {
  readonly #findings: TemplateFindings;
  readonly #isPartial: (origin: Origin) => boolean;
  /** Names that also occur outside loops: they are variables of the context. */
  readonly #names = new Set<string>();
  readonly #near: { readonly name: string; readonly nearest: string; readonly origin: Origin }[] = [];

  /** @param isPartial Whether a place is in a partial's text. */
  constructor(findings: TemplateFindings, isPartial: (origin: Origin) => boolean) {
    this.#findings = findings;
    this.#isPartial = isPartial;
  }

  /**
   * Checks an `@` variable that does not belong to a loop. A partial may test whether it is inside one.
   *
   * @param asked Whether a test only asks if the value is present.
   */
  data({ base, members: [name = ""], origin }: Path, asked: boolean): void {
    if (base.kind !== "data" || origin === undefined) return;
    if (!base.inLoop) this.#names.add(name);
    if (isLoopVariable(name)) {
      const partial = this.#isPartial(origin);
      if (!(partial && asked))
        this.#findings.report("template/outside-loop", { variable: textOf(origin), partial }, origin);
    } else if (base.inLoop) {
      const near = SHORT_FORMS.get(name) ?? LOOP_VARIABLES.find((variable) => isSlipOf(name, variable));
      if (near !== undefined) this.#near.push({ name, nearest: near, origin });
    }
  }

  /** Reports likely misspellings, once the whole template has been seen. */
  end(): void {
    for (const { name, nearest, origin } of this.#near) {
      if (this.#names.has(name)) continue;
      const args = { variable: `@${name}`, nearest: `@${nearest}` };
      this.#findings.report("template/misspelt-loop-variable", args, origin);
    }
  }
}

const SHORT_FORMS: ReadonlyMap<string, LoopVariable> = new Map([
  ["i", "index"],
  ["idx", "index"],
]);

/** One letter too many, one too few, or two swapped. Another letter makes another word: `@list`, `@past`, `@hey`. */
function isSlipOf(name: string, whole: string): boolean {
  const [short, long] = name.length < whole.length ? [name, whole] : [whole, name];
  if (name[0] !== whole[0] || NO_SLIPS.includes(name)) return false;
  if (long.length === short.length + 1)
    return [...long].some((_, index) => long.slice(0, index) + long.slice(index + 1) === short);
  return [...whole].some(
    (letter, index) => whole.slice(0, index) + (whole[index + 1] ?? "") + letter + whole.slice(index + 2) === name,
  );
}

const NO_SLIPS = ["lat", "fist"];
