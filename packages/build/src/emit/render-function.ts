// From a template's meaning to the function that renders it: statements that add text to a string, a list of messages, or
// statements that tell a message builder what comes. Text only ever enters as string literals (see escape.ts).

import type { RenderFunction } from "../model.js";
import {
  type Expression,
  isChatTemplate,
  type Node,
  type PartialFunction,
  type Scope,
  type Template,
  type Test,
} from "../template/ir.js";
import { isInherited, memberAccess, propertyKey, stringLiteral } from "../text/escape.js";
import { type PlannedMessage, type PlannedPart, planMessages } from "./plan-messages.js";

export function emitRenderFunction(template: Template): RenderFunction {
  const emitter = new RenderEmitter(template);
  const body = emitter.body(template);
  return {
    names: [...emitter.names],
    body,
    readsInput: emitter.looksInto(template.input),
    usesOptions: emitter.usesOptions,
    imports: [...emitter.imports].sort(),
    helpers: [...emitter.helpers].sort(),
  };
}

/** The local name of a project's helper in emitted code; `$` keeps it apart from everything else. */
export function helperConstant(helper: string): string {
  return `$helper_${helper}`;
}

const MESSAGES = { kind: "messages" } as const;

/** Where text goes: into a variable, or to the message builder. */
type Sink = { readonly kind: "string"; readonly variable: string } | { readonly kind: "messages" };

class RenderEmitter {
  readonly names = new Set<string>();
  readonly imports = new Set<string>();
  usesOptions = false;
  readonly helpers = new Set<string>();
  /** A chat prompt's messages, or that only the input tells which there are; `undefined` for a text prompt. */
  readonly #planned: readonly PlannedMessage[] | "at run time" | undefined;
  readonly #partials: readonly PartialFunction[];
  /** Loops whose keys are asked for. */
  readonly #keyed = new Set<number>();
  /** Scopes whose members are asked for, and the members' names. */
  readonly #looked = new Set<number>();
  #usesData = false;
  #strings = 0;

  constructor(template: Template) {
    this.#planned = isChatTemplate(template) ? (planMessages(template) ?? "at run time") : undefined;
    this.#partials = template.partials;
  }

  body({ nodes, partials }: Template): string {
    const functions = partials.map((partial) => this.#partialFunction(partial)).join("");
    const builder =
      this.#planned === "at run time"
        ? `  const messages = new ${this.#use("MessageBuilder")}(${this.#options()});\n`
        : "";
    const rendered =
      this.#planned === undefined
        ? this.#returned(nodes, "  ")
        : this.#planned === "at run time"
          ? `${this.#statements(nodes, MESSAGES, "  ")}  return messages.messages();\n`
          : this.#messages(this.#planned);
    const data = this.#usesData ? `  const data = ${this.#option("context")} ?? {};\n` : "";
    return builder + data + functions + rendered;
  }

  /** Whether members of a context are read. Called once its body is emitted. */
  looksInto(scope: Scope): boolean {
    return this.#looked.has(scope.id);
  }

  #partialFunction({ scope, body }: PartialFunction): string {
    const inside =
      this.#planned === "at run time" ? this.#statements(body, MESSAGES, "    ") : this.#returned(body, "    ");
    const start = `  const ${this.#partialName(scope)} = (${contextName(scope)}) => {\n`;
    return `${start}${this.#lookInto(scope, "    ")}${inside}  };\n`;
  }

