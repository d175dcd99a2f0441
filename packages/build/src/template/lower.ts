// Lowers Handlebars' syntax tree to the intermediate form (ir.ts): resolves names to scopes, merges partials in and
// interprets helpers. Follows Handlebars 4.7.10's compiler (lib/handlebars/compiler) and its built-in helpers. Whatever
// cannot be compiled is reported, never guessed.

import type { Diagnostic } from "@cuecard/model";
import type { TemplateAst } from "../parse/parse-template.js";
import type { SourceText } from "../text/source-text.js";
import { findEndlessPartials } from "./endless-partials.js";
import { rootEnvironment } from "./environment.js";
import { withInlinePartials } from "./inline-partials.js";
import type { Node, Template } from "./ir.js";
import { lowerBlock } from "./lower-block.js";
import { lowerMustache } from "./lower-mustache.js";
import { lowerPartial, lowerPartialBlock } from "./lower-partial.js";
import { Lowerer } from "./lowerer.js";
import { type HelperLookup, Lowering, type PartialLookup, type Probe } from "./lowering.js";

/** @param known.probe Adds nodes to each region of the template: see `Region`. */
export function lowerTemplate(
  ast: TemplateAst,
  source: SourceText,
  known: { readonly partials: PartialLookup; readonly helpers: HelperLookup; readonly probe?: Probe },
): { value: Template; diagnostics: Diagnostic[] } {
  const run = new Lowering(known.partials, known.helpers, known.probe);
  const input = run.scope();
  const nodes = new Lowerer(run, rootEnvironment(source, input), lowerProgram).region(ast);
  const functions = [...run.recursive.values()].map(({ partial }) => partial);
  return {
    value: { nodes, input, partials: functions, usesContext: run.usesContext },
    diagnostics: [...run.diagnostics, ...findEndlessPartials(functions)],
  };
}

function lowerProgram(at: Lowerer, program: hbs.AST.Program): Node[] {
  return at.run.inside(() => lowerStatements(at, program));
}

function lowerStatements(at: Lowerer, program: hbs.AST.Program): Node[] {
  const inside = at.in(withInlinePartials(at, program));
  const nodes: Node[] = [];
  for (const statement of program.body) {
    if (!inside.admits(statement)) break;
    nodes.push(...lowerStatement(inside, statement));
  }
  return nodes;
}

function lowerStatement(at: Lowerer, statement: hbs.AST.Statement): Node[] {
  switch (statement.type) {
    case "ContentStatement": {
      const { value } = statement as hbs.AST.ContentStatement;
      return value === "" ? [] : [{ kind: "text", value }];
    }
    case "CommentStatement":
    case "DecoratorBlock": // An inline partial: withInlinePartials has read it.
      return [];
    case "MustacheStatement":
      return lowerMustache(at, statement as hbs.AST.MustacheStatement);
    case "BlockStatement":
      return lowerBlock(at, statement as hbs.AST.BlockStatement);
    case "PartialStatement":
      return lowerPartial(at, statement as hbs.AST.PartialStatement);
    case "PartialBlockStatement":
      return lowerPartialBlock(at, statement as hbs.AST.PartialBlockStatement);
    case "Decorator":
      at.unsupported("a decorator ({{*name}})", undefined, statement);
      return [];
    default:
      at.unsupported(`a ${statement.type}`, undefined, statement);
      return [];
  }
}
