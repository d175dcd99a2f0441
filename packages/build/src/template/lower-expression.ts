// Values: paths, literals and helper calls that give a value.

import { isBlockHelper, isHook, isInlineHelper } from "../language/language.js";
import { asPath, isLoopVariable, isPartialBlock, isScoped, offsets } from "../language/syntax.js";
import { type Context, type Environment, helperName, member, originOf } from "./environment.js";
import type { Argument, Expression, Origin } from "./ir.js";
import type { Lowering } from "./lowering.js";
import { refuseObject, reportUnknownHelper } from "./refuse-call.js";

/** How many members a path may have. */
const MAX_MEMBERS = 64;

/** A helper's call, in a tag of its own or in parentheses. */
export type Call = Pick<hbs.AST.SubExpression, "params" | "hash" | "loc" | "type">;

/** The value of an expression; `undefined` when it has errors. */
export function lowerExpression(
  lowering: Lowering,
  expression: hbs.AST.Expression,
  environment: Environment,
): Expression | undefined {
  switch (expression.type) {
    case "PathExpression":
      return lowerPath(lowering, expression as hbs.AST.PathExpression, environment);
    case "SubExpression": {
      const call = expression as hbs.AST.SubExpression;
      const path = asPath(call.path);
      if (path !== undefined) return lowerCall(lowering, path, call, environment);
      lowering.unsupported("a computed helper name", undefined, environment, call);
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
      lowering.unsupported(`a ${expression.type}`, undefined, environment, expression);
      return undefined;
  }
}

/** A helper called for its value. */
export function lowerCall(
  lowering: Lowering,
  path: hbs.AST.PathExpression,
  call: Call,
  environment: Environment,
): Expression | undefined {
  const helper = helperName(path, environment);
  if (helper === "lookup") return lowerLookup(lowering, path, call, environment);
  if (helper === "json") return lowerJson(lowering, path, call, environment);
  if (isBlockHelper(helper)) {
    const { text } = environment.source;
    const [start, named] = offsets(path, environment.source);
    const last = call.params.at(-1);
    const isTag = /\{\{~?\s*$/.test(text.slice(Math.max(0, start - 10), start));
    const given = last !== undefined && isTag ? text.slice(named, offsets(last, environment.source)[1]) : " …";
    const instead = `write {{#${helper}${given}}}…{{/${helper}}}`;
    lowering.report("template/wrong-arguments", { helper, problem: "is a block", instead }, environment, path);
  } else if (isInlineHelper(helper))
    lowering.wrongArguments(helper, "gives no value: it stands in a tag of its own", environment, path);
  else if (isHook(helper)) lowering.unsupported(`{{${helper}}}`, undefined, environment, path);
  else if (helper !== undefined && lowering.helpers.has(helper))
    return lowerProjectHelper(lowering, helper, path, call, environment);
  else reportUnknownHelper(lowering, path, call, environment);
  return undefined;
}

function lowerLookup(
  lowering: Lowering,
  path: hbs.AST.PathExpression,
  call: Call,
  environment: Environment,
): Expression | undefined {
  const [object, key] = call.params.map((argument) => lowerExpression(lowering, argument, environment));
  if (call.params.length !== 2 || hashOf(call).length > 0) {
    lowering.wrongArguments("lookup", "takes an object and a key", environment, path);
    return undefined;
  }
  if (object === undefined || key === undefined) return undefined;
  return { kind: "lookup", object, key, origin: originOf(path, environment) };
}

function lowerJson(
  lowering: Lowering,
  path: hbs.AST.PathExpression,
  call: Call,
  environment: Environment,
): Expression | undefined {
  const [argument] = call.params;
  const [named, ...others] = hashOf(call);
  if (argument === undefined || call.params.length > 1 || others.length > 0 || (named && named.key !== "indent")) {
    const problem =
      "takes one value, and indent=2 if need be" +
      (argument === undefined ? "; a variable of that name is written {{this.json}}" : "");
    lowering.wrongArguments("json", problem, environment, path);
    return undefined;
  }
  const value = lowerExpression(lowering, argument, environment);
  const indent = named && lowerExpression(lowering, named.value, environment);
  if (value === undefined || (named !== undefined && indent === undefined)) return undefined;
  return { kind: "json", value, indent, origin: originOf(argument, environment) };
}

function lowerProjectHelper(
  lowering: Lowering,
  helper: string,
  path: hbs.AST.PathExpression,
  call: Call,
  environment: Environment,
): Expression | undefined {
  const argumentOf = (node: hbs.AST.Expression): Argument | undefined => {
    const value = lowerExpression(lowering, node, environment);
    return value && { value, origin: originOf(node, environment) };
  };
  const signature = lowering.helpers.get(helper);
  if (signature !== undefined && refuseObject(lowering, signature, call, environment)) return undefined;
  const positional = call.params.map(argumentOf);
  const named = hashOf(call).map(({ key, value }) => [key, argumentOf(value)] as const);
  if (positional.includes(undefined) || named.some(([, argument]) => argument === undefined)) return undefined;
  // The named arguments are one parameter behind all others: what is left out before it is there as nothing.
  const takesNamed = named.length > 0 || signature?.needsNamed === true;
  const left = takesNamed ? (signature?.positional.slice(positional.length) ?? []) : [];
  if (left.every(({ optional }) => optional))
    for (const _ of left)
      positional.push({ value: { kind: "literal", value: undefined }, origin: originOf(path, environment) });
  return {
    kind: "call",
    helper,
    positional: positional.filter((argument) => argument !== undefined),
    named: named.flatMap(([key, argument]) => (argument === undefined ? [] : [[key, argument] as const])),
    takesNamed,
    origin: originOf(path, environment),
  };
}

export function lowerPath(
  lowering: Lowering,
  path: hbs.AST.PathExpression,
  environment: Environment,
): Expression | undefined {
  if (path.parts.length > MAX_MEMBERS) {
    const args = { what: "members in one path", limit: MAX_MEMBERS };
    lowering.report("template/too-large", args, environment, path);
    return undefined;
  }
  const origin = originOf(path, environment);
  if (path.data) return lowerDataPath(lowering, path, environment, origin);
  const [head, ...rest] = path.parts;
  if (head !== undefined && path.depth === 0 && !isScoped(path)) {
    const parameter = environment.parameters.get(head);
    if (parameter === "unreachable") {
      const what = `the block parameter "${head}" inside an inline partial`;
      lowering.unsupported(what, `pass it: {{> partial ${head}=${head}}}`, environment, path);
      return undefined;
    }
    if (parameter !== undefined) return { kind: "path", base: parameter, members: rest, origin };
  }
  const context = contextAbove(lowering, path, environment);
  return context && member(context, path.parts, origin);
}

/** The context that a path's `../` lead to. */
function contextAbove(lowering: Lowering, path: hbs.AST.PathExpression, environment: Environment): Context | undefined {
  if (path.depth === 0) return environment.context;
  const passed = environment.parents.slice(0, path.depth);
  const [name = "name"] = path.parts;
  if (passed.includes("partial"))
    lowering.unsupported("../ out of a partial", `pass the value: {{> partial ${name}=../${name}}}`, environment, path);
  else if (passed.includes("section"))
    lowering.unsupported(
      "../ out of a section ({{#name}}), which for `true` leads further than for a value",
      "write {{#if}}, {{#each}} or {{#with}}",
      environment,
      path,
    );
  // Handlebars finds nothing above the input.
  else if (passed.length < path.depth)
    lowering.unsupported(
      `${"../".repeat(path.depth - passed.length)} above the input`,
      "leave it out",
      environment,
      path,
    );
  const found = passed.some((parent) => typeof parent === "string") ? undefined : passed[path.depth - 1];
  return typeof found === "string" ? undefined : found;
}

/** `@name`: of the loops around this place, else what the caller hands over as `context`. */
function lowerDataPath(
  lowering: Lowering,
  path: hbs.AST.PathExpression,
  environment: Environment,
  origin: Origin,
): Expression | undefined {
  const [head = "", ...members] = path.parts;
  const { frames } = environment;
  if (isPartialBlock(path)) {
    lowering.unsupported("@partial-block as a value", "ask for it: {{#if @partial-block}}", environment, path);
    return undefined;
  }
  if (path.depth > frames.length) {
    const what = `@${"../".repeat(path.depth)} here: there are ${frames.length} loops around it`;
    lowering.unsupported(what, undefined, environment, path);
    return undefined;
  }
  if (frames.slice(0, path.depth).includes("unknown")) {
    const what = `@${"../".repeat(path.depth)} here, where there may be several loops, or none`;
    lowering.unsupported(what, "use {{#each … as |item index|}}", environment, path);
    return undefined;
  }
  if (head === "root") return { kind: "path", base: { kind: "scope", scope: { id: 0 } }, members, origin };
  if (isLoopVariable(head)) {
    const frame = frames.slice(path.depth).find((candidate) => candidate !== "plain");
    if (frame === "unknown") {
      const what = `@${head} here, where it may be that of several loops, or of none`;
      lowering.unsupported(what, `use {{#each … as |item ${head}|}}`, environment, path);
      return undefined;
    }
    if (frame !== undefined)
      return { kind: "path", base: { kind: "loop", scope: frame, variable: head }, members, origin };
  }
  const inLoop = frames.slice(path.depth).some((frame) => frame !== "plain");
  return { kind: "path", base: { kind: "data", inLoop }, members: [head, ...members], origin };
}

export function hashOf(call: Pick<Call, "hash">): readonly hbs.AST.HashPair[] {
  return (call.hash as hbs.AST.Hash | undefined)?.pairs ?? [];
}
