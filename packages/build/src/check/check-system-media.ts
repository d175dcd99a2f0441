// Media in a system message: `messages()` returns it in its place, `format()` throws. Reported only if the message belongs
// to the system for every input.

import type { Node, Template } from "../template/ir.js";
import { FIRST_SPEAKERS, SpeakerFlow, type Speakers } from "./speakers.js";
import type { TemplateFindings } from "./template-findings.js";

export function checkSystemMedia(template: Template, findings: TemplateFindings): void {
  const flow = new SpeakerFlow();
  const walk = (nodes: readonly Node[], before: Speakers): void => {
    let speakers = before;
    for (const node of nodes) {
      if (node.kind === "media" && speakers.size === 1 && speakers.has("system"))
        findings.report("template/media-in-system", {}, node.origin);
      if (node.kind === "if") walk(node.then, speakers);
      if ("body" in node) walk(node.body, flow.atBody(node, speakers));
      if ("otherwise" in node) walk(node.otherwise, speakers);
      speakers = flow.after(node, speakers);
    }
  };
  walk(template.nodes, FIRST_SPEAKERS);
}
