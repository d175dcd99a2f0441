// From Handlebars' syntax tree to a template's meaning: names resolved to scopes, partials merged in, helpers understood.
// Follows Handlebars 4.7.10's compiler (lib/handlebars/compiler) and its built-in helpers. What is not understood is a
// diagnostic, never a guess.

import { type Arguments, type Code, type Diagnostic, diagnose } from "@cuecard/model";
import { nearest, type Role } from "@cuecard/runtime";
import type { PartialSource } from "../parse/parse-partial.js";
import type { TemplateAst } from "../parse/parse-template.js";
import type { SourceText } from "../parse/source-text.js";
import {
  contextOf,
  type Environment,
  helperName,
  isPlainScope,
  member,
  originOf,
  thisBase,
  thisScope,
} from "./environment.js";
import type { Base, Expression, Node, Origin, Scope, Template } from "./ir.js";
import { asPath, isLoopVariable, isScoped, offsets, partialName, usesParents } from "./syntax.js";

export interface PartialLookup {
  find(name: string): PartialSource | undefined;
  /** The paths that were tried, for the message. */
  candidates(name: string): readonly string[];
  /** Every partial that this prompt can name. */
  readonly names: readonly string[];
}

export function lowerTemplate(
  ast: TemplateAst,
  source: SourceText,
  partials: PartialLookup,
): { value: Template; diagnostics: Diagnostic[] } {
  const lowering = new Lowering(partials);
  const input = lowering.scope();
  const environment = {
    source,
    context: contextOf(input),
    parents: [],
    parameters: new Map(),
    loops: [],
    partials: [],
  };
  const nodes = lowering.program(ast, environment);
  return { value: { nodes, input }, diagnostics: lowering.diagnostics };
}

/** How many nodes a template may come to with every partial merged in. */
const MAX_NODES = 50_000;
/** How many members a path may have. */
const MAX_MEMBERS = 64;
const ROLES: ReadonlyMap<string, Role> = new Map([
  ["system", "system"],
  ["user", "user"],
  ["assistant", "assistant"],
  ["model", "assistant"],
  ["tool", "tool"],
]);
const BLOCK_HELPERS = ["if", "unless", "each", "with"];
const INLINE_HELPERS = ["lookup", "role", "history"];
/** Of Handlebars and dotprompt, not compiled yet. */
const OTHER_HELPERS = [
  "log",
  "json",
  "media",
  "section",
  "ifEquals",
  "unlessEquals",
  "helperMissing",
  "blockHelperMissing",
];
const HELPERS = [...BLOCK_HELPERS, ...INLINE_HELPERS];

class Lowering {
  readonly diagnostics: Diagnostic[] = [];
  readonly #partials: PartialLookup;
  #scopes = 0;
  #nodes = 0;

  constructor(partials: PartialLookup) {
    this.#partials = partials;
  }

  scope(): Scope {
    return { id: this.#scopes++ };
  }

  program(program: hbs.AST.Program | undefined, environment: Environment): Node[] {
    const nodes: Node[] = [];
    for (const statement of program?.body ?? []) {
      if (++this.#nodes > MAX_NODES) {
        if (this.#nodes === MAX_NODES + 1)
          this.#report(
            "template/too-large",
            { what: "parts with its partials merged in", limit: MAX_NODES },
            environment,
            statement,
          );
        return nodes;
      }
      nodes.push(...this.#statement(statement, environment));
    }
    return nodes;
  }

  #statement(statement: hbs.AST.Statement, environment: Environment): Node[] {
    switch (statement.type) {
      case "ContentStatement": {
        const value = (statement as hbs.AST.ContentStatement).value;
        return value === "" ? [] : [{ kind: "text", value }];
      }
      case "CommentStatement":
        return [];
      case "MustacheStatement":
        return this.#mustache(statement as hbs.AST.MustacheStatement, environment);
      case "BlockStatement":
        return this.#block(statement as hbs.AST.BlockStatement, environment);
      case "PartialStatement":
        return this.#partial(statement as hbs.AST.PartialStatement, environment);
      case "PartialBlockStatement":
        return this.#unsupported("a partial block ({{#> name}})", "use {{> name}}", environment, statement);
      case "Decorator":
      case "DecoratorBlock":
        return this.#unsupported(
          "a decorator or inline partial ({{#*inline}})",
          "put it into a partial file",
          environment,
          statement,
        );
      default:
        return this.#unsupported(`a ${statement.type}`, undefined, environment, statement);
    }
  }

