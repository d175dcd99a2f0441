// From nodes of a template to an expression of type string.

import type { Node } from "../template/ir.js";
import { stringLiteral } from "../text/escape.js";
import { emitAsText, emitContext, emitSection, emitTest, emitValue } from "./emit-expression.js";
import { emitArrow, emitCall, emitSum, isLongText, type Piece } from "./layout.js";
import type { RenderScope } from "./render-scope.js";

/**
 * Nodes as one expression.
 *
 * @param indent The indent of every line after the first.
 * @example `Hello {{name}}!` → `"Hello " + asText(input.name) + "!"`
 */
export function emitText(render: RenderScope, nodes: readonly Node[], indent: string): string {
  const pieces: Piece[] = [];
  let text = "";
  const endText = (): void => {
    if (isLongText(text)) pieces.push({ kind: "code", code: render.text(text) });
    else if (text !== "") pieces.push({ kind: "text", text });
    text = "";
  };
  for (const node of nodes) {
    if (node.kind === "text") text += node.value;
    else if (node.kind === "output" && node.value.kind === "literal") text += literalText(node.value.value);
    else {
      const code = emitNode(render, node, indent);
      if (code === undefined) continue;
      endText();
      pieces.push({ kind: "code", code });
    }
  }
  endText();
  return emitSum(pieces, indent);
}

/** `undefined` for a node that never has any text. */
function emitNode(render: RenderScope, node: Node, indent: string): string | undefined {
  const body = (nodes: readonly Node[], at: string): string => emitText(render, nodes, at);
  switch (node.kind) {
    case "output":
      return emitAsText(render, node.value);
    case "slot":
      return emitSection(render, node.name);
    case "if":
      return emitChoice(render, node, indent);
    case "each":
    case "section":
    case "with":
      return emitBlock(render, node, indent);
    case "let": {
      const { parameters, code } = render.inBlock(node.scope, node.value, () => body(node.body, `${indent}  `));
      const functions = [emitArrow(parameters, indent, () => code)];
      return emitCall(render.use("within"), emitContext(render, node.value, node.scope), functions, indent);
    }
    case "indent": {
      const inner = `${indent}  `;
      return `${render.use("indentLines")}(\n${inner}${body(node.body, inner)},\n${inner}${stringLiteral(node.indent)},\n${indent})`;
    }
    case "include": {
      const { scope } = node.partial;
      return `${render.partials.get(scope.id)}(${emitContext(render, node.context, scope)})`;
    }
    default:
      throw new Error(`a ${node.kind} is not text`);
  }
}

function emitChoice(render: RenderScope, node: Extract<Node, { kind: "if" }>, indent: string): string | undefined {
  const branches = (at: string) => [node.then, node.otherwise].map((nodes) => emitText(render, nodes, at));
  const inner = `${indent}  `;
  const test = emitTest(render, node.test);
  const [then, otherwise] = branches(`${inner}  `);
  if (then === '""' && otherwise === '""') return undefined;
  const line = `(${test} ? ${then} : ${otherwise})`;
  if (!line.includes("\n") && indent.length + line.length < 90) return line;
  return `(${test}\n${inner}? ${then}\n${inner}: ${otherwise})`;
}

type Block = Extract<Node, { readonly kind: "each" | "section" | "with" }>;

function emitBlock(render: RenderScope, node: Block, indent: string): string {
  const inner = `${indent}  `;
  const { callee, value, parameters, code } = emitBlockHead(render, node, () => emitText(render, node.body, inner));
  const functions = [emitArrow(parameters, indent, () => code)];
  if (node.otherwise.length > 0) functions.push(emitArrow("()", indent, (at) => emitText(render, node.otherwise, at)));
  return emitCall(callee, value, functions, indent);
}

/** What a block calls, and for its body `emit`: `eachObject(input.sources, (source) => …)`. */
export function emitBlockHead(
  render: RenderScope,
  node: Block,
  emit: () => string,
  loop: "each" | "forEach" = "each",
): { readonly callee: string; readonly value: string; readonly parameters: string; readonly code: string } {
  const ofObject = render.uses.readsOnlyMembers(node.scope);
  if (node.kind === "with") {
    const value = emitValue(render, node.value);
    const callee = render.use(ofObject ? "withObject" : "withValue");
    return { callee, value, ...render.inBlock(node.scope, node.value, emit) };
  }
  const value =
    node.kind === "each"
      ? emitValue(render, node.list)
      : `${render.use("sectionItems")}(${emitValue(render, node.value)}, ${emitValue(render, node.context)})`;
  const callee = render.use(ofObject ? `${loop}Object` : loop);
  return { callee, value, ...render.inLoop(node.scope, node.kind === "each" ? node.list : node.value, emit) };
}

function literalText(value: string | number | boolean | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}
