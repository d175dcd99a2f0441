// Media in a system message: `messages()` returns it in its place, `format()` throws. Reported only if the message belongs
// to the system for every input.

import type { Role } from "@cuecard/runtime";
import { ROLES } from "../language/language.js";
import { type Node, type Template, visitNodes } from "../template/ir.js";
import type { TemplateFindings } from "./template-findings.js";

/** Whose message it may be at one place. */
type Speakers = ReadonlySet<Role>;

const ANYBODY: Speakers = new Set(ROLES);

export function checkSystemMedia(template: Template, findings: TemplateFindings): void {
  walk(template.nodes, new Set<Role>(["user"]), findings);
}

/**
 * Whose message it may be after some nodes.
 * @param findings Where media is reported; not given for a look ahead.
 */
function walk(nodes: readonly Node[], before: Speakers, findings?: TemplateFindings): Speakers {
  let speakers = before;
  for (const node of nodes) {
    switch (node.kind) {
      case "role":
        speakers = new Set([node.role]);
        break;
      case "history":
        speakers = new Set<Role>(["assistant"]);
        break;
      case "media":
        if (speakers.size === 1 && speakers.has("system"))
          findings?.report("template/media-in-system", {}, node.origin);
        break;
      case "if":
        speakers = either(walk(node.then, speakers, findings), walk(node.otherwise, speakers, findings));
        break;
      case "with":
        speakers = either(walk(node.body, speakers, findings), walk(node.otherwise, speakers, findings));
        break;
      case "each":
      case "section": {
        // A round may begin as the one before it has ended, and there may be none.
        const entered = either(speakers, walk(node.body, speakers));
        speakers = either(walk(node.body, entered, findings), walk(node.otherwise, speakers, findings));
        break;
      }
      case "let":
      case "indent":
        speakers = walk(node.body, speakers, findings);
        break;
      case "include":
        if (holdsSpeaker(node.partial.body)) speakers = ANYBODY;
    }
  }
  return speakers;
}

function either(some: Speakers, others: Speakers): Speakers {
  return new Set([...some, ...others]);
}

function holdsSpeaker(nodes: readonly Node[]): boolean {
  let found = false;
  visitNodes(nodes, ({ kind }) => {
    if (kind === "role" || kind === "history" || kind === "include") found = true;
  });
  return found;
}
