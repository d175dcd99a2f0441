// Whether a template always has a system message, so that the type of `system` need not include `undefined`. Which text makes
// its message exist follows the runtime's MessageBuilder.

import type { Node, Template } from "./ir.js";

export type Presence = "always" | "sometimes" | "never";

/** A role, or `undefined` where it depends on the input. */
type KnownRole = string | undefined;

interface Outcome {
  /** The role of what follows. */
  readonly role: KnownRole;
  /** Whether there is certainly content in a system message. */
  readonly isCertain: boolean;
}

/** @param roles The roles that the template names. */
export function presenceOfSystem(template: Template, roles: readonly string[]): Presence {
  if (!roles.includes("system")) return "never";
  return follow(template.nodes, "user").isCertain ? "always" : "sometimes";
}

function follow(nodes: readonly Node[], start: KnownRole): Outcome {
  let role = start;
  let isCertain = false;
  for (const node of nodes) {
    const outcome = step(node, role);
    role = outcome.role;
    isCertain ||= outcome.isCertain;
  }
  return { role, isCertain };
}

function step(node: Node, role: KnownRole): Outcome {
  switch (node.kind) {
    case "role":
      return { role: node.role, isCertain: false };
    case "history":
      return { role: "assistant", isCertain: false };
    case "text":
      return { role, isCertain: role === "system" && node.value.trim() !== "" };
    case "output":
    case "slot":
    case "media":
      return { role, isCertain: role === "system" };
    case "if":
      return either(follow(node.then, role), follow(node.otherwise, role));
    case "each":
    case "section":
    case "with":
      return either(follow(node.body, role), follow(node.otherwise, role));
    case "let":
    case "indent":
      return follow(node.body, role);
    case "include":
      // A partial that includes itself may change the role several calls down.
      return { role: undefined, isCertain: false };
  }
}

function either(one: Outcome, other: Outcome): Outcome {
  return { role: one.role === other.role ? one.role : undefined, isCertain: one.isCertain && other.isCertain };
}
