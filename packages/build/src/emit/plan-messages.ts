// A chat prompt's messages, if the template alone determines which there are: then they are emitted as a list, and are not
// determined at run time. Grouping follows the runtime's MessageBuilder.

import type { Role } from "@cuecard/runtime";
import { containsMarker, type Node, type Template } from "../template/ir.js";

/** A message, or the place of the conversation so far. */
export type PlannedMessage = { readonly role: Role; readonly parts: readonly PlannedPart[] } | "history";

export type PlannedPart =
  | { readonly kind: "text"; readonly nodes: readonly Node[] }
  | Extract<Node, { readonly kind: "media" }>;

/** The messages in order; `undefined` when which there are depends on the input. */
export function planMessages(template: Template): readonly PlannedMessage[] | undefined {
  if (template.partials.some(({ body }) => containsMarker(body))) return undefined;
  const planned: PlannedMessage[] = [];
  let role: Role = "user";
  let parts: PlannedPart[] = [];
  let run: Node[] = [];
  let isStatic = true;

  const endRun = (): void => {
    const content = contentOf(run);
    if (content === "unknown") isStatic = false;
    else if (content === "some") {
      const last = parts.at(-1);
      if (last?.kind === "text") parts[parts.length - 1] = { kind: "text", nodes: [...last.nodes, ...run] };
      else parts.push({ kind: "text", nodes: run });
    }
    run = [];
  };
  const endMessage = (next: Role): void => {
    endRun();
    if (parts.length > 0) planned.push({ role, parts });
    parts = [];
    role = next;
  };
  for (const node of template.nodes) {
    if (node.kind === "role") endMessage(node.role);
    else if (node.kind === "history") {
      endMessage("assistant");
      planned.push("history");
    } else if (node.kind === "media") {
      endRun();
      parts.push(node);
    } else if (node.kind === "slot") {
      endRun();
      run.push(node);
      endRun();
    } else if (containsMarker([node])) return undefined;
    else run.push(node);
  }
  endMessage("user");
  return isStatic ? withHistory(planned) : undefined;
}

/** A history that the template places nowhere goes before the last user message. */
function withHistory(planned: readonly PlannedMessage[]): readonly PlannedMessage[] {
  if (planned.includes("history")) return planned;
  const last = planned.at(-1);
  const at = last !== undefined && last !== "history" && last.role === "user" ? planned.length - 1 : planned.length;
  return [...planned.slice(0, at), "history", ...planned.slice(at)];
}

/** Whether text makes its message exist: text that is not blank does, and a value, whatever it is. */
function contentOf(run: readonly Node[]): "some" | "none" | "unknown" {
  const kinds = run.map((node): "some" | "none" | "unknown" => {
    if (node.kind === "text") return node.value.trim() === "" ? "none" : "some";
    return node.kind === "output" || node.kind === "slot" ? "some" : "unknown";
  });
  return kinds.includes("some") ? "some" : kinds.includes("unknown") ? "unknown" : "none";
}
