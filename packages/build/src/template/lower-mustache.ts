// Tags: `{{value}}`, `{{helper argument}}`, and dotprompt's markers.

import { isBlockHelper, isHook, isInlineHelper, ROLES } from "../language/language.js";
import { asPath, offsets } from "../language/syntax.js";
import { type Environment, helperName, originOf } from "./environment.js";
import type { Node } from "./ir.js";
import { hashOf, lowerCall, lowerExpression, lowerPath } from "./lower-expression.js";
import type { Lowering } from "./lowering.js";

export function lowerMustache(
  lowering: Lowering,
  mustache: hbs.AST.MustacheStatement,
  environment: Environment,
): Node[] {
  const path = asPath(mustache.path);
  if (path === undefined) {
    lowering.unsupported("a computed helper name", undefined, environment, mustache);
    return [];
  }
  const name = helperName(path, environment);
  switch (name) {
    case "role":
      return lowerRole(lowering, mustache, environment);
    case "history":
      return lowerHistory(lowering, mustache, environment);
    case "media":
      return lowerMedia(lowering, mustache, environment);
    case "section":
      return lowerSlot(lowering, mustache, environment);
    case "log":
      return lowerLog(lowering, mustache, environment);
    default: {
      const isCall =
        mustache.params.length > 0 || hashOf(mustache).length > 0 || (name !== undefined && isHelper(lowering, name));
      const value = isCall
        ? lowerCall(lowering, path, { ...mustache, type: "SubExpression" }, environment)
        : lowerPath(lowering, path, environment);
      return value === undefined ? [] : [{ kind: "output", value, origin: originOf(mustache, environment) }];
    }
  }
}

function isHelper(lowering: Lowering, name: string): boolean {
  return isInlineHelper(name) || isBlockHelper(name) || isHook(name) || lowering.helpers.has(name);
}

function lowerRole(lowering: Lowering, mustache: hbs.AST.MustacheStatement, environment: Environment): Node[] {
  const [argument] = mustache.params;
  if (argument === undefined || mustache.params.length > 1 || hashOf(mustache).length > 0) {
    lowering.wrongArguments("role", "takes one role", environment, mustache);
    return [];
  }
  const role = ROLES.get(writtenText(argument) ?? "");
  if (role !== undefined) return [{ kind: "role", role, origin: originOf(mustache, environment) }];
  const written = environment.source.text.slice(...offsets(argument, environment.source));
  lowering.report("template/unknown-role", { role: written }, environment, argument);
  return [];
}

function lowerHistory(lowering: Lowering, mustache: hbs.AST.MustacheStatement, environment: Environment): Node[] {
  if (mustache.params.length > 0 || hashOf(mustache).length > 0)
    lowering.wrongArguments("history", "takes no arguments", environment, mustache);
  return [{ kind: "history", origin: originOf(mustache, environment) }];
}

function lowerMedia(lowering: Lowering, mustache: hbs.AST.MustacheStatement, environment: Environment): Node[] {
  const given = new Map(hashOf(mustache).map(({ key, value }) => [key, value]));
  const [url, contentType] = [given.get("url"), given.get("contentType")];
  const isWrong = mustache.params.length > 0 || [...given.keys()].some((key) => key !== "url" && key !== "contentType");
  if (url === undefined || isWrong) {
    lowering.wrongArguments("media", "takes url=… and, if need be, contentType=…", environment, mustache);
    return [];
  }
  const value = lowerExpression(lowering, url, environment);
  const type = contentType && lowerExpression(lowering, contentType, environment);
  if (value === undefined) return [];
  return [{ kind: "media", url: value, contentType: type, origin: originOf(mustache, environment) }];
}

/** dotprompt's section: a place that the caller may fill. */
function lowerSlot(lowering: Lowering, mustache: hbs.AST.MustacheStatement, environment: Environment): Node[] {
  const [argument] = mustache.params;
  const name = argument && writtenText(argument);
  if (name === undefined || name === "" || mustache.params.length > 1 || hashOf(mustache).length > 0) {
    lowering.wrongArguments("section", "takes a name that is written out", environment, mustache);
    return [];
  }
  return [{ kind: "slot", name, origin: originOf(mustache, environment) }];
}

/** What is logged is checked like everything else, and then left out: a prompt has nowhere to log to. */
function lowerLog(lowering: Lowering, mustache: hbs.AST.MustacheStatement, environment: Environment): Node[] {
  for (const argument of mustache.params) lowerExpression(lowering, argument, environment);
  for (const { value } of hashOf(mustache)) lowerExpression(lowering, value, environment);
  lowering.report("template/log", {}, environment, mustache);
  return [];
}

function writtenText(argument: hbs.AST.Expression): string | undefined {
  return argument.type === "StringLiteral" ? (argument as hbs.AST.StringLiteral).value : undefined;
}
