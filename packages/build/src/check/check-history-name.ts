// `{{history}}` inserts the conversation, also where its author means a variable of that name: finds the signs of that.

import { type Node, type Origin, type Template, visitTemplate } from "../template/ir.js";
import type { SourceText } from "../text/source-text.js";
import type { TemplateFindings } from "./template-findings.js";

/** A path that only an author writes who knows that the bare name is the conversation. */
const EXPLICIT = /(?:this[./]|\.\/|@root\.)history\b/;

/**
 * @param source The prompt's own text.
 * @param isVariable Whether the front matter or the template has a variable `history`.
 * @returns Whether a `{{history}}` seems to be that variable: then it is reported here.
 */
export function checkHistoryName(
  template: Template,
  source: SourceText,
  isVariable: boolean,
  findings: TemplateFindings,
): boolean {
  const argument = firstHistory(template.nodes, ({ isArgument }) => isArgument);
  if (argument !== undefined) {
    findings.report("template/misread-history", { sign: "variable" }, argument);
    return true;
  }
  const first = firstHistory(template.nodes);
  if (first === undefined) return false;
  if (isVariable && !EXPLICIT.test(source.text)) {
    findings.report("template/misread-history", { sign: "variable" }, first);
    return true;
  }
  const followed = new FollowedHistory().in(template.nodes);
  if (followed !== undefined) findings.report("template/misread-history", { sign: "text-after" }, followed);
  else if (isTextWithoutRoles(template)) findings.report("template/misread-history", { sign: "no-role" }, first);
  return false;
}

function isTextWithoutRoles(template: Template): boolean {
  let [hasRole, hasText] = [false, false];
  visitTemplate(template, (node) => {
    if (node.kind === "role") hasRole = true;
    if (isText(node)) hasText = true;
  });
  return hasText && !hasRole;
}

function isText(node: Node): boolean {
  return node.kind === "output" || (node.kind === "text" && node.value.trim() !== "");
}

/** In a loop, it is reported as repeated. */
function firstHistory(
  nodes: readonly Node[],
  isMeant: (node: Extract<Node, { kind: "history" }>) => boolean = () => true,
): Origin | undefined {
  for (const node of nodes) {
    if (node.kind === "history" && isMeant(node)) return node.origin;
    const found = node.kind === "each" ? undefined : firstHistory(insideOf(node), isMeant);
    if (found !== undefined) return found;
  }
  return undefined;
}

function insideOf(node: Node): readonly Node[] {
  if (node.kind === "if") return [...node.then, ...node.otherwise];
  return "body" in node ? node.body : [];
}

/** Finds a `{{history}}` with text after it that no `{{role}}` separates from it. */
class FollowedHistory {
  #found: Origin | undefined;

  in(nodes: readonly Node[]): Origin | undefined {
    this.#walk(nodes, undefined);
    return this.#found;
  }

  /** @returns The history whose message the text after these nodes would be. */
  #walk(nodes: readonly Node[], before: Origin | undefined): Origin | undefined {
    let open = before;
    for (const node of nodes) {
      if (node.kind === "history") open = node.origin;
      else if (node.kind === "role") open = undefined;
      else if (isText(node)) this.#found ??= open;
      else if (node.kind === "if") {
        const then = this.#walk(node.then, open);
        open = this.#walk(node.otherwise, open) ?? then;
      } else if (node.kind !== "each") open = this.#walk(insideOf(node), open);
    }
    return open;
  }
}
