// From a template's meaning to the function that renders it. A text is one expression; messages are a list of expressions, or
// statements if only the input determines which messages there are. Text enters as string literals only (see escape.ts).

import type { RenderFunction } from "../model.js";
import { isChatTemplate, type PartialFunction, type Template } from "../template/ir.js";
import { emitOption } from "./emit-expression.js";
import { emitMessages } from "./emit-messages.js";
import { emitPlanned } from "./emit-planned.js";
import { emitText } from "./emit-text.js";
import { emitArrow } from "./layout.js";
import { type PlannedMessage, planMessages } from "./plan-messages.js";
import { RenderScope } from "./render-scope.js";

/** The function is a member of an object at the top of a module. */
const INDENT = "  ";
const INNER = "    ";

/**
 * The function that renders a template, as source.
 *
 * @example `Hello {{name}}!{{#each notes}} {{text}}{{/each}}` →
 * ```js
 * (input) =>
 *   "Hello " + asText(input.name) + "!" + eachObject(input.notes, (note) => " " + asText(note.text))
 * ```
 */
export function emitRenderFunction(template: Template, trims = false): RenderFunction {
  const render = new RenderScope(template, trims);
  const planned = isChatTemplate(template) ? planMessages(template, trims) : "text";
  const partials = template.partials.map((partial) => emitPartial(render, partial, planned)).join("");
  const result =
    planned === "text"
      ? emitText(render, template.nodes, INNER)
      : planned === undefined
        ? emitMessages(render, template.nodes, INNER)
        : emitPlanned(render, planned, INNER);
  const builder =
    planned === undefined
      ? `${INNER}const messages = new ${render.use("MessageBuilder")}(${render.options()}${trims ? ", true" : ""});\n`
      : "";
  const data = render.usesData ? `${INNER}const data = ${emitOption(render, "context")} ?? {};\n` : "";
  const before = builder + data + partials;
  const last = planned === undefined ? `${result}${INNER}return messages.messages();\n` : emitReturn(result, INNER);
  const parameters = emitParameters(render);
  return {
    names: [...render.members],
    code:
      before === "" ? emitArrow(parameters, INDENT, () => result) : `${parameters} => {\n${before}${last}${INDENT}}`,
    texts: render.texts,
    imports: [...render.imports].sort(),
    helpers: [...render.helpers].sort(),
  };
}

/** A rendering function's code, with the names of its texts' constants. */
export function namedTexts({ code }: RenderFunction, names: readonly string[]): string {
  // Literals escape NUL, so it only occurs around these numbers.
  return code.replace(/\0(\d+)\0/g, (_, index: string) => names[Number(index)] ?? index);
}

/** A partial that includes itself: `const renderTree = (context) => …;`. */
function emitPartial(
  render: RenderScope,
  partial: PartialFunction,
  planned: readonly PlannedMessage[] | "text" | undefined,
): string {
  const inner = `${INNER}  `;
  const isText = planned !== undefined;
  const { parameters, code } = render.inPartial(partial, () =>
    isText ? emitText(render, partial.body, inner) : emitMessages(render, partial.body, inner),
  );
  const made = isText ? emitArrow(parameters, INNER, () => code) : `${parameters} => {\n${code}${INNER}}`;
  return `${INNER}const ${render.partials.get(partial.scope.id)} = ${made};\n`;
}

/** The parameters that the function uses: see `CompiledTemplate` of the runtime. */
function emitParameters(render: RenderScope): string {
  if (render.usesOriginal) return "(input, options, original)";
  if (render.usesOptions) return "(input, options)";
  return render.usesInput ? "(input)" : "()";
}

function emitReturn(result: string, indent: string): string {
  if (!result.includes("\n") || /^(\[|placeHistory)/.test(result)) return `${indent}return ${result};\n`;
  return `${indent}return (\n${indent}  ${result.replaceAll("\n", "\n  ")}\n${indent});\n`;
}
