// Partials: `{{> name}}`, partial blocks `{{#> name}}…{{/name}}` with `{{> @partial-block}}`, inline partials
// `{{#*inline "name"}}`. Each use is merged into the template by itself; a partial inside itself becomes a function.

import { nearest } from "@cuecard/runtime";
import { partialName } from "../language/syntax.js";
import type { PartialSource } from "../parse/parse-partial.js";
import {
  type Closure,
  type Context,
  contextOf,
  type Environment,
  type Frame,
  isSameContext,
  originOf,
  plainScope,
  scopePath,
} from "./environment.js";
import type { Expression, Node, PartialFunction } from "./ir.js";
import { lowerProgram } from "./lower.js";
import { hashOf, lowerExpression } from "./lower-expression.js";
import type { Lowering, RecursivePartial } from "./lowering.js";

const PARTIAL_BLOCK = "@partial-block";

export function lowerPartial(lowering: Lowering, partial: hbs.AST.PartialStatement, environment: Environment): Node[] {
  const nodes = lowerUse(lowering, partial, environment, undefined);
  return partial.indent === "" || partial.indent === undefined
    ? nodes
    : [{ kind: "indent", indent: partial.indent, body: nodes }];
}

export function lowerPartialBlock(
  lowering: Lowering,
  partial: hbs.AST.PartialBlockStatement,
  environment: Environment,
): Node[] {
  const depths = [environment.context, ...environment.parents];
  return lowerUse(lowering, partial, environment, { program: partial.program, environment, depths });
}

/** The environment of a program's inside, with the inline partials that it defines anywhere among its own statements. */
export function withInlinePartials(
  lowering: Lowering,
  program: hbs.AST.Program,
  environment: Environment,
): Environment {
  const defined = inlinePartials(lowering, program, environment, environment.outer);
  return defined === undefined ? environment : { ...environment, inline: defined };
}

/** The inline partials in reach, those of a program added; `undefined` when it has none. */
function inlinePartials(
  lowering: Lowering,
  program: hbs.AST.Program,
  environment: Environment,
  depths: Closure["depths"],
): Map<string, Closure> | undefined {
  const blocks = program.body.filter((statement) => statement.type === "DecoratorBlock");
  if (blocks.length === 0) return undefined;
  const inline = new Map(environment.inline);
  // Which of an inline partial's names were block parameters cannot be seen from inside it.
  const unreachable = new Map([...environment.parameters.keys()].map((name) => [name, "unreachable"] as const));
  const inside: Environment = { ...environment, inline, parameters: unreachable };
  for (const statement of blocks) {
    const block = statement as hbs.AST.DecoratorBlock;
    const [argument] = block.params;
    const isInline = (block.path as hbs.AST.PathExpression).original === "inline";
    const name = argument?.type === "StringLiteral" ? (argument as hbs.AST.StringLiteral).value : undefined;
    if (!isInline) lowering.unsupported("a decorator other than {{#*inline}}", undefined, environment, block);
    else if (name === undefined || block.params.length > 1 || hashOf(block).length > 0)
      lowering.wrongArguments(
        "#*inline",
        'takes the partial\'s name, written out: {{#*inline "name"}}',
        environment,
        block,
      );
    else inline.set(name, { program: block.program, environment: inside, depths });
  }
  return inline;
}

function lowerUse(
  lowering: Lowering,
  partial: hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement,
  environment: Environment,
  block: Closure | undefined,
): Node[] {
  const name = partialName(partial as hbs.AST.PartialStatement);
  if (name === undefined) {
    lowering.report("template/dynamic-partial", { choices: lowering.partials.names }, environment, partial.name);
    return [];
  }
  const given = partialContext(lowering, partial, environment);
  if (given === undefined) return [];
  const nodes = lowerGiven(lowering, { name, at: partial, given, environment, block });
  // Without one of its hash arguments the partial would name what is not meant.
  return given.isWhole ? nodes : [];
}

function lowerGiven(lowering: Lowering, use: Use): Node[] {
  const { name, at: partial, environment, block } = use;
  if (name === PARTIAL_BLOCK) {
    if (environment.block !== undefined) return callBlock(lowering, use, environment.block, environment.frames);
    lowering.report("template/no-partial-block", {}, environment, partial.name);
    return [];
  }
  const inline = environment.inline.get(name);
  if (inline !== undefined) return callInline(lowering, use, inline);
  const file = lowering.partials.find(name);
  if (file !== undefined) return file.source === undefined ? [] : callFile(lowering, use, file);
  const args = {
    partial: name,
    looked: lowering.partials.candidates(name),
    nearest: nearest(name, [...environment.inline.keys(), ...lowering.partials.names]),
  };
  if (block === undefined) {
    lowering.report("template/unknown-partial", args, environment, partial.name);
    return [];
  }
  // A partial block without its partial is its own text.
  lowering.report("template/unknown-partial-block", args, environment, partial.name);
  return callBlock(lowering, use, block, ["plain", ...environment.frames]);
}

/** One use of a partial: what is called, where, with which context and block. */
interface Use {
  readonly name: string;
  readonly at: hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement;
  readonly given: Given;
  readonly environment: Environment;
  readonly block: Closure | undefined;
}

/** The context that a partial gets. */
interface Given {
  readonly context: Context;
  /** The context has to be made first: it is no scope that paths could start from. */
  readonly isComputed: boolean;
  /** Every hash argument was understood. */
  readonly isWhole: boolean;
}

