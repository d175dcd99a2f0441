// How many of a chat prompt's first messages are the same for every input: APIs that cache the beginning of a request want to know
// where it ends. Which text makes its message exist follows the runtime's MessageBuilder.

import type { Node, Template } from "./ir.js";

export function countStaticMessages(template: Template): number {
  const counter = new Counter();
  counter.read(template.nodes);
  counter.endMessage();
  return counter.count;
}

class Counter {
  count = 0;
  #hasText = false;
  #varies = false;

  read(nodes: readonly Node[]): void {
    for (const node of nodes) {
      if (this.#varies) return;
      this.#add(node);
    }
  }

  endMessage(): void {
    if (this.#hasText && !this.#varies) this.count += 1;
    this.#hasText = false;
  }

  #add(node: Node): void {
    switch (node.kind) {
      case "text":
        this.#hasText ||= node.value.trim() !== "";
        return;
      case "role":
        this.endMessage();
        return;
      case "let":
      case "indent":
        this.read(node.body);
        return;
      case "history":
        this.endMessage();
        this.#varies = true;
        return;
      default:
        this.#varies = true;
    }
  }
}
