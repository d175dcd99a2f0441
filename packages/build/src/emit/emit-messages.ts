// From nodes of a chat prompt to statements that add to a message builder, where only the input determines which messages
// there are.

import type { Node } from "../template/ir.js";
import { stringLiteral } from "../text/escape.js";
import { emitContext, emitMedia, emitTest } from "./emit-expression.js";
import { emitBlockHead, emitText } from "./emit-text.js";
import type { RenderScope } from "./render-scope.js";

/**
 * Nodes as statements, each with its indent and line end.
 *
 * @example `{{role "system"}}Be kind.` → `messages.role("system");`, `messages.text("Be kind.");`
 */
export function emitMessages(render: RenderScope, nodes: readonly Node[], indent: string): string {
  let code = "";
  let run: Node[] = [];
  const endRun = (): void => {
    if (run.length > 0) code += emitRun(render, run, indent);
    run = [];
  };
  for (const node of nodes) {
    if (node.kind === "text" || node.kind === "output") run.push(node);
    else {
      endRun();
      code += emitStatement(render, node, indent);
    }
  }
  endRun();
  return code;
}

/**
 * A run of text and values. Whether it counts as a message's content is known here, from the template alone: a value's
 * text never decides whether there is a message.
 */
function emitRun(render: RenderScope, run: readonly Node[], indent: string): string {
  if (!render.trims) return emitTexts(render, run, indent);
  return run
    .map((node) => (node.kind === "text" ? emitTexts(render, [node], indent) : emitValue(render, node, indent)))
    .join("");
}

/** Where edges are trimmed, values are added by themselves: they are never trimmed. */
function emitValue(render: RenderScope, value: Node, indent: string): string {
  return `${indent}messages.value(${emitText(render, [value], `${indent}  `)});\n`;
}

function emitTexts(render: RenderScope, run: readonly Node[], indent: string): string {
  const isContent = run.some((node) => node.kind !== "text" || node.value.trim() !== "");
  const text = emitText(render, run, `${indent}  `);
  const argument = text.includes("\n") ? `\n${indent}  ${text},\n${indent}` : text;
  return `${indent}messages.${isContent ? "text" : "space"}(${argument});\n`;
}

function emitStatement(render: RenderScope, node: Node, indent: string): string {
  const inner = `${indent}  `;
  const block = (nodes: readonly Node[]): string => `{\n${emitMessages(render, nodes, inner)}${indent}}`;
  switch (node.kind) {
    case "role":
      return `${indent}messages.role(${stringLiteral(node.role)});\n`;
    case "history":
      return `${indent}messages.history();\n`;
    case "media":
      return `${indent}messages.part(${emitMedia(render, node.url, node.contentType)});\n`;
    case "slot":
      return `${indent}messages.section(${stringLiteral(node.name)});\n`;
    case "if":
      return emitIf(render, node, indent);
    case "each":
    case "section":
    case "with": {
      const { callee, value, parameters, code } = emitBlockHead(render, node, () => block(node.body), "forEach");
      const otherwise = node.otherwise.length === 0 ? "" : `, () => ${block(node.otherwise)}`;
      return `${indent}${callee}(${value}, ${parameters} => ${code}${otherwise});\n`;
    }
    case "let": {
      const { parameters, code } = render.inBlock(node.scope, node.value, () => block(node.body));
      const value = emitContext(render, node.value, node.scope);
      return `${indent}${render.use("within")}(${value}, ${parameters} => ${code});\n`;
    }
    case "indent":
      return `${indent}messages.indented(${stringLiteral(node.indent)}, () => ${block(node.body)});\n`;
    case "include": {
      const { scope } = node.partial;
      return `${indent}${render.partials.get(scope.id)}(${emitContext(render, node.context, scope)});\n`;
    }
    case "text":
    case "output":
      return emitRun(render, [node], indent);
  }
}

function emitIf(render: RenderScope, node: Extract<Node, { kind: "if" }>, indent: string): string {
  const test = emitTest(render, node.test);
  const [then, otherwise] = [node.then, node.otherwise].map((nodes) => emitMessages(render, nodes, `${indent}  `));
  if (then === "" && otherwise === "") return "";
  if (then === "") return `${indent}if (!(${test})) {\n${otherwise}${indent}}\n`;
  return `${indent}if (${test}) {\n${then}${indent}}${otherwise === "" ? "" : ` else {\n${otherwise}${indent}}`}\n`;
}