function partialContext(lowering: Lowering, partial: Use["at"], environment: Environment): Given | undefined {
  const [argument] = partial.params;
  const given =
    argument === undefined ? environment.context.expression : lowerExpression(lowering, argument, environment);
  if (given === undefined) return undefined;
  const hash = hashOf(partial).flatMap((pair): [string, Expression][] => {
    const value = lowerExpression(lowering, pair.value, environment);
    return value === undefined ? [] : [[pair.key, value]];
  });
  // Without an argument the context stays, and with it whatever lies over it.
  const inherited = argument === undefined ? environment.context.overrides : new Map<string, Expression>();
  const isWhole = hash.length === hashOf(partial).length;
  if (hash.length === 0)
    return {
      context: { expression: given, overrides: inherited },
      isComputed: plainScope(given) === undefined,
      isWhole,
    };
  // Hash arguments make the context an object of its own members, whatever it was; the input is one already.
  const overrides = new Map([...inherited, ...hash]);
  return plainScope(given) === 0
    ? { context: { expression: given, overrides }, isComputed: false, isWhole }
    : { context: { expression: { kind: "extend", object: given, entries: [] }, overrides }, isComputed: true, isWhole };
}

/** Lowers a partial's text for a context; a computed one is made once, before. */
function inContext({ given, at, environment }: Use, lowering: Lowering, body: (context: Context) => Node[]): Node[] {
  if (!given.isComputed) return body(given.context);
  const scope = lowering.scope();
  const context = { expression: scopePath(scope), overrides: given.context.overrides };
  const origin = originOf(at.params[0] ?? at.name, environment);
  return [{ kind: "let", value: given.context.expression, scope, body: body(context), origin }];
}

function callFile(lowering: Lowering, use: Use, file: Extract<PartialSource, { source: object }>): Node[] {
  const { name, environment, block } = use;
  if (environment.partials.includes(name)) return callRecursive(lowering, use, file);
  return inContext(use, lowering, (context) =>
    lowerProgram(lowering, file.ast, {
      ...ofFile(file, name, environment),
      context,
      ...withBlock(lowering, environment, block),
    }),
  );
}

/** What a partial's file sees of the place where it is used: less than a block would. */
function ofFile(file: Extract<PartialSource, { source: object }>, name: string, environment: Environment): Environment {
  return {
    ...environment,
    source: file.source,
    parents: ["partial"],
    outer: [],
    parameters: new Map(),
    partials: [...environment.partials, name],
  };
}

/** A block given to a partial: its text as `@partial-block`, its inline partials, and a data frame of its own. */
function withBlock(
  lowering: Lowering,
  environment: Environment,
  block: Closure | undefined,
): Pick<Environment, "block" | "inline" | "frames"> {
  const { inline, frames } = environment;
  if (block === undefined) return { block: environment.block, inline, frames };
  const defined = inlinePartials(lowering, block.program, block.environment, block.depths);
  return { block, inline: defined ?? inline, frames: ["plain", ...frames] };
}

function callInline(lowering: Lowering, use: Use, inline: Closure): Node[] {
  const { name, environment, block } = use;
  if (environment.partials.includes(inlineKey(name))) {
    const instead = "put it into a partial file";
    lowering.unsupported("an inline partial that includes itself", instead, environment, use.at.name);
    return [];
  }
  const given = withBlock(lowering, environment, block);
  return inContext(use, lowering, (context) =>
    lowerProgram(lowering, inline.program, {
      ...callOf(inline, context),
      ...given,
      // Inline partials of one file see each other as they are at the place of the call.
      inline: environment.source === inline.environment.source ? given.inline : inline.environment.inline,
      partials: [...environment.partials, inlineKey(name)],
    }),
  );
}

function inlineKey(name: string): string {
  return `*${name}`;
}

/** `{{> @partial-block}}`, or a block that stands for the partial that is not there. */
function callBlock(lowering: Lowering, use: Use, block: Closure, frames: readonly Frame[]): Node[] {
  return inContext(use, lowering, (context) =>
    lowerProgram(lowering, block.program, {
      ...callOf(block, context),
      frames: ["plain", ...frames],
    }),
  );
}

/** The environment of a closure's text, called with a context. */
function callOf({ environment, depths }: Closure, context: Context): Environment {
  const [first, ...rest] = depths;
  const parents = isSameContext(context, first) ? rest : depths;
  return { ...environment, context, parents, outer: depths };
}

function callRecursive(lowering: Lowering, use: Use, file: Extract<PartialSource, { source: object }>): Node[] {
  const { name, environment, block, given } = use;
  const known = lowering.recursive.get(name) ?? defineRecursive(lowering, name, file, environment);
  if (block !== undefined || known.block !== environment.block || known.inline !== environment.inline) {
    const what = "a partial that includes itself and takes blocks or inline partials on the way";
    lowering.unsupported(what, undefined, environment, use.at.name);
    return [];
  }
  const { expression, overrides } = given.context;
  const context: Expression =
    overrides.size === 0 ? expression : { kind: "extend", object: expression, entries: [...overrides] };
  const { partial } = known;
  const chain = [...environment.partials, name];
  return [{ kind: "include", partial, context, chain, origin: originOf(use.at.name, environment) }];
}

function defineRecursive(
  lowering: Lowering,
  name: string,
  file: Extract<PartialSource, { source: object }>,
  environment: Environment,
): RecursivePartial {
  const partial: PartialFunction = { name, scope: lowering.scope(), body: [] };
  const { inline, block } = environment;
  const recursive = { partial, inline, block };
  lowering.recursive.set(name, recursive);
  partial.body = lowerProgram(lowering, file.ast, {
    ...ofFile(file, name, environment),
    context: contextOf(partial.scope),
    // Called from several places: nobody knows which loops are around it.
    frames: ["unknown"],
    partials: [name],
  });
  return recursive;
}
