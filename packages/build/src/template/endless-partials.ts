// Partials that include themselves endlessly: unconditionally, or each time with the context that they were given.

import { type Diagnostic, diagnose } from "@cuecard/model";
import { plainScope } from "./environment.js";
import type { Node, Origin, PartialFunction } from "./ir.js";

/** An inclusion that does not bring the recursion nearer to its end. */
interface Step {
  readonly to: PartialFunction;
  readonly chain: readonly string[];
  readonly origin: Origin;
}

export function findEndlessPartials(partials: readonly PartialFunction[]): Diagnostic[] {
  const steps = new Map(partials.map((partial) => [partial, stepsWithoutEnd(partial)]));
  const diagnostics: Diagnostic[] = [];
  const reported = new Set<PartialFunction>();
  for (const start of partials) {
    const cycle = findCycle(start, steps);
    if (cycle === undefined || cycle.some(({ to }) => reported.has(to))) continue;
    for (const { to } of cycle) reported.add(to);
    const [first] = cycle;
    if (first === undefined) continue;
    const { source, start: from, end } = first.origin;
    const chain = [start.name, ...cycle.flatMap((step) => step.chain.slice(1))];
    diagnostics.push(diagnose("template/partial-cycle", { chain }, source.place(from, end)));
  }
  return diagnostics;
}

function stepsWithoutEnd(partial: PartialFunction): Step[] {
  const steps: Step[] = [];
  const visit = (nodes: readonly Node[], always: boolean): void => {
    for (const node of nodes) {
      if (node.kind === "include") {
        if (always || plainScope(node.context) === partial.scope.id)
          steps.push({ to: node.partial, chain: node.chain, origin: node.origin });
      } else if (node.kind === "if") {
        visit(node.then, false);
        visit(node.otherwise, false);
      } else if ("body" in node) {
        visit(node.body, always && (node.kind === "let" || node.kind === "indent"));
        if ("otherwise" in node) visit(node.otherwise, false);
      }
    }
  };
  visit(partial.body, true);
  return steps;
}

/** The steps from a partial back to itself. */
function findCycle(
  start: PartialFunction,
  steps: ReadonlyMap<PartialFunction, readonly Step[]>,
): readonly Step[] | undefined {
  // Partials that do not lead back need no second look.
  const visited = new Set<PartialFunction>();
  const find = (from: PartialFunction, path: readonly Step[]): readonly Step[] | undefined => {
    for (const step of steps.get(from) ?? []) {
      if (step.to === start) return [...path, step];
      if (visited.has(step.to)) continue;
      visited.add(step.to);
      const cycle = find(step.to, [...path, step]);
      if (cycle !== undefined) return cycle;
    }
    return undefined;
  };
  return find(start, []);
}
