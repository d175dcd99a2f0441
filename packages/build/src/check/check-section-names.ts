// Mustache's idiom `{{#firm}}Firm: {{firm}}{{/firm}}`. Mustache finds the outer name; in Handlebars, a section of a text or an
// object makes the value the context, and the name in it is one of its members.

import { type Expression, type Node, visitNodes } from "../template/ir.js";
import { textOf } from "./path-segments.js";
import type { TemplateFindings } from "./template-findings.js";

/**
 * Reports the first tag in a section that seems to mean the section's own value.
 *
 * @param section One whose value may be of any type.
 */
export function checkSectionNames(section: Extract<Node, { kind: "section" }>, findings: TemplateFindings): void {
  const { value, scope, body, origin } = section;
  if (value.kind !== "path") return;
  const [name] = value.members;
  if (name === undefined) return;
  const means = (expression: Expression): expression is Extract<Expression, { kind: "path" }> =>
    expression.kind === "path" &&
    expression.base.kind === "scope" &&
    expression.base.scope === scope &&
    expression.members[0] === name &&
    // The members of a tree have members of the same name.
    expression.members.at(-1) !== "length";
  let isReported = false;
  visitNodes(body, (node) => {
    if (isReported || node.kind !== "output" || !means(node.value)) return;
    isReported = true;
    const written = node.value.origin === undefined ? name : textOf(node.value.origin);
    findings.report("template/section-name", { written, section: textOf(origin) }, node.origin);
  });
  if (isReported || value.members.length > 1 || !MESSAGES.includes(name)) return;
  const instead = `write {{role "${name}"}} before the message`;
  findings.report("template/foreign-name", { name, instead }, value.origin ?? origin);
}

/** `{{#system}}…{{/system}}` of Guidance and others, which prints nothing. Users are also values: `{{#user}}{{name}}{{/user}}`. */
const MESSAGES = ["system", "assistant"];
