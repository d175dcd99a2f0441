// From Handlebars' syntax tree to a template's meaning: names resolved to scopes, partials merged in, helpers understood.
// Follows Handlebars 4.7.10's compiler (lib/handlebars/compiler) and its built-in helpers. What is not understood is a
// diagnostic, never a guess.

import type { Diagnostic } from "@cuecard/model";
import type { TemplateAst } from "../parse/parse-template.js";
import type { SourceText } from "../text/source-text.js";
import { findEndlessPartials } from "./endless-partials.js";
import { type Environment, rootEnvironment } from "./environment.js";
import type { Node, Template } from "./ir.js";
import { lowerBlock } from "./lower-block.js";
import { lowerMustache } from "./lower-mustache.js";
import { lowerPartial, lowerPartialBlock, withInlinePartials } from "./lower-partial.js";
import { type HelperLookup, Lowering, type PartialLookup } from "./lowering.js";

export function lowerTemplate(
  ast: TemplateAst,
  source: SourceText,
  partials: PartialLookup,
  helpers: HelperLookup,
): { value: Template; diagnostics: Diagnostic[] } {
  const lowering = new Lowering(partials, helpers);
  const input = lowering.scope();
  const nodes = lowerProgram(lowering, ast, rootEnvironment(source, input));
  const functions = [...lowering.recursive.values()].map(({ partial }) => partial);
  return {
    value: { nodes, input, partials: functions },
    diagnostics: [...lowering.diagnostics, ...findEndlessPartials(functions)],
  };
}

/** @param environment That of the program's inside; its inline partials are found here. */
export function lowerProgram(
  lowering: Lowering,
  program: hbs.AST.Program | undefined,
  environment: Environment,
): Node[] {
  if (program === undefined) return [];
  const inside = withInlinePartials(lowering, program, environment);
  const nodes: Node[] = [];
  for (const statement of program.body) {
    if (!lowering.admits(inside, statement)) break;
    nodes.push(...lowerStatement(lowering, statement, inside));
  }
  return nodes;
}

function lowerStatement(lowering: Lowering, statement: hbs.AST.Statement, environment: Environment): Node[] {
  switch (statement.type) {
    case "ContentStatement": {
      const { value } = statement as hbs.AST.ContentStatement;
      return value === "" ? [] : [{ kind: "text", value }];
    }
    case "CommentStatement":
    case "DecoratorBlock": // An inline partial: it was found before.
      return [];
    case "MustacheStatement":
      return lowerMustache(lowering, statement as hbs.AST.MustacheStatement, environment);
    case "BlockStatement":
      return lowerBlock(lowering, statement as hbs.AST.BlockStatement, environment);
    case "PartialStatement":
      return lowerPartial(lowering, statement as hbs.AST.PartialStatement, environment);
    case "PartialBlockStatement":
      return lowerPartialBlock(lowering, statement as hbs.AST.PartialBlockStatement, environment);
    case "Decorator":
      lowering.unsupported("a decorator ({{*name}})", undefined, environment, statement);
      return [];
    default:
      lowering.unsupported(`a ${statement.type}`, undefined, environment, statement);
      return [];
  }
}
