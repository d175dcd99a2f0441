// Values: literals and helper calls that return a value; paths are in lower-path.ts.

import { explainCall } from "../hints/explain-call.js";
import { suggestForGoAction } from "../hints/go-actions.js";
import type { HelperSignature } from "../language/helper-signature.js";
import { isBlockHelper, isHook, isInlineHelper, UNTRUSTED } from "../language/language.js";
import { asPath } from "../language/syntax.js";
import { helperName } from "./environment.js";
import type { Argument, Expression } from "./ir.js";
import { lowerPath } from "./lower-path.js";
import type { Lowerer } from "./lowerer.js";

/** A call of a helper, in its own tag or in parentheses. */
export type Call = Pick<hbs.AST.SubExpression, "params" | "hash" | "loc" | "type">;

/** The value of an expression; `undefined` when it has errors. */
export function lowerExpression(at: Lowerer, expression: hbs.AST.Expression): Expression | undefined {
  switch (expression.type) {
    case "PathExpression":
      return lowerPath(at, expression as hbs.AST.PathExpression);
    case "SubExpression": {
      const call = expression as hbs.AST.SubExpression;
      const path = asPath(call.path);
      if (path !== undefined) return lowerCall(at, path, call);
      at.unsupported("a computed helper name", undefined, call);
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
      at.unsupported(`a ${expression.type}`, undefined, expression);
      return undefined;
  }
}

/** A helper called for its value. */
export function lowerCall(at: Lowerer, path: hbs.AST.PathExpression, call: Call): Expression | undefined {
  const helper = helperName(path, at.environment);
  if (helper === "lookup") return lowerLookup(at, path, call);
  if (helper === "json") return lowerJson(at, path, call);
  if (isBlockHelper(helper)) {
    const { text } = at.source;
    const [start, named] = at.span(path);
    const last = call.params.at(-1);
    const isTag = /\{\{~?\s*$/.test(text.slice(Math.max(0, start - 10), start));
    const given = last !== undefined && isTag ? text.slice(named, at.span(last)[1]) : " …";
    const instead = suggestForGoAction(`${helper}${given}`) ?? `write {{#${helper}${given}}}…{{/${helper}}}`;
    at.report("template/wrong-arguments", { helper, problem: "is a block", instead }, path);
  } else if (isInlineHelper(helper))
    at.wrongArguments(helper, "does not return a value: write it in a tag of its own", path);
  else if (isHook(helper)) at.unsupported(`{{${helper}}}`, undefined, path);
  else if (helper !== undefined && at.helpers.has(helper)) return lowerProjectHelper(at, helper, path, call);
  else if (helper === UNTRUSTED) return lowerUntrusted(at, path, call);
  else explainCall(at, path, call, at.helpers.keys());
  return undefined;
}

function lowerLookup(at: Lowerer, path: hbs.AST.PathExpression, call: Call): Expression | undefined {
  const [object, key] = call.params.map((argument) => lowerExpression(at, argument));
  if (call.params.length !== 2 || hashOf(call).length > 0) {
    at.wrongArguments("lookup", "takes an object and a key", path);
    return undefined;
  }
  if (object === undefined || key === undefined) return undefined;
  return { kind: "lookup", object, key, origin: at.origin(path) };
}

function lowerJson(at: Lowerer, path: hbs.AST.PathExpression, call: Call): Expression | undefined {
  const [argument] = call.params;
  const [named, ...others] = hashOf(call);
  if (argument === undefined || call.params.length > 1 || others.length > 0 || (named && named.key !== "indent")) {
    const problem = "takes one value, and optionally indent=2";
    const instead = argument === undefined ? "to insert a variable of that name, write {{this.json}}" : undefined;
    at.report("template/wrong-arguments", { helper: "json", problem, instead }, path);
    return undefined;
  }
  const value = lowerExpression(at, argument);
  const indent = named && lowerExpression(at, named.value);
  if (value === undefined || (named !== undefined && indent === undefined)) return undefined;
  return { kind: "json", value, indent, origin: at.origin(argument) };
}

function lowerUntrusted(at: Lowerer, path: hbs.AST.PathExpression, call: Call): Expression | undefined {
  const [argument] = call.params;
  if (argument === undefined || call.params.length > 1 || hashOf(call).length > 0) {
    at.wrongArguments(UNTRUSTED, "takes one value", path);
    return undefined;
  }
  const value = lowerExpression(at, argument);
  return value && { kind: "untrusted", value, origin: at.origin(argument) };
}

function lowerProjectHelper(
  at: Lowerer,
  helper: string,
  path: hbs.AST.PathExpression,
  call: Call,
): Expression | undefined {
  const argumentOf = (node: hbs.AST.Expression): Argument | undefined => {
    const value = lowerExpression(at, node);
    return value && { value, origin: at.origin(node) };
  };
  const signature = at.helpers.get(helper);
  if (signature !== undefined && refusesObject(at, signature, call)) return undefined;
  const positional = call.params.map(argumentOf);
  const named = hashOf(call).map(({ key, value }) => [key, argumentOf(value)] as const);
  if (positional.includes(undefined) || named.some(([, argument]) => argument === undefined)) return undefined;
  // Named arguments are passed as one object after all positional ones. Positional arguments left out before it are
  // undefined.
  const takesNamed = named.length > 0 || signature?.needsNamed === true;
  const left = takesNamed ? (signature?.positional.slice(positional.length) ?? []) : [];
  if (left.every(({ optional }) => optional))
    for (const _ of left) positional.push({ value: { kind: "literal", value: undefined }, origin: at.origin(path) });
  return {
    kind: "call",
    helper,
    positional: positional.filter((argument) => argument !== undefined),
    named: named.flatMap(([key, argument]) => (argument === undefined ? [] : [[key, argument] as const])),
    takesNamed,
    origin: at.origin(path),
  };
}

export function hashOf(call: Pick<Call, "hash">): readonly hbs.AST.HashPair[] {
  return (call.hash as hbs.AST.Hash | undefined)?.pairs ?? [];
}

/**
 * Reports an object given whole to a helper whose last parameter gets its members by name: `{{currency cost
 * places=2}}`. Returns false if no such object is given.
 */
function refusesObject(at: Lowerer, { name, positional, rest, named }: HelperSignature, call: Call): boolean {
  const extra = call.params[positional.length];
  const shown = named.find(({ optional }) => !optional) ?? named[0];
  if (extra === undefined || rest !== undefined || shown === undefined) return false;
  const behind = positional.length === 0 ? "" : " after its other values";
  const problem = `takes an object${behind}, and templates give its members by name`;
  const values = call.params.slice(0, positional.length).map((node) => at.text(node));
  const instead = `write {{${[name, ...values].join(" ")} ${shown.name}=…}}`;
  at.report("template/wrong-arguments", { helper: name, problem, instead }, extra);
  return true;
}