  /** What the members of a context are read from, if any are: see `bare` of the runtime. */
  #lookInto(scope: Scope, indent: string): string {
    if (!this.looksInto(scope)) return "";
    return `${indent}const ${bareName(scope)} = ${this.#use("bare")}(${contextName(scope)}, inherited);\n`;
  }

  #partialName(scope: Scope): string {
    return `partial${this.#partials.findIndex((partial) => partial.scope.id === scope.id) + 1}`;
  }

  /** Messages as a list; what is no expression is made before it. */
  #messages(planned: readonly PlannedMessage[]): string {
    let before = "";
    const content = (nodes: readonly Node[]): string => {
      const { statements, value } = this.#string(nodes, "  ", "      ");
      before += statements;
      return value;
    };
    const part = (planned: PlannedPart): string =>
      planned.kind === "text" ? `{ type: "text", text: ${content(planned.nodes)} }` : this.#media(planned);
    const messages = planned.filter((message) => message !== "history");
    const items = messages.map((message) => {
      const [first] = message.parts;
      const isText = message.parts.length === 1 && first?.kind === "text";
      const given = isText ? content(first.nodes) : `[${message.parts.map(part).join(", ")}]`;
      return `    { role: ${stringLiteral(message.role)}, content: ${given} },\n`;
    });
    // Last place first: what is put in moves only what comes after it.
    const places = planned.flatMap((message, index) => (message === "history" ? [index] : []));
    const list = places.reduceRight(
      (inner, index, count) => `${this.#use("placeHistory")}(${inner}, ${index - count}, ${this.#options()})`,
      `[\n${items.join("")}  ]`,
    );
    return `${before}  return ${list};\n`;
  }

  #media({ url, contentType }: Extract<Node, { kind: "media" }>): string {
    const type = contentType === undefined ? "" : `, ${this.#value(contentType)}`;
    return `${this.#use("mediaPart")}(${this.#value(url)}${type})`;
  }

  /** Nodes as statements that make a string, and return it. */
  #returned(nodes: readonly Node[], indent: string): string {
    const { statements, value } = this.#string(nodes, indent, `${indent}  `);
    return `${statements}${indent}return ${value};\n`;
  }

  /**
   * Nodes as an expression of type string, after the statements that it takes: `let s = ""; …`, then `s`.
   * @param inner The indent of the expression's further lines.
   */
  #string(nodes: readonly Node[], indent: string, inner: string): { statements: string; value: string } {
    const variable = this.#strings === 0 ? "s" : `s${this.#strings}`;
    this.#strings++;
    const first = nodes.findIndex((node) => !isExpression(node));
    if (first === -1) return { statements: "", value: this.#concatenation(nodes, inner) };
    const [plain, rest] = [nodes.slice(0, first), nodes.slice(first)];
    const start = `${indent}let ${variable} = ${this.#concatenation(plain, `${indent}  `)};\n`;
    const statements = this.#statements(rest, { kind: "string", variable }, indent);
    return { statements: start + statements, value: variable };
  }

  #statements(nodes: readonly Node[], sink: Sink, indent: string): string {
    let code = "";
    let run: Node[] = [];
    const endRun = () => {
      if (run.length > 0) code += this.#add(run, sink, indent);
      run = [];
    };
    for (const node of nodes) {
      if (sink.kind === "string" ? isExpression(node) : isValue(node)) run.push(node);
      else {
        endRun();
        code += this.#statement(node, sink, indent);
      }
    }
    endRun();
    return code;
  }

  /**
   * A run of text and values. Whether it counts as a message's content is known here, from the template alone: a value's
   * text never decides whether there is a message.
   */
  #add(run: readonly Node[], sink: Sink, indent: string): string {
    const text = this.#concatenation(run, `${indent}  `);
    if (sink.kind === "string") return `${indent}${sink.variable} += ${text};\n`;
    const isContent = run.some((node) => node.kind !== "text" || node.value.trim() !== "");
    return `${indent}messages.${isContent ? "text" : "space"}(${text});\n`;
  }

  /** Text and values as one expression of type string. */
  #concatenation(nodes: readonly Node[], indent: string): string {
    const parts: string[] = [];
    let text = "";
    const endText = () => {
      if (text !== "") parts.push(stringLiteral(text));
      text = "";
    };
    for (const node of nodes) {
      if (node.kind === "text") text += node.value;
      else if (node.kind === "output" && node.value.kind === "literal") text += literalText(node.value.value);
      else {
        endText();
        parts.push(this.#part(node, indent));
      }
    }
    endText();
    return parts.length === 0 ? '""' : parts.join(` +\n${indent}`);
  }

  #part(node: Node, indent: string): string {
    if (node.kind === "output") return this.#text(node.value);
    if (node.kind === "slot")
      return `${this.#use("text")}(${this.#use("own")}(${this.#option("sections")}, ${stringLiteral(node.name)}))`;
    if (node.kind !== "if") throw new Error(`a ${node.kind} is no expression`);
    const [inner, test] = [`${indent}  `, this.#test(node.test)];
    const [then, otherwise] = [node.then, node.otherwise].map((branch) => this.#concatenation(branch, `${inner}  `));
    return `(${test}\n${inner}? ${then}\n${inner}: ${otherwise})`;
  }

  #statement(node: Node, sink: Sink, indent: string): string {
    const inner = `${indent}  `;
    switch (node.kind) {
      case "text":
      case "output":
        return this.#add([node], sink, indent);
      case "role":
        return `${indent}messages.role(${stringLiteral(node.role)});\n`;
      case "history":
        return `${indent}messages.history();\n`;
      case "media":
        return `${indent}messages.part(${this.#media(node)});\n`;
      case "slot":
        return sink.kind === "string"
          ? this.#add([node], sink, indent)
          : `${indent}messages.section(${stringLiteral(node.name)});\n`;
      case "if":
        return this.#if(this.#test(node.test), node.then, node.otherwise, sink, indent);
      case "with": {
        const name = contextName(node.scope);
        const test = `${this.#use("isPresentOrZero")}(${name})`;
        const inside = this.#if(test, node.body, node.otherwise, sink, inner);
        const constant = `${inner}const ${name} = ${this.#value(node.value)};\n`;
        return `${indent}{\n${constant}${this.#lookInto(node.scope, inner)}${inside}${indent}}\n`;
      }
      case "each":
      case "section":
        return this.#loop(node, sink, indent);
      case "let": {
        const inside = this.#statements(node.body, sink, inner);
        const constant = `${inner}const ${contextName(node.scope)} = ${this.#value(node.value)};\n`;
        return `${indent}{\n${constant}${this.#lookInto(node.scope, inner)}${inside}${indent}}\n`;
      }
      case "indent": {
        if (sink.kind === "messages")
          return `${indent}messages.indented(${stringLiteral(node.indent)}, () => {\n${this.#statements(node.body, sink, inner)}${indent}});\n`;
        const { statements, value } = this.#string(node.body, inner, `${inner}  `);
        const added = `${this.#use("indentLines")}(${value}, ${stringLiteral(node.indent)})`;
        return `${indent}{\n${statements}${inner}${sink.variable} += ${added};\n${indent}}\n`;
      }
      case "include": {
        const call = `${this.#partialName(node.partial.scope)}(${this.#value(node.context)})`;
        return sink.kind === "string" ? `${indent}${sink.variable} += ${call};\n` : `${indent}${call};\n`;
      }
    }
  }

  #if(test: string, then: readonly Node[], otherwise: readonly Node[], sink: Sink, indent: string): string {
    const inner = `${indent}  `;
    const [first, second] = [this.#statements(then, sink, inner), this.#statements(otherwise, sink, inner)];
    if (first === "" && second === "") return "";
    if (first === "") return `${indent}if (!${test}) {\n${second}${indent}}\n`;
    return `${indent}if (${test}) {\n${first}${indent}}${second === "" ? "" : ` else {\n${second}${indent}}`}\n`;
  }

  #loop(node: Extract<Node, { kind: "each" | "section" }>, sink: Sink, indent: string): string {
    const { id } = node.scope;
    const inner = `${indent}  `;
    const [items, index, value] = [
      `l${id}`,
      `i${id}`,
      node.kind === "each" ? this.#value(node.list) : this.#value(node.value),
    ];
    const body = this.#statements(node.body, sink, `${inner}  `);
    const otherwise = this.#statements(node.otherwise, sink, `${inner}  `);
    const isKeyed = this.#keyed.has(id);
    const list =
      node.kind === "section"
        ? `const ${items} = ${this.#use("sectionItems")}(${value}, ${this.#value(node.context)});\n`
        : isKeyed
          ? `const v${id} = ${value}, ${items} = ${this.#use("items")}(v${id}), k${id} = ${this.#use("keys")}(v${id});\n`
          : `const ${items} = ${this.#use("items")}(${value});\n`;
    const name = contextName(node.scope);
    // A hole in an array is no item.
    const hole = `${inner}  if (${name} === undefined && !(${index} in ${items})) continue;\n`;
    const item = `${inner}  const ${name} = ${items}[${index}];\n${hole}${this.#lookInto(node.scope, `${inner}  `)}`;
    const loop = `for (let ${index} = 0; ${index} < ${items}.length; ${index}++) {\n${item}${body}${inner}}\n`;
    const empty = otherwise === "" ? "" : `${inner}if (${items}.length === 0) {\n${otherwise}${inner}}\n`;
    return `${indent}{\n${inner}${list}${inner}${loop}${empty}${indent}}\n`;
  }

  #test(test: Test): string {
    if (test.kind === "equal") return `(${this.#value(test.left)} === ${this.#value(test.right)})`;
    return `${this.#use(test.zeroIsTrue ? "isPresentOrZero" : "isPresent")}(${this.#value(test.value)})`;
  }

  #text(expression: Expression): string {
    // JSON is text already.
    return expression.kind === "json" ? this.#value(expression) : `${this.#use("text")}(${this.#value(expression)})`;
  }

  #value(expression: Expression): string {
    switch (expression.kind) {
      case "literal":
        return typeof expression.value === "string" ? stringLiteral(expression.value) : String(expression.value);
      case "lookup":
        return `${this.#use("lookup")}(${this.#value(expression.object)}, ${this.#value(expression.key)})`;
      case "json": {
        const indent = expression.indent === undefined ? "" : `, ${this.#value(expression.indent)}`;
        return `${this.#use("json")}(${this.#value(expression.value)}${indent})`;
      }
      case "call": {
        this.helpers.add(expression.helper);
        const named = expression.named.map(([name, { value }]) => `${computedKey(name)}: ${this.#value(value)}`);
        const positional = expression.positional.map(({ value }) => this.#value(value));
        const all = expression.takesNamed
          ? [...positional, named.length === 0 ? "{}" : `{ ${named.join(", ")} }`]
          : positional;
        return `${helperConstant(expression.helper)}(${all.join(", ")})`;
      }
      case "extend": {
        // Handlebars lays them over last first, which is the order that loops find them in.
        const entries = expression.entries
          .map(([key, value]) => `${computedKey(key)}: ${this.#value(value)}`)
          .reverse();
        return `${this.#use("extend")}(${this.#value(expression.object)}, { ${entries.join(", ")} })`;
      }
      case "path":
        return this.#path(expression);
    }
  }

  #path({ base, members }: Extract<Expression, { kind: "path" }>): string {
    const [head, ...rest] = members;
    const own = (object: string, name: string) => `${this.#use("own")}(${object}, ${stringLiteral(name)})`;
    if (base.kind === "data") {
      this.#usesData = true;
      return members.reduce(own, "data");
    }
    if (base.kind === "loop") return members.reduce(own, this.#loopVariable(base));
    if (head === undefined) return contextName(base.scope);
    if (isInherited(head)) return rest.reduce(own, own(contextName(base.scope), head));
    this.#looked.add(base.scope.id);
    this.names.add(head);
    return rest.reduce(own, memberAccess(bareName(base.scope), head));
  }

  #loopVariable({ scope: { id }, variable }: { scope: Scope; variable: "key" | "index" | "first" | "last" }): string {
    switch (variable) {
      case "key":
        this.#keyed.add(id);
        return `(k${id} === undefined ? i${id} : k${id}[i${id}])`;
      case "index":
        return `i${id}`;
      case "first":
        return `(i${id} === 0)`;
      case "last":
        return `(i${id} === l${id}.length - 1)`;
    }
  }

  /** Options are an object of the caller's: nothing that it inherits is one. */
  #option(name: string): string {
    return `${this.#use("own")}(${this.#options()}, ${stringLiteral(name)})`;
  }

  #options(): string {
    this.usesOptions = true;
    return "options";
  }

  #use(name: string): string {
    this.imports.add(name);
    return name;
  }
}

/** Whether a node is text or a value, which a message builder takes as they are. */
function isValue({ kind }: Node): boolean {
  return kind === "text" || kind === "output";
}

/** Whether a node's text is an expression: text, a value, a place for text, or a choice between such. */
function isExpression(node: Node): boolean {
  return (
    isValue(node) ||
    node.kind === "slot" ||
    (node.kind === "if" && node.then.every(isExpression) && node.otherwise.every(isExpression))
  );
}

function literalText(value: string | number | boolean | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

function contextName(scope: Scope): string {
  return scope.id === 0 ? "input" : `c${scope.id}`;
}

/** The context as members are read from it. */
function bareName(scope: Scope): string {
  return `b${scope.id}`;
}

/** A property's name in an object literal, where `__proto__` must stay an ordinary name. */
function computedKey(name: string): string {
  return name === "__proto__" ? '["__proto__"]' : propertyKey(name);
}