  #mustache(mustache: hbs.AST.MustacheStatement, environment: Environment): Node[] {
    const origin = originOf(mustache, environment);
    const path = asPath(mustache.path);
    if (path === undefined) return this.#unsupported("a computed helper name", undefined, environment, mustache);
    const name = helperName(path, environment);
    const hasArguments = mustache.params.length > 0 || (mustache.hash?.pairs.length ?? 0) > 0;

    if (name === "role") return this.#role(mustache, environment, origin);
    if (name === "history") {
      if (hasArguments)
        this.#report(
          "template/wrong-arguments",
          { helper: name, problem: "takes no arguments" },
          environment,
          mustache,
        );
      return [{ kind: "history", origin }];
    }
    if (name !== undefined && BLOCK_HELPERS.includes(name)) {
      const problem = `is a block: {{#${name} …}} … {{/${name}}}`;
      this.#report("template/wrong-arguments", { helper: name, problem }, environment, mustache);
      return [];
    }
    if (hasArguments || (name !== undefined && this.#isHelper(name))) {
      const value = this.#call(path, mustache, environment);
      return value === undefined ? [] : [{ kind: "output", value, origin }];
    }
    const value = this.#path(path, environment);
    return value === undefined ? [] : [{ kind: "output", value, origin }];
  }

  #role(mustache: hbs.AST.MustacheStatement, environment: Environment, origin: Origin): Node[] {
    const [argument] = mustache.params;
    if (argument === undefined || mustache.params.length > 1) {
      this.#report("template/wrong-arguments", { helper: "role", problem: "takes one role" }, environment, mustache);
      return [];
    }
    const name = argument.type === "StringLiteral" ? (argument as hbs.AST.StringLiteral).value : undefined;
    const role = name === undefined ? undefined : ROLES.get(name);
    if (role !== undefined) return [{ kind: "role", role, origin }];
    const written = environment.source.text.slice(...offsets(argument, environment.source));
    this.#report("template/unknown-role", { role: written }, environment, argument);
    return [];
  }

  #block(block: hbs.AST.BlockStatement, environment: Environment): Node[] {
    const path = asPath(block.path);
    const name = path === undefined ? undefined : helperName(path, environment);
    if (path === undefined || name === undefined || !BLOCK_HELPERS.includes(name))
      return this.#otherBlock(path, block, environment);

    const origin = originOf(block.path, environment);
    const [argument] = block.params;
    if (argument === undefined || block.params.length > 1) {
      this.#report(
        "template/wrong-arguments",
        { helper: `#${name}`, problem: "takes one value" },
        environment,
        block.path,
      );
      return [];
    }
    const zeroIsTrue = this.#includeZero(name, block, environment);
    const value = this.#expression(argument, environment);
    if (value === undefined) return [];

    if (name === "if" || name === "unless") {
      const program = this.program(block.program, environment);
      const inverse = this.program(block.inverse, environment);
      const [then, otherwise] = name === "if" ? [program, inverse] : [inverse, program];
      return [{ kind: "if", condition: value, zeroIsTrue, then, otherwise }];
    }
    if (
      value.kind === "path" &&
      value.base === thisBase(environment) &&
      value.members.length === 0 &&
      usesParents(block.program)
    )
      return this.#unsupported(`../ inside {{#${name} this}}`, "name what it should mean", environment, block.path);

    const scope = this.scope();
    const names = block.program.blockParams ?? [];
    const limit = name === "each" ? 2 : 1;
    if (names.length > limit) {
      const problem = limit === 1 ? "gives one block parameter" : "gives two block parameters: the item and its key";
      this.#report("template/wrong-arguments", { helper: `#${name}`, problem }, environment, block.path);
    }
    const parameters = new Map(environment.parameters);
    if (names[0] !== undefined) parameters.set(names[0], { kind: "scope", scope });
    if (names[1] !== undefined) parameters.set(names[1], { kind: "loop", scope, variable: "key" });
    const inner: Environment = {
      ...environment,
      context: contextOf(scope),
      parents: [environment.context, ...environment.parents],
      parameters,
      loops: name === "each" ? [scope, ...environment.loops] : environment.loops,
    };
    const body = this.program(block.program, inner);
    const otherwise = this.program(block.inverse, environment);
    return name === "each"
      ? [{ kind: "each", list: value, scope, body, otherwise, origin }]
      : [{ kind: "with", value, scope, body, otherwise, origin }];
  }

  #otherBlock(
    path: hbs.AST.PathExpression | undefined,
    block: hbs.AST.BlockStatement,
    environment: Environment,
  ): Node[] {
    if (path === undefined) return this.#unsupported("a computed block name", undefined, environment, block);
    if (block.params.length > 0 && !OTHER_HELPERS.includes(path.original)) {
      const helper = path.original;
      this.#report("template/unknown-helper", { helper, nearest: nearest(helper, BLOCK_HELPERS) }, environment, path);
      return [];
    }
    const what = `{{#${path.original}}}`;
    const instead = OTHER_HELPERS.includes(path.original)
      ? undefined
      : `write {{#if ${path.original}}}, {{#each ${path.original}}} or {{#with ${path.original}}}`;
    return this.#unsupported(what, instead, environment, path);
  }

  #includeZero(name: string, block: hbs.AST.BlockStatement, environment: Environment): boolean {
    let zeroIsTrue = false;
    for (const pair of block.hash?.pairs ?? []) {
      const literal = pair.value.type === "BooleanLiteral" ? (pair.value as hbs.AST.BooleanLiteral).value : undefined;
      if ((name === "if" || name === "unless") && pair.key === "includeZero" && literal !== undefined)
        zeroIsTrue = literal;
      else {
        const problem = `takes no "${pair.key}"${name === "if" ? " (but includeZero=true)" : ""}`;
        this.#report("template/wrong-arguments", { helper: `#${name}`, problem }, environment, pair);
      }
    }
    return zeroIsTrue;
  }

  #partial(partial: hbs.AST.PartialStatement, environment: Environment): Node[] {
    const name = partialName(partial);
    if (name === undefined) {
      this.#report("template/dynamic-partial", { choices: this.#partials.names }, environment, partial.name);
      return [];
    }
    if (name === "@partial-block") return this.#unsupported("@partial-block", undefined, environment, partial);
    const found = this.#partials.find(name);
    if (found === undefined) {
      const args = {
        partial: name,
        looked: this.#partials.candidates(name),
        nearest: nearest(name, this.#partials.names),
      };
      this.#report("template/unknown-partial", args, environment, partial.name);
      return [];
    }
    if (environment.partials.includes(name)) {
      const chain = [...environment.partials.slice(environment.partials.indexOf(name)), name];
      this.#report("template/partial-cycle", { chain }, environment, partial.name);
      return [];
    }
    if (found.source === undefined) return [];

    const inside = {
      source: found.source,
      parameters: new Map<string, Base>(),
      partials: [...environment.partials, name],
    };
    const [argument] = partial.params;
    const given = argument === undefined ? environment.context.expression : this.#expression(argument, environment);
    if (given === undefined) return [];
    const hash = (partial.hash?.pairs ?? []).flatMap((pair): [string, Expression][] => {
      const value = this.#expression(pair.value, environment);
      return value === undefined ? [] : [[pair.key, value]];
    });
    // Without an argument the context stays, and with it whatever lies over it.
    const inherited = argument === undefined ? environment.context.overrides : new Map<string, Expression>();
    const overrides = new Map([...inherited, ...hash]);
    const parents = environment.parents.length === 0 && argument === undefined ? [] : (["unknown"] as const);

    const isInput = isPlainScope(given) && thisScope(given) === 0;
    // Hash arguments make the context an object of its own members, whatever it was; the input is one already.
    const value: Expression = hash.length > 0 && !isInput ? { kind: "extend", object: given, entries: [] } : given;
    let nodes: Node[];
    if (isPlainScope(value)) {
      nodes = this.program(found.ast, {
        ...environment,
        ...inside,
        context: { expression: value, overrides },
        parents,
      });
    } else {
      const scope = this.scope();
      const context = { expression: contextOf(scope).expression, overrides };
      nodes = [
        { kind: "let", value, scope, body: this.program(found.ast, { ...environment, ...inside, context, parents }) },
      ];
    }
    return partial.indent === "" || partial.indent === undefined
      ? nodes
      : [{ kind: "indent", indent: partial.indent, body: nodes }];
  }

  #expression(expression: hbs.AST.Expression, environment: Environment): Expression | undefined {
    switch (expression.type) {
      case "PathExpression":
        return this.#path(expression as hbs.AST.PathExpression, environment);
      case "SubExpression": {
        const call = expression as hbs.AST.SubExpression;
        const path = asPath(call.path);
        if (path !== undefined) return this.#call(path, call, environment);
        this.#unsupported("a computed helper name", undefined, environment, call);
        return undefined;
      }
      case "StringLiteral":
      case "NumberLiteral":
      case "BooleanLiteral":
        return {
          kind: "literal",
          value: (expression as hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral).value,
        };
      case "NullLiteral":
        return { kind: "literal", value: null };
      case "UndefinedLiteral":
        return { kind: "literal", value: undefined };
      default:
        this.#unsupported(`a ${expression.type}`, undefined, environment, expression);
        return undefined;
    }
  }

  #call(
    path: hbs.AST.PathExpression,
    call: Pick<hbs.AST.SubExpression, "params" | "hash" | "loc">,
    environment: Environment,
  ): Expression | undefined {
    const helper = path.original;
    if (helper === "lookup") {
      const [object, key] = call.params.map((argument) => this.#expression(argument, environment));
      if (call.params.length !== 2 || (call.hash?.pairs.length ?? 0) > 0) {
        this.#report("template/wrong-arguments", { helper, problem: "takes an object and a key" }, environment, path);
        return undefined;
      }
      if (object === undefined || key === undefined) return undefined;
      return { kind: "lookup", object, key, origin: originOf(path, environment) };
    }
    if (this.#isHelper(helper)) this.#unsupported(`{{${helper}}} here`, undefined, environment, path);
    else this.#report("template/unknown-helper", { helper, nearest: nearest(helper, HELPERS) }, environment, path);
    return undefined;
  }

  #isHelper(name: string): boolean {
    return HELPERS.includes(name) || OTHER_HELPERS.includes(name);
  }

  #path(path: hbs.AST.PathExpression, environment: Environment): Expression | undefined {
    if (path.parts.length > MAX_MEMBERS) {
      this.#report("template/too-large", { what: "members in one path", limit: MAX_MEMBERS }, environment, path);
      return undefined;
    }
    const origin = originOf(path, environment);
    if (path.data) return this.#dataPath(path, environment, origin);
    const [head, ...rest] = path.parts;
    if (head !== undefined && path.depth === 0 && !isScoped(path)) {
      const parameter = environment.parameters.get(head);
      if (parameter !== undefined) return { kind: "path", base: parameter, members: rest, origin };
    }
    const context = path.depth === 0 ? environment.context : environment.parents[path.depth - 1];
    if (context === undefined && path.depth > 0) {
      // Handlebars finds nothing above the input.
      const above = path.depth - environment.parents.length;
      this.#unsupported(`${"../".repeat(above)} above the input`, "leave it out", environment, path);
      return undefined;
    }
    if (context === "unknown") {
      this.#unsupported("../ out of a partial", "pass the value: {{> partial name=../name}}", environment, path);
      return undefined;
    }
    return context === undefined ? undefined : member(context, path.parts, origin);
  }

  #dataPath(path: hbs.AST.PathExpression, environment: Environment, origin: Origin): Expression | undefined {
    const [head = "", ...members] = path.parts;
    if (head === "root") return { kind: "path", base: { kind: "scope", scope: { id: 0 } }, members, origin };
    if (isLoopVariable(head)) {
      const scope = environment.loops[path.depth];
      if (scope !== undefined) return { kind: "path", base: { kind: "loop", scope, variable: head }, members, origin };
    }
    return { kind: "path", base: { kind: "data" }, members: [head, ...members], origin };
  }

  #unsupported(what: string, instead: string | undefined, environment: Environment, at: hbs.AST.Node): Node[] {
    this.#report("template/unsupported", { what, instead }, environment, at);
    return [];
  }

  #report<C extends Code>(code: C, args: Arguments<C>, environment: Environment, at: hbs.AST.Node): void {
    const { source } = environment;
    this.diagnostics.push(diagnose(code, args, source.place(...offsets(at, source))));
  }
}
