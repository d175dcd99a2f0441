// From a chat prompt's planned messages to a list of them.

import { stringLiteral } from "../text/escape.js";
import { emitMedia } from "./emit-expression.js";
import { emitText } from "./emit-text.js";
import type { PlannedMessage, PlannedPart } from "./plan-messages.js";
import type { RenderScope } from "./render-scope.js";

/**
 * @param indent The indent of every line after the first.
 * @example `{{role "system"}}Be kind.{{role "user"}}{{query}}` →
 * ```js
 * placeHistory([
 *   { role: "system", content: "Be kind." },
 *   { role: "user", content: asText(input.query) },
 * ], 1, options)
 * ```
 */
export function emitPlanned(render: RenderScope, planned: readonly PlannedMessage[], indent: string): string {
  const messages = planned.filter((message) => message !== "history");
  const items = messages.map((message) => `${indent}  ${emitMessage(render, message, `${indent}  `)},\n`);
  // Last place first: an inserted history moves only what follows it.
  const places = planned.flatMap((message, index) => (message === "history" ? [index] : []));
  return places.reduceRight(
    (inner, index, count) => `${render.use("placeHistory")}(${inner}, ${index - count}, ${render.options()})`,
    `[\n${items.join("")}${indent}]`,
  );
}

function emitMessage(render: RenderScope, message: Exclude<PlannedMessage, "history">, indent: string): string {
  const { role, parts } = message;
  const [first] = parts;
  const inner = `${indent}  `;
  if (parts.length === 1 && first?.kind === "text")
    return emitObject({ role: stringLiteral(role) }, "content", emitText(render, first.nodes, `${inner}  `), indent);
  const list = parts.map((part) => `${inner}  ${emitPart(render, part, `${inner}  `)},\n`).join("");
  return `{\n${inner}role: ${stringLiteral(role)},\n${inner}content: [\n${list}${inner}],\n${indent}}`;
}

function emitPart(render: RenderScope, part: PlannedPart, indent: string): string {
  if (part.kind === "media") return emitMedia(render, part.url, part.contentType);
  return emitObject({ type: '"text"' }, "text", emitText(render, part.nodes, `${indent}    `), indent);
}

/** An object literal, on one line if it is short. */
function emitObject(short: Readonly<Record<string, string>>, key: string, text: string, indent: string): string {
  const members = Object.entries(short).map(([name, value]) => `${name}: ${value}`);
  const line = `{ ${[...members, `${key}: ${text}`].join(", ")} }`;
  if (!line.includes("\n") && indent.length + line.length < 110) return line;
  const inner = `${indent}  `;
  const value = text.includes("\n") ? `\n${inner}  ${text}` : ` ${text}`;
  return `{\n${members.map((member) => `${inner}${member},\n`).join("")}${inner}${key}:${value},\n${indent}}`;
}
