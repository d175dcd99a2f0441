// Partials: `{{> name}}`, and partial blocks `{{#> name}}…{{/name}}` with `{{> @partial-block}}`. Each use is merged
// into the template by itself; a partial that includes itself becomes a function.

import { writtenPartialName } from "../language/syntax.js";
import type { PartialSource } from "../parse/parse-partial.js";
import {
  type Closure,
  type Context,
  contextOf,
  type Environment,
  type Frame,
  isSameContext,
  plainScope,
  scopePath,
} from "./environment.js";
import { inlinePartials } from "./inline-partials.js";
import type { Expression, Node, PartialFunction } from "./ir.js";
import { hashOf, lowerExpression } from "./lower-expression.js";
import type { Lowerer } from "./lowerer.js";
import type { RecursivePartial } from "./lowering.js";

const PARTIAL_BLOCK = "@partial-block";

type PartialNode = hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement;
type PartialFile = Extract<PartialSource, { source: object }>;

/** One use of a partial: its name, where it is, and the context and block that it gets. */
interface Use {
  readonly name: string;
  readonly node: PartialNode;
  readonly given: GivenContext;
  readonly block: Closure | undefined;
}

interface GivenContext {
  readonly context: Context;
  /** The context has to be computed first: it is not a scope that paths could start from. */
  readonly isComputed: boolean;
  /** Whether every hash argument could be lowered. */
  readonly isWhole: boolean;
}

export function lowerPartial(at: Lowerer, partial: hbs.AST.PartialStatement): Node[] {
  const nodes = lowerUse(at, partial, undefined);
  return partial.indent === "" || partial.indent === undefined
    ? nodes
    : [{ kind: "indent", indent: partial.indent, body: nodes }];
}

export function lowerPartialBlock(at: Lowerer, partial: hbs.AST.PartialBlockStatement): Node[] {
  const { environment } = at;
  const depths = [environment.context, ...environment.parents];
  return lowerUse(at, partial, { program: partial.program, environment, depths });
}

function lowerUse(at: Lowerer, node: PartialNode, block: Closure | undefined): Node[] {
  const name = writtenPartialName(node as hbs.AST.PartialStatement);
  if (name === undefined) {
    at.report("template/dynamic-partial", { choices: at.run.partials.names }, node.name);
    return [];
  }
  const given = partialContext(at, node);
  if (given === undefined) return [];
  const nodes = lowerCalled(at, { name, node, given, block });
  // Without one of its hash arguments, the partial's names would refer to something else.
  return given.isWhole ? nodes : [];
}

/** Lowers what a use calls: the block it was given, an inline partial, or a file. */
function lowerCalled(at: Lowerer, use: Use): Node[] {
  const { name, node, block } = use;
  const { environment } = at;
  if (name === PARTIAL_BLOCK) {
    if (environment.block !== undefined) return callBlock(at, use, environment.block, environment.frames);
    at.report("template/no-partial-block", {}, node.name);
    return [];
  }
  const inline = environment.inline.get(name);
  if (inline !== undefined) return callInline(at, use, inline);
  const { partials } = at.run;
  const file = partials.find(name);
  if (file !== undefined) return file.source === undefined ? [] : callFile(at, use, file);
  const near = at.suggestions.nearest(name, [...environment.inline.keys(), ...partials.names]);
  const args = { partial: name, looked: partials.candidates(name), nearest: near };
  if (block === undefined) {
    at.report("template/unknown-partial", args, node.name);
    return [];
  }
  // A partial block whose partial does not exist renders its own text.
  at.report("template/unknown-partial-block", args, node.name);
  return callBlock(at, use, block, ["plain", ...environment.frames]);
}

function partialContext(at: Lowerer, node: PartialNode): GivenContext | undefined {
  const { context } = at.environment;
  const [argument] = node.params;
  const expression = argument === undefined ? context.expression : lowerExpression(at, argument);
  if (expression === undefined) return undefined;
  const pairs = hashOf(node);
  const hash = pairs.flatMap((pair): [string, Expression][] => {
    const value = lowerExpression(at, pair.value);
    return value === undefined ? [] : [[pair.key, value]];
  });
  const isWhole = hash.length === pairs.length;
  // Without an argument the context stays the same, including the hash arguments that override its members.
  const inherited = argument === undefined ? context.overrides : new Map<string, Expression>();
  if (hash.length === 0)
    return {
      context: { expression, overrides: inherited },
      isComputed: plainScope(expression) === undefined,
      isWhole,
    };
  // Hash arguments turn any context into an object with only its own members. The input already is one.
  const overrides = new Map([...inherited, ...hash]);
  return plainScope(expression) === 0
    ? { context: { expression, overrides }, isComputed: false, isWhole }
    : {
        context: { expression: { kind: "extend", object: expression, entries: [] }, overrides },
        isComputed: true,
        isWhole,
      };
}

