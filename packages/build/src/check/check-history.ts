// The history has one place: what inserts it again, by standing there twice or in a loop.

import type { Node, Origin, Template } from "../template/ir.js";
import type { TemplateFindings } from "./template-findings.js";

export function checkHistory({ nodes, partials }: Template, findings: TemplateFindings): void {
  const check = new HistoryCheck(findings);
  check.nodes(nodes, "not yet");
  // A partial that includes itself comes as often as the data goes on.
  for (const { body } of partials) check.nodes(body, "in a loop");
}

/** What is known of the history before a place. */
type Before = "not yet" | "inserted" | "in a loop";

class HistoryCheck {
  readonly #findings: TemplateFindings;

  constructor(findings: TemplateFindings) {
    this.#findings = findings;
  }

  /** @returns What is known behind them. */
  nodes(nodes: readonly Node[], before: Before): Before {
    return nodes.reduce((known, node) => this.#node(node, known), before);
  }

  #node(node: Node, before: Before): Before {
    switch (node.kind) {
      case "history":
        return this.#history(node.origin, before);
      case "if":
        return either(this.nodes(node.then, before), this.nodes(node.otherwise, before));
      case "each": {
        const inside = this.nodes(node.body, "in a loop");
        const isThere = before === "not yet" && inside === "inserted";
        return either(isThere ? "inserted" : before, this.nodes(node.otherwise, before));
      }
      case "with":
      case "section":
        return either(this.nodes(node.body, before), this.nodes(node.otherwise, before));
      case "let":
      case "indent":
        return this.nodes(node.body, before);
      default:
        return before;
    }
  }

  #history(origin: Origin, before: Before): Before {
    if (before !== "not yet")
      this.#findings.report("template/repeated-history", { inLoop: before === "in a loop" }, origin);
    return "inserted";
  }
}

/** Behind two branches, of which one is taken. */
function either(one: Before, other: Before): Before {
  return one === "inserted" ? one : other;
}
