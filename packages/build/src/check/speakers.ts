// Whose message a place of a template may be in. Roles follow each other in the rendered order, so what a loop, a branch or a partial does to
// them counts for what comes after it.

import type { Role } from "@cuecard/runtime";
import { type Node, type PartialFunction, visitNodes } from "../template/ir.js";

/** Whose message it may be at one place. */
export type Speakers = ReadonlySet<Role>;

/** Before the first marker. */
export const FIRST_SPEAKERS: Speakers = new Set<Role>(["user"]);

/** What some nodes do to the speakers: those that they name, and whether those before them may still speak. */
interface Effect {
  readonly named: Speakers;
  readonly keeps: boolean;
}

const NONE: Effect = { named: new Set(), keeps: true };

export class SpeakerFlow {
  /** Each body's effect, found once: a loop asks for its body's before the body is walked, and so do the loops around it. */
  readonly #effects = new Map<readonly Node[], Effect>();

  /** Who may speak after a node. */
  after(node: Node, before: Speakers): Speakers {
    return after(this.#effect(node), before);
  }

  /** Who may speak where the body of a node begins. */
  atBody(node: Extract<Node, { readonly body: readonly Node[] }>, before: Speakers): Speakers {
    // A round may begin as the one before it has ended.
    return node.kind === "each" || node.kind === "section"
      ? eitherOf(before, after(this.#effectOf(node.body), before))
      : before;
  }

  #effectOf(nodes: readonly Node[]): Effect {
    let effect = this.#effects.get(nodes);
    if (effect === undefined) {
      effect = nodes.reduce((before, node) => then(before, this.#effect(node)), NONE);
      this.#effects.set(nodes, effect);
    }
    return effect;
  }

  #effect(node: Node): Effect {
    switch (node.kind) {
      case "role":
        return { named: new Set([node.role]), keeps: false };
      case "history":
        return { named: new Set<Role>(["assistant"]), keeps: false };
      case "if":
        return oneOf(this.#effectOf(node.then), this.#effectOf(node.otherwise));
      case "with":
      case "each":
      case "section":
        // Several rounds name what one names; without any, it is the other branch.
        return oneOf(this.#effectOf(node.body), this.#effectOf(node.otherwise));
      case "let":
      case "indent":
        return this.#effectOf(node.body);
      case "include":
        return { named: rolesIn(node.partial), keeps: true };
      default:
        return NONE;
    }
  }
}

/** Who may speak in a partial that includes itself: those before it, and those that it names. */
export function speakersIn(partial: PartialFunction, before: Speakers): Speakers {
  return eitherOf(before, rolesIn(partial));
}

/** The roles that a partial names, and those that it includes. */
function rolesIn(partial: PartialFunction): Speakers {
  const roles = new Set<Role>();
  const partials = new Set([partial]);
  // A set's values include those that are added while it is read.
  for (const { body } of partials)
    visitNodes(body, (node) => {
      if (node.kind === "role") roles.add(node.role);
      if (node.kind === "history") roles.add("assistant");
      if (node.kind === "include") partials.add(node.partial);
    });
  return roles;
}

/** Who may speak where either of two places may come before. */
function eitherOf(some: Speakers, others: Speakers): Speakers {
  return others.size === 0 ? some : new Set([...some, ...others]);
}

function after({ named, keeps }: Effect, before: Speakers): Speakers {
  return keeps ? eitherOf(before, named) : named;
}

function then(first: Effect, second: Effect): Effect {
  return { named: after(second, first.named), keeps: first.keeps && second.keeps };
}

function oneOf(some: Effect, other: Effect): Effect {
  return { named: eitherOf(some.named, other.named), keeps: some.keeps || other.keeps };
}
