// Inline partials: `{{#*inline "name"}}…{{/inline}}`, in scope in the program that defines them.

import type { Closure, Environment } from "./environment.js";
import { hashOf } from "./lower-expression.js";
import type { Lowerer } from "./lowerer.js";

/** The environment inside a program, with the inline partials that it defines anywhere among its own statements. */
export function withInlinePartials(at: Lowerer, program: hbs.AST.Program): Environment {
  const inline = inlinePartials(at, program, at.environment.outer);
  return inline === undefined ? at.environment : { ...at.environment, inline };
}

/**
 * The inline partials in scope and those that a program adds; `undefined` if it adds none.
 *
 * @param depths What `../` leads to inside them.
 */
export function inlinePartials(
  at: Lowerer,
  program: hbs.AST.Program,
  depths: Closure["depths"],
): Map<string, Closure> | undefined {
  const blocks = program.body.filter((statement) => statement.type === "DecoratorBlock");
  if (blocks.length === 0) return undefined;
  const { environment } = at;
  const inline = new Map(environment.inline);
  // Inside an inline partial, it is unknown which of its names were block parameters.
  const unreachable = new Map([...environment.parameters.keys()].map((name) => [name, "unreachable"] as const));
  const inside: Environment = { ...environment, inline, parameters: unreachable };
  for (const statement of blocks) {
    const block = statement as hbs.AST.DecoratorBlock;
    const [argument] = block.params;
    const isInline = (block.path as hbs.AST.PathExpression).original === "inline";
    const name = argument?.type === "StringLiteral" ? (argument as hbs.AST.StringLiteral).value : undefined;
    if (!isInline) at.unsupported("a decorator other than {{#*inline}}", undefined, block);
    else if (name === undefined || block.params.length > 1 || hashOf(block).length > 0)
      at.wrongArguments("#*inline", 'takes the partial\'s name, written out: {{#*inline "name"}}', block);
    else inline.set(name, { program: block.program, environment: inside, depths });
  }
  return inline;
}
