// A template's intermediate form in one line, for tests: `{{#each list}}{{this}}{{/each}}` is `each $1 of $0.list [out $1]`.
// `$0` is the input, `$1` the first context made inside; `$1@index` is a variable of that context's loop.

import { PartialReader } from "../src/parse/parse-partial.js";
import { parseTemplate } from "../src/parse/parse-template.js";
import type { Base, Expression, Node, Template, Test } from "../src/template/ir.js";
import { lowerTemplate } from "../src/template/lower.js";
import type { HelperLookup } from "../src/template/lowering.js";
import { SourceText } from "../src/text/source-text.js";

export interface Surroundings {
  /** Texts of partials, by name. */
  readonly partials?: Readonly<Record<string, string>>;
  readonly helpers?: HelperLookup;
}

/** The printed form, followed by `!` and the code of each finding. */
export function printLowered(text: string, { partials = {}, helpers = new Map() }: Surroundings = {}): string {
  const source = new SourceText("prompts/p.md", text, 0);
  const ast = parseTemplate(source).value;
  if (ast === undefined) throw new Error(`${text} is not a template`);
  const files = new Map(
    Object.entries(partials).map(([name, body]) => [
      name,
      new PartialReader().read({ path: `prompts/_${name}.md`, text: body }).value,
    ]),
  );
  const lookup = {
    names: [...files.keys()],
    find: (name: string) => files.get(name),
    candidates: (name: string) => [`prompts/_${name}.md`],
  };
  const { value, diagnostics } = lowerTemplate(ast, source, { partials: lookup, helpers });
  return [printTemplate(value), ...diagnostics.map(({ code }) => `!${code}`)].filter((part) => part !== "").join(" ");
}

function printTemplate({ nodes, partials }: Template): string {
  const functions = partials.map(({ name, scope, body }) => `; partial ${name}($${scope.id}) ${printBlock(body)}`);
  return printNodes(nodes) + functions.join("");
}

function printNodes(nodes: readonly Node[]): string {
  return nodes.map(printNode).join(" ");
}

function printBlock(nodes: readonly Node[]): string {
  return `[${printNodes(nodes)}]`;
}

function printElse(nodes: readonly Node[]): string {
  return nodes.length === 0 ? "" : ` else ${printBlock(nodes)}`;
}

function printNode(node: Node): string {
  switch (node.kind) {
    case "text":
      return JSON.stringify(node.value);
    case "output":
      return `out ${printExpression(node.value)}`;
    case "if":
      return `if ${printTest(node.test)} ${printBlock(node.then)}${printElse(node.otherwise)}`;
    case "each":
      return `each $${node.scope.id} of ${printExpression(node.list)} ${printBlock(node.body)}${printElse(node.otherwise)}`;
    case "with":
      return `with $${node.scope.id} = ${printExpression(node.value)} ${printBlock(node.body)}${printElse(node.otherwise)}`;
    case "section": {
      const head = `section $${node.scope.id} = ${printExpression(node.value)} or ${printExpression(node.context)}`;
      return `${head} ${printBlock(node.body)}${printElse(node.otherwise)}`;
    }
    case "let":
      return `let $${node.scope.id} = ${printExpression(node.value)} ${printBlock(node.body)}`;
    case "indent":
      return `indent ${JSON.stringify(node.indent)} ${printBlock(node.body)}`;
    case "include":
      return `include ${node.partial.name}(${printExpression(node.context)})`;
    case "role":
      return `role ${node.role}`;
    case "history":
      return "history";
    case "media": {
      const type = node.contentType === undefined ? "" : `, ${printExpression(node.contentType)}`;
      return `media(${printExpression(node.url)}${type})`;
    }
    case "slot":
      return `slot ${JSON.stringify(node.name)}`;
  }
}

function printTest(test: Test): string {
  if (test.kind === "equal") return `${printExpression(test.left)} === ${printExpression(test.right)}`;
  return `${printExpression(test.value)}${test.zeroIsTrue ? " or 0" : ""}`;
}

function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return JSON.stringify(expression.value) ?? "undefined";
    case "path":
      return printPath(expression.base, expression.members);
    case "lookup":
      return `${printExpression(expression.object)}[${printExpression(expression.key)}]`;
    case "json": {
      const indent = expression.indent === undefined ? "" : `, ${printExpression(expression.indent)}`;
      return `json(${printExpression(expression.value)}${indent})`;
    }
    case "untrusted":
      return `delimited(${printExpression(expression.value)})`;
    case "call": {
      const positional = expression.positional.map(({ value }) => printExpression(value));
      const named = expression.named.map(([name, { value }]) => `${name}: ${printExpression(value)}`);
      return `${expression.helper}(${[...positional, ...named].join(", ")})`;
    }
    case "extend": {
      const entries = expression.entries.map(([name, value]) => `${name}: ${printExpression(value)}`);
      return `{${[`...${printExpression(expression.object)}`, ...entries].join(", ")}}`;
    }
  }
}

function printPath(base: Base, members: readonly string[]): string {
  switch (base.kind) {
    case "scope":
      return [`$${base.scope.id}`, ...members].join(".");
    case "loop":
      return [`$${base.scope.id}@${base.variable}`, ...members].join(".");
    case "data":
      return `@${members.join(".")}`;
  }
}
