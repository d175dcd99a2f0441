// Lowering at one place of a template: what names mean there, and the state that the whole run shares. Every step of
// lowering takes one of these, called `at`, and the node to lower.

import type { Arguments, Code } from "@cuecard/model";
import { offsets, type Span } from "../language/syntax.js";
import type { SourceText } from "../text/source-text.js";
import type { Suggestions } from "../text/suggestions.js";
import type { Environment } from "./environment.js";
import type { Expression, Node, Origin, Scope } from "./ir.js";
import { type HelperLookup, type Lowering, MAX_LEVELS, MAX_NODES, type RegionBranch } from "./lowering.js";

/** Lowers a program. lower.ts passes it in, since blocks and partials contain programs. */
export type LowerProgram = (at: Lowerer, program: hbs.AST.Program) => Node[];

export class Lowerer {
  /** Shared by all places of the template. */
  readonly run: Lowering;
  readonly environment: Environment;
  readonly #lowerProgram: LowerProgram;

  constructor(run: Lowering, environment: Environment, lowerProgram: LowerProgram) {
    this.run = run;
    this.environment = environment;
    this.#lowerProgram = lowerProgram;
  }

  get source(): SourceText {
    return this.environment.source;
  }

  get suggestions(): Suggestions {
    return this.run.suggestions;
  }

  /** The project's own helpers. */
  get helpers(): HelperLookup {
    return this.run.helpers;
  }

  /** The same run at another place. */
  in(environment: Environment): Lowerer {
    return new Lowerer(this.run, environment, this.#lowerProgram);
  }

  /** Lowers a program in this environment. A missing branch is lowered to nothing. */
  program(program: hbs.AST.Program | undefined): Node[] {
    return program === undefined ? [] : this.#lowerProgram(this, program);
  }

  /** The same, for a program that is rendered as a whole. */
  region(program: hbs.AST.Program): Node[] {
    return [...this.#probe(program, undefined), ...this.program(program)];
  }

  /** A branch of a block; one that is not written renders nothing. */
  branch(block: hbs.AST.BlockStatement, side: RegionBranch["side"], value: Expression | undefined): Node[] {
    const program = (side === "block" ? block.program : block.inverse) as hbs.AST.Program | undefined;
    const branch = { tag: this.span(block.path), side, isWritten: program !== undefined, value };
    // `{{else if}}` is the branches of its own block.
    const isChain = side === "else" && program !== undefined && "chained" in program && program.chained === true;
    return [...(isChain ? [] : this.#probe(program, branch)), ...this.program(program)];
  }

  #probe(program: hbs.AST.Program | undefined, branch: RegionBranch | undefined): readonly Node[] {
    const { probe } = this.run;
    if (probe === undefined) return [];
    const loc = program?.loc as hbs.AST.SourceLocation | undefined;
    const body = program === undefined || loc === undefined ? undefined : this.span(program);
    return probe({ source: this.source, body, ...(branch === undefined ? {} : { branch }) });
  }

  /** A new context, as loops and `{{#with}}` create. */
  scope(): Scope {
    return this.run.scope();
  }

  /** Counts a node. Returns false if there are too many or they are nested too deep, which is reported once. */
  admits(node: hbs.AST.Node): boolean {
    const exceeded = this.run.countNode();
    if (exceeded === undefined) return true;
    if (exceeded === "reported") return false;
    const name = this.environment.partials.at(-1);
    const partial = name === undefined ? "partials" : `partials (here in "${name.replace(/^\*/, "")}")`;
    const args =
      exceeded === "nodes"
        ? { what: "parts with its partials merged in", limit: MAX_NODES }
        : { what: `nested blocks and ${partial}`, limit: MAX_LEVELS };
    this.report("template/too-large", args, node);
    return false;
  }

  span(node: hbs.AST.Node): Span {
    return offsets(node, this.source);
  }

  /** A node as it is written. */
  text(node: hbs.AST.Node): string {
    return this.source.text.slice(...this.span(node));
  }

  origin(node: hbs.AST.Node): Origin {
    const [start, end] = this.span(node);
    return { source: this.source, start, end };
  }

  report<C extends Code>(code: C, args: Arguments<C>, where: hbs.AST.Node | Span): void {
    this.run.report(code, args, this.source, Array.isArray(where) ? where : this.span(where));
  }

  unsupported(what: string, instead: string | undefined, where: hbs.AST.Node | Span): void {
    this.report("template/unsupported", { what, instead }, where);
  }

  wrongArguments(helper: string, problem: string, where: hbs.AST.Node): void {
    this.report("template/wrong-arguments", { helper, problem }, where);
  }
}
