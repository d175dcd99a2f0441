// `@index` and its kin where there is no loop, and names that were perhaps to be theirs: `@` variables of `context` have any name.

import { nearest } from "@cuecard/runtime";
import type { Expression, Origin } from "../template/ir.js";
import { isLoopVariable, LOOP_VARIABLES } from "../template/syntax.js";
import { textOf } from "./path-segments.js";
import type { TemplateFindings } from "./template-findings.js";

export type Path = Extract<Expression, { kind: "path" }>;

export class LoopVariableCheck {
  readonly #findings: TemplateFindings;
  readonly #isPartial: (origin: Origin) => boolean;
  /** Names that stand outside of loops, too: they are the context's. */
  readonly #names = new Set<string>();
  readonly #near: { readonly name: string; readonly nearest: string; readonly origin: Origin }[] = [];

  /** @param isPartial Whether a place is in a partial's text. */
  constructor(findings: TemplateFindings, isPartial: (origin: Origin) => boolean) {
    this.#findings = findings;
    this.#isPartial = isPartial;
  }

  /**
   * An `@` variable that is no loop's. A partial may ask whether it is in one.
   * @param asked It is only asked whether the value is there.
   */
  data({ base, members: [name = ""], origin }: Path, asked: boolean): void {
    if (base.kind !== "data" || origin === undefined) return;
    if (!base.inLoop) this.#names.add(name);
    if (isLoopVariable(name)) {
      const partial = this.#isPartial(origin);
      if (!(partial && asked))
        this.#findings.report("template/outside-loop", { variable: textOf(origin), partial }, origin);
    } else if (base.inLoop) {
      const near = nearest(name, LOOP_VARIABLES) ?? LOOP_VARIABLES.find((variable) => isShortFor(name, variable));
      if (near !== undefined) this.#near.push({ name, nearest: near, origin });
    }
  }

  /** Reports what stands only within loops, once all is seen. */
  end(): void {
    for (const { name, nearest, origin } of this.#near) {
      if (this.#names.has(name)) continue;
      const args = { variable: `@${name}`, nearest: `@${nearest}` };
      this.#findings.report("template/misspelt-loop-variable", args, origin);
    }
  }
}

/** `idx` of `index`: some of its letters in their order, the first among them. */
function isShortFor(name: string, whole: string): boolean {
  let found = 0;
  for (const letter of whole) if (letter === name[found]) found++;
  return name.length > 2 && name[0] === whole[0] && found === name.length;
}
