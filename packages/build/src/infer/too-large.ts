// Reports an input that has too many values to describe. Only nested sections can cause one.

import { type Diagnostic, diagnose } from "@cuecard/model";
import { type Node, type Origin, type Template, visitTemplate } from "../template/ir.js";
import { MAX_VALUES } from "./usage.js";

/** Reports the section that contains the most levels of sections. */
export function inputTooLarge(template: Template): Diagnostic {
  let levels = 0;
  let largest: Origin | undefined;
  visitTemplate(template, (node) => {
    if (node.kind !== "section") return;
    const own = levelsOf([node]);
    if (own > levels) [levels, largest] = [own, node.origin];
  });
  if (largest === undefined) throw new Error("an input without sections is too large");
  const what = "values in the input inferred from sections inside sections";
  return diagnose("template/too-large", { what, limit: MAX_VALUES }, largest.source.place(largest.start, largest.end));
}

/** How many levels of sections there are. */
function levelsOf(nodes: readonly Node[]): number {
  let levels = 0;
  for (const node of nodes) {
    if ("then" in node) levels = Math.max(levels, levelsOf(node.then));
    if ("otherwise" in node) levels = Math.max(levels, levelsOf(node.otherwise));
    if ("body" in node) levels = Math.max(levels, levelsOf(node.body) + (node.kind === "section" ? 1 : 0));
  }
  return levels;
}
