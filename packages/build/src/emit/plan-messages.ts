// A chat prompt's messages, if the template alone determines which there are: then they are emitted as a list, and are not
// determined at run time. Grouping follows the runtime's MessageBuilder.

import { type Role, trimEnd, trimStart } from "@cuecard/runtime";
import { containsMarker, type Node, type Template } from "../template/ir.js";

/** A message, or the place of the conversation so far. */
export type PlannedMessage = { readonly role: Role; readonly parts: readonly PlannedPart[] } | "history";

export type PlannedPart =
  | { readonly kind: "text"; readonly nodes: readonly Node[] }
  | Extract<Node, { readonly kind: "media" }>;

/**
 * The messages in order; `undefined` when which there are depends on the input, or which of their text is at an edge.
 *
 * @param trims Whether the template's line ends at the edges of messages are removed.
 */
export function planMessages(template: Template, trims = false): readonly PlannedMessage[] | undefined {
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
    const kept = trims ? trimParts(parts) : parts;
    if (kept === undefined) isStatic = false;
    else if (kept.length > 0) planned.push({ role, parts: kept });
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

/** A message without the line ends at its edges; `undefined` if only the input determines what is there. */
function trimParts(parts: readonly PlannedPart[]): readonly PlannedPart[] | undefined {
  const trimmed = [...parts];
  for (const edge of ["start", "end"] as const) {
    const at = edge === "start" ? 0 : trimmed.length - 1;
    const part = trimmed[at];
    if (part?.kind !== "text") continue;
    const nodes = trimNodes(part.nodes, edge);
    if (nodes === undefined) return undefined;
    trimmed[at] = { kind: "text", nodes };
  }
  return trimmed;
}

function trimNodes(nodes: readonly Node[], edge: "start" | "end"): readonly Node[] | undefined {
  const inOrder = edge === "start" ? nodes : [...nodes].reverse();
  const count = inOrder.findIndex(({ kind }) => kind !== "text");
  const atEdge = count === -1 ? inOrder : inOrder.slice(0, count);
  const rest = inOrder.slice(atEdge.length);
  const texts = atEdge.map((node) => (node.kind === "text" ? node.value : ""));
  const text = (edge === "start" ? texts : texts.reverse()).join("");
  const [next] = rest;
  // Blank text before a block is at the edge whenever the block renders nothing.
  const isSettled = text.trim() !== "" || next === undefined || next.kind === "output" || next.kind === "slot";
  if (!isSettled) return undefined;
  const value = edge === "start" ? trimStart(text) : trimEnd(text);
  const kept: readonly Node[] = value === "" ? rest : [{ kind: "text", value }, ...rest];
  return edge === "start" ? kept : [...kept].reverse();
}

/** A history that the template places nowhere goes before the last user message, or last if there is none. */
function withHistory(planned: readonly PlannedMessage[]): readonly PlannedMessage[] {
  if (planned.includes("history")) return planned;
  const lastUser = planned.map((message) => message !== "history" && message.role).lastIndexOf("user");
  const at = lastUser === -1 ? planned.length : lastUser;
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
