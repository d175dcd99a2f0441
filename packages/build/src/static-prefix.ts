// The text that every rendering of a prompt begins with. Providers cache the beginning of a request: what comes after the first
// part that varies is paid for in full.

import { type ContentToLower, lowerContent } from "./lower-content.js";
import type { Node, Origin } from "./template/ir.js";

export interface StaticPrefix {
  /** Of all messages in their order, without their roles. */
  readonly text: string;
  /** The first part that varies; `undefined` if the prompt always renders the same text. */
  readonly end: VaryingPart | undefined;
}

export interface VaryingPart {
  /** `prompts/greet.md`, or the path of a partial. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** `{{query}}` */
  readonly tag: string;
}

/** @returns `undefined` for a prompt that does not compile. */
export function staticPrefix(request: ContentToLower): StaticPrefix | undefined {
  const template = lowerContent(request);
  if (template === undefined) return undefined;
  const prefix = new Prefix();
  prefix.read(template.nodes, "");
  return { text: prefix.text, end: prefix.end };
}

class Prefix {
  text = "";
  end: VaryingPart | undefined;

  /** @param indent What each line begins with: that of the partials around. */
  read(nodes: readonly Node[], indent: string): void {
    for (const node of nodes) {
      if (this.end !== undefined) return;
      this.#add(node, indent);
    }
  }

  #add(node: Node, indent: string): void {
    switch (node.kind) {
      case "text":
        this.text += indent === "" ? node.value : node.value.replaceAll(/^(?=.)/gm, indent);
        return;
      case "role":
        return;
      case "indent":
        this.read(node.body, indent + node.indent);
        return;
      case "let":
        this.read(node.body, indent);
        return;
      case "output":
        if (node.value.kind !== "literal") this.#stop(node.origin);
        else this.text += String(node.value.value ?? "");
        return;
      default:
        this.#stop(node.origin);
    }
  }

  #stop({ source, start, end }: Origin): void {
    // Of a block, only its name has a place.
    const from = source.text.startsWith("{{", start) ? start : source.text.lastIndexOf("{{", start);
    const to = source.text.indexOf("}}", Math.max(from, end - 2)) + 2;
    const tag = source.text.slice(Math.max(from, 0), to < 2 ? end : to).split("\n", 1)[0] ?? "";
    const { file, range } = source.place(start, end);
    this.end = { file, line: range?.start.line ?? 1, tag };
  }
}
