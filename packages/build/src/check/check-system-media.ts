// Media in a system message: `messages()` returns it in its place, `format()` throws. Reported only if the message belongs
// to the system for every input.

import type { Role } from "@cuecard/runtime";
import { ROLES } from "../language/language.js";
import { type Node, type PartialFunction, type Template, visitNodes } from "../template/ir.js";
import type { TemplateFindings } from "./template-findings.js";

/** Whose message it may be at one place. */
type Speakers = ReadonlySet<Role>;

/** What some nodes do to the speakers: those that they name, and whether those before them may still speak. */
interface Effect {
  readonly named: Speakers;
  readonly keeps: boolean;
}

const NONE: Effect = { named: new Set(), keeps: true };
const ANYBODY: Effect = { named: new Set(ROLES), keeps: false };

export function checkSystemMedia(template: Template, findings: TemplateFindings): void {
  new MediaCheck(findings).walk(template.nodes, new Set<Role>(["user"]));
}

class MediaCheck {
  readonly #findings: TemplateFindings;
  /** Each body's effect, found once: a loop asks for its body's before the body is walked, and so do the loops around it. */
  readonly #effects = new Map<readonly Node[], Effect>();
  /** Whether a partial that includes itself may change the speaker. */
  readonly #speaking = new Map<PartialFunction, boolean>();

  constructor(findings: TemplateFindings) {
    this.#findings = findings;
  }

  walk(nodes: readonly Node[], before: Speakers): void {
    let speakers = before;
    for (const node of nodes) {
      switch (node.kind) {
        case "media":
          if (speakers.size === 1 && speakers.has("system"))
            this.#findings.report("template/media-in-system", {}, node.origin);
          break;
        case "if":
          this.walk(node.then, speakers);
          this.walk(node.otherwise, speakers);
          break;
        case "each":
        case "section":
          // A round may begin as the one before it has ended.
          this.walk(node.body, either(speakers, after(this.#effectOf(node.body), speakers)));
          this.walk(node.otherwise, speakers);
          break;
        case "with":
          this.walk(node.body, speakers);
          this.walk(node.otherwise, speakers);
          break;
        case "let":
        case "indent":
          this.walk(node.body, speakers);
      }
      speakers = after(this.#effect(node), speakers);
    }
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
        return this.#holdsSpeaker(node.partial) ? ANYBODY : NONE;
      default:
        return NONE;
    }
  }

  #holdsSpeaker(partial: PartialFunction): boolean {
    let holds = this.#speaking.get(partial);
    if (holds === undefined) {
      holds = false;
      visitNodes(partial.body, ({ kind }) => {
        if (kind === "role" || kind === "history" || kind === "include") holds = true;
      });
      this.#speaking.set(partial, holds);
    }
    return holds;
  }
}

function after({ named, keeps }: Effect, before: Speakers): Speakers {
  return keeps ? either(before, named) : named;
}

function then(first: Effect, second: Effect): Effect {
  return { named: after(second, first.named), keeps: first.keeps && second.keeps };
}

function oneOf(some: Effect, other: Effect): Effect {
  return { named: either(some.named, other.named), keeps: some.keeps || other.keeps };
}

function either(some: Speakers, others: Speakers): Speakers {
  return others.size === 0 ? some : new Set([...some, ...others]);
}
