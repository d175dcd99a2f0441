// Reports an input that has too many values to describe, which only nested sections can cause, or values that are nested too deep.

import { type Diagnostic, diagnose } from "@cuecard/model";
import type { JsonSchema } from "../model.js";
import { exceededNesting } from "../schema/nesting.js";
import type { Node, Origin, Template } from "../template/ir.js";
import { MAX_VALUES } from "./usage.js";

/** Reports the section that contains the most levels of sections. */
export function inputTooLarge(template: Template): Diagnostic {
  const what = "values in the input inferred from sections inside sections";
  return tooLarge(what, MAX_VALUES, findDeepest(template, ["section"]));
}

/** Reports the outermost block around the most levels of blocks, if the input that they describe is nested too deep. */
export function inputTooDeep(template: Template, schema: JsonSchema): readonly Diagnostic[] {
  const deep = exceededNesting(schema);
  if (deep === undefined) return [];
  return [
    tooLarge(`${deep.what} in the input inferred from its blocks and names`, deep.limit, findDeepest(template, BLOCKS)),
  ];
}

/** Blocks that have values of their own. */
const BLOCKS: readonly Node["kind"][] = ["each", "with", "section", "let"];

function tooLarge(what: string, limit: number, { source, start, end }: Origin): Diagnostic {
  return diagnose("template/too-large", { what, limit }, source.place(start, end));
}

/** Where the most levels of some kinds of nodes begin. */
function findDeepest(template: Template, kinds: readonly Node["kind"][]): Origin {
  let deepest: { readonly levels: number; readonly origin: Origin } | undefined;
  /** Returns how many levels there are. */
  const visit = (nodes: readonly Node[]): number => {
    let most = 0;
    for (const node of nodes) {
      const then = "then" in node ? visit(node.then) : 0;
      const otherwise = "otherwise" in node ? visit(node.otherwise) : 0;
      let levels = "body" in node ? visit(node.body) : 0;
      if (kinds.includes(node.kind) && "origin" in node) {
        levels++;
        if (levels > (deepest?.levels ?? 0)) deepest = { levels, origin: node.origin };
      }
      most = Math.max(most, then, otherwise, levels);
    }
    return most;
  };
  for (const nodes of [template.nodes, ...template.partials.map(({ body }) => body)]) visit(nodes);
  if (deepest === undefined) throw new Error("a template without blocks is too large");
  return deepest.origin;
}
