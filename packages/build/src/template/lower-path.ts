// Paths: `name`, `this.name`, `../name`, `@index`, block parameters. What each refers to at one place of the template.

import { isLoopVariable, isPartialBlock, isScoped } from "../language/syntax.js";
import { type Context, member } from "./environment.js";
import type { Expression, Origin } from "./ir.js";
import type { Lowerer } from "./lowerer.js";

/** How many members a path may have. */
const MAX_MEMBERS = 64;

export function lowerPath(at: Lowerer, path: hbs.AST.PathExpression): Expression | undefined {
  if (path.parts.length > MAX_MEMBERS) {
    const args = { what: "members in one path", limit: MAX_MEMBERS };
    at.report("template/too-large", args, path);
    return undefined;
  }
  const origin = at.origin(path);
  if (path.data) return lowerDataPath(at, path, origin);
  const [head, ...rest] = path.parts;
  if (head !== undefined && path.depth === 0 && !isScoped(path)) {
    const parameter = at.environment.parameters.get(head);
    if (parameter === "unreachable") {
      const what = `the block parameter "${head}" inside an inline partial`;
      at.unsupported(what, `pass it: {{> partial ${head}=${head}}}`, path);
      return undefined;
    }
    if (parameter !== undefined) return { kind: "path", base: parameter, members: rest, origin };
  }
  const context = contextAbove(at, path);
  return context && member(context, path.parts, origin);
}

/** The context that a path's `../` lead to. */
function contextAbove(at: Lowerer, path: hbs.AST.PathExpression): Context | undefined {
  if (path.depth === 0) return at.environment.context;
  const passed = at.environment.parents.slice(0, path.depth);
  const [name = "name"] = path.parts;
  if (passed.includes("partial"))
    at.unsupported("../ out of a partial", `pass the value: {{> partial ${name}=../${name}}}`, path);
  else if (passed.includes("section"))
    at.unsupported("../ out of a section ({{#name}})", "write {{#if}}, {{#each}} or {{#with}}", path);
  // Handlebars finds nothing above the input.
  else if (passed.length < path.depth)
    at.unsupported(`${"../".repeat(path.depth - passed.length)} above the input`, "leave it out", path);
  const found = passed.some((parent) => typeof parent === "string") ? undefined : passed[path.depth - 1];
  return typeof found === "string" ? undefined : found;
}

/** `@name`: a variable of a loop around this place, or else what the caller passes in `context`. */
function lowerDataPath(at: Lowerer, path: hbs.AST.PathExpression, origin: Origin): Expression | undefined {
  const [head = "", ...members] = path.parts;
  const { frames } = at.environment;
  if (isPartialBlock(path)) {
    at.unsupported("@partial-block as a value", "test it: {{#if @partial-block}}", path);
    return undefined;
  }
  if (path.depth > frames.length) {
    const what = `@${"../".repeat(path.depth)} here: there are ${frames.length} loops around it`;
    at.unsupported(what, undefined, path);
    return undefined;
  }
  if (frames.slice(0, path.depth).includes("unknown")) {
    const what = `@${"../".repeat(path.depth)} here, where the number of enclosing loops varies`;
    at.unsupported(what, "use {{#each … as |item index|}}", path);
    return undefined;
  }
  if (head === "root") return { kind: "path", base: { kind: "scope", scope: { id: 0 } }, members, origin };
  if (isLoopVariable(head)) {
    const frame = frames.slice(path.depth).find((candidate) => candidate !== "plain");
    if (frame === "unknown") {
      const what = `@${head} here, where it may belong to different loops or to none`;
      at.unsupported(what, `use {{#each … as |item ${head}|}}`, path);
      return undefined;
    }
    if (frame !== undefined)
      return { kind: "path", base: { kind: "loop", scope: frame, variable: head }, members, origin };
  }
  const inLoop = frames.slice(path.depth).some((frame) => frame !== "plain");
  at.run.usesContext = true;
  return { kind: "path", base: { kind: "data", inLoop }, members: [head, ...members], origin };
}