/** Lowers a partial's text for a context. A computed context is evaluated once, before the text. */
function inContext(at: Lowerer, { given, node }: Use, body: (context: Context) => Node[]): Node[] {
  if (!given.isComputed) return body(given.context);
  const scope = at.scope();
  const context = { expression: scopePath(scope), overrides: given.context.overrides };
  const origin = at.origin(node.params[0] ?? node.name);
  return [{ kind: "let", value: given.context.expression, scope, body: body(context), origin }];
}

function callFile(at: Lowerer, use: Use, file: PartialFile): Node[] {
  if (at.environment.partials.includes(use.name)) return callRecursive(at, use, file);
  const inside = { ...insideFile(at.environment, use.name, file), ...withBlock(at, use.block) };
  return inContext(at, use, (context) => at.in({ ...inside, context }).region(file.ast));
}

/** What a partial's file sees of the place where it is used: less than a block does. */
function insideFile(environment: Environment, name: string, { source }: PartialFile): Environment {
  return {
    ...environment,
    source,
    parents: ["partial"],
    outer: [],
    parameters: new Map(),
    partials: [...environment.partials, name],
  };
}

/** What a block given to a partial adds: its text as `@partial-block`, its inline partials, and a data frame. */
function withBlock(at: Lowerer, block: Closure | undefined): Pick<Environment, "block" | "inline" | "frames"> {
  const { environment } = at;
  const { inline, frames } = environment;
  if (block === undefined) return { block: environment.block, inline, frames };
  const defined = inlinePartials(at.in(block.environment), block.program, block.depths);
  return { block, inline: defined ?? inline, frames: ["plain", ...frames] };
}

function callInline(at: Lowerer, use: Use, inline: Closure): Node[] {
  const { environment } = at;
  const key = inlineKey(use.name);
  if (environment.partials.includes(key)) {
    at.unsupported("an inline partial that includes itself", "put it into a partial file", use.node.name);
    return [];
  }
  const given = withBlock(at, use.block);
  // Inline partials of the same file see each other as defined where they are called.
  const isSameFile = at.source === inline.environment.source;
  const seen = isSameFile ? given.inline : inline.environment.inline;
  const partials = [...environment.partials, key];
  return inContext(at, use, (context) =>
    at.in({ ...callOf(inline, context), ...given, inline: seen, partials }).region(inline.program),
  );
}

function inlineKey(name: string): string {
  return `*${name}`;
}

/** `{{> @partial-block}}`, or a block in place of the partial that does not exist. */
function callBlock(at: Lowerer, use: Use, block: Closure, frames: readonly Frame[]): Node[] {
  return inContext(at, use, (context) =>
    at.in({ ...callOf(block, context), frames: ["plain", ...frames] }).region(block.program),
  );
}

/** The environment of a closure's text, called with a context. */
function callOf({ environment, depths }: Closure, context: Context): Environment {
  const [first, ...rest] = depths;
  const parents = isSameContext(context, first) ? rest : depths;
  return { ...environment, context, parents, outer: depths };
}

function callRecursive(at: Lowerer, { name, node, given, block }: Use, file: PartialFile): Node[] {
  const { environment } = at;
  const known = at.run.recursive.get(name) ?? defineRecursive(at, name, file);
  if (block !== undefined || known.block !== environment.block || known.inline !== environment.inline) {
    const what = "a partial that includes itself and takes blocks or inline partials on the way";
    at.unsupported(what, undefined, node.name);
    return [];
  }
  const { expression, overrides } = given.context;
  const context: Expression =
    overrides.size === 0 ? expression : { kind: "extend", object: expression, entries: [...overrides] };
  const chain = [...environment.partials, name];
  return [{ kind: "include", partial: known.partial, context, chain, origin: at.origin(node.name) }];
}

function defineRecursive(at: Lowerer, name: string, file: PartialFile): RecursivePartial {
  const { environment } = at;
  const partial: PartialFunction = { name, scope: at.scope(), body: [] };
  const recursive = { partial, inline: environment.inline, block: environment.block };
  at.run.recursive.set(name, recursive);
  const inside: Environment = {
    ...insideFile(environment, name, file),
    context: contextOf(partial.scope),
    // It is called from several places, with different loops around it.
    frames: ["unknown"],
    partials: [name],
  };
  partial.body = at.in(inside).region(file.ast);
  return recursive;
}
