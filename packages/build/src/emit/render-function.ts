// From a template's meaning to the function that renders it. A text prompt becomes one string expression; a chat prompt
// becomes statements that tell a message builder what comes. Text only ever enters as string literals (see escape.ts).

import { type Expression, isChatTemplate, type Node, type Scope, type Template } from "../template/ir.js";
import { stringLiteral } from "./escape.js";

export interface RenderFunction {
  /** Source of `(input, data) => string` for text, `(input, data, messages) => void` for chat. */
  readonly code: string;
  /** What it uses of @cuecard/runtime, sorted. */
  readonly imports: readonly string[];
}

export function emitRenderFunction(template: Template): RenderFunction {
  const emitter = new RenderEmitter();
  const input = contextName(template.input);
  const code = isChatTemplate(template)
    ? `(${input}, data, messages) => {\n${emitter.statements(template.nodes, "  ")}}`
    : `(${input}, data) =>\n  ${emitter.string(template.nodes, "  ")}`;
  return { code, imports: [...emitter.imports].sort() };
}

function contextName(scope: Scope): string {
  return scope.id === 0 ? "input" : `c${scope.id}`;
}

class RenderEmitter {
  readonly imports = new Set<string>();

  /** Nodes as one expression of type string. */
  string(nodes: readonly Node[], indent: string): string {
    const parts: string[] = [];
    let text = "";
    for (const node of nodes) {
      if (node.kind === "text") {
        text += node.value;
        continue;
      }
      if (text !== "") parts.push(stringLiteral(text));
      text = "";
      const part = this.#stringPart(node, indent);
      if (part !== '""') parts.push(part);
    }
    if (text !== "") parts.push(stringLiteral(text));
    return parts.length === 0 ? '""' : parts.join(` +\n${indent}`);
  }

  #stringPart(node: Node, indent: string): string {
    const inner = `${indent}  `;
    switch (node.kind) {
      case "text":
        return stringLiteral(node.value);
      case "output":
        return this.#text(node.value);
      case "if": {
        const [then, otherwise] = [this.string(node.then, inner), this.string(node.otherwise, inner)];
        return `(${this.#test(node)}\n${inner}? ${then}\n${inner}: ${otherwise})`;
      }
      case "each":
      case "with": {
        const body = this.string(node.body, inner);
        const otherwise = node.otherwise.length === 0 ? "" : `, () =>\n${inner}${this.string(node.otherwise, inner)}`;
        return `${this.#blockCall(node)} =>\n${inner}${body}${otherwise})`;
      }
      case "let": {
        const body = this.string(node.body, inner);
        return `((${contextName(node.scope)}) =>\n${inner}${body})(${this.#value(node.value)})`;
      }
      case "indent":
        return `${this.#use("indentLines")}(${this.string(node.body, inner)}, ${stringLiteral(node.indent)})`;
      case "role":
      case "history":
        throw new Error(`a ${node.kind} cannot stand in text`);
    }
  }

  /** Nodes as statements on `messages`. */
  statements(nodes: readonly Node[], indent: string): string {
    let code = "";
    let run: Node[] = [];
    const endRun = () => {
      if (run.length > 0) code += this.#textStatement(run, indent);
      run = [];
    };
    for (const node of nodes) {
      if (node.kind === "text" || node.kind === "output") run.push(node);
      else {
        endRun();
        code += this.#statement(node, indent);
      }
    }
    endRun();
    return code;
  }

  /**
   * A run of text and values. Whether it counts as a message's content is known here, from the template alone: a value's
   * text never decides whether there is a message.
   */
  #textStatement(run: readonly Node[], indent: string): string {
    const isContent = run.some((node) => node.kind === "output" || (node.kind === "text" && node.value.trim() !== ""));
    return `${indent}messages.${isContent ? "text" : "space"}(${this.string(run, `${indent}  `)});\n`;
  }

  #statement(node: Node, indent: string): string {
    const inner = `${indent}  `;
    switch (node.kind) {
      case "text":
      case "output":
        return this.#textStatement([node], indent);
      case "role":
        return `${indent}messages.role(${stringLiteral(node.role)});\n`;
      case "history":
        return `${indent}messages.history();\n`;
      case "if": {
        const otherwise = this.statements(node.otherwise, inner);
        const then = this.statements(node.then, inner);
        return `${indent}if (${this.#test(node)}) {\n${then}${indent}}${otherwise === "" ? "" : ` else {\n${otherwise}${indent}}`}\n`;
      }
      case "each":
      case "with": {
        const body = this.statements(node.body, inner);
        const otherwise = this.statements(node.otherwise, inner);
        const call = this.#blockCall(node, "Do");
        return `${indent}${call} => {\n${body}${indent}}${otherwise === "" ? "" : `, () => {\n${otherwise}${indent}}`});\n`;
      }
      case "let":
        return `${indent}{\n${inner}const ${contextName(node.scope)} = ${this.#value(node.value)};\n${this.statements(node.body, inner)}${indent}}\n`;
      case "indent":
        return `${indent}messages.indented(${stringLiteral(node.indent)}, () => {\n${this.statements(node.body, inner)}${indent}});\n`;
    }
  }

  #blockCall(node: Extract<Node, { kind: "each" | "with" }>, suffix = ""): string {
    const item = contextName(node.scope);
    if (node.kind === "with") return `${this.#use(`using${suffix}`)}(${this.#value(node.value)}, (${item})`;
    const parameters = [item, `k${node.scope.id}`, `i${node.scope.id}`, `l${node.scope.id}`];
    return `${this.#use(`each${suffix}`)}(${this.#value(node.list)}, (${parameters.join(", ")})`;
  }

  #test(node: Extract<Node, { kind: "if" }>): string {
    return `${this.#use(node.zeroIsTrue ? "isPresentOrZero" : "isPresent")}(${this.#value(node.condition)})`;
  }

  #text(expression: Expression): string {
    if (expression.kind === "literal")
      return stringLiteral(expression.value === null || expression.value === undefined ? "" : String(expression.value));
    return `${this.#use("text")}(${this.#value(expression)})`;
  }

  #value(expression: Expression): string {
    switch (expression.kind) {
      case "literal":
        return typeof expression.value === "string" ? stringLiteral(expression.value) : String(expression.value);
      case "lookup":
        return `${this.#use("lookup")}(${this.#value(expression.object)}, ${this.#value(expression.key)})`;
      case "extend": {
        const entries = expression.entries.map(([key, value]) => `[${stringLiteral(key)}]: ${this.#value(value)}`);
        return `${this.#use("extend")}(${this.#value(expression.object)}, { ${entries.join(", ")} })`;
      }
      case "path": {
        const { base } = expression;
        const start =
          base.kind === "scope" ? contextName(base.scope) : base.kind === "data" ? "data" : loopVariable(base);
        return expression.members.reduce(
          (object, name) => `${this.#use("own")}(${object}, ${stringLiteral(name)})`,
          start,
        );
      }
    }
  }

  #use(name: string): string {
    this.imports.add(name);
    return name;
  }
}

function loopVariable(base: { readonly scope: Scope; readonly variable: "key" | "index" | "first" | "last" }): string {
  const { id } = base.scope;
  switch (base.variable) {
    case "key":
      return `k${id}`;
    case "index":
      return `i${id}`;
    case "first":
      return `(i${id} === 0)`;
    case "last":
      return `l${id}`;
  }
}
