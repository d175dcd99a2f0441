// Tags: `{{value}}`, `{{helper argument}}`, and dotprompt's markers.

import { isBlockHelper, isHook, isInlineHelper, roleNamed } from "../language/language.js";
import { asPath } from "../language/syntax.js";
import { helperName } from "./environment.js";
import type { Node } from "./ir.js";
import { hashOf, lowerCall, lowerExpression } from "./lower-expression.js";
import { lowerPath } from "./lower-path.js";
import type { Lowerer } from "./lowerer.js";

export function lowerMustache(at: Lowerer, mustache: hbs.AST.MustacheStatement): Node[] {
  const path = asPath(mustache.path);
  if (path === undefined) {
    at.unsupported("a computed helper name", undefined, mustache);
    return [];
  }
  const name = helperName(path, at.environment);
  switch (name) {
    case "role":
      return lowerRole(at, mustache);
    case "history":
      return lowerHistory(at, mustache);
    case "media":
      return lowerMedia(at, mustache);
    case "section":
      return lowerSlot(at, mustache);
    case "log":
      return lowerLog(at, mustache);
    default: {
      const isCall =
        mustache.params.length > 0 || hashOf(mustache).length > 0 || (name !== undefined && isHelper(at, name));
      const value = isCall ? lowerCall(at, path, { ...mustache, type: "SubExpression" }) : lowerPath(at, path);
      return value === undefined ? [] : [{ kind: "output", value, origin: at.origin(mustache) }];
    }
  }
}

function isHelper(at: Lowerer, name: string): boolean {
  return isInlineHelper(name) || isBlockHelper(name) || isHook(name) || at.helpers.has(name);
}

function lowerRole(at: Lowerer, mustache: hbs.AST.MustacheStatement): Node[] {
  const [argument] = mustache.params;
  if (argument === undefined || mustache.params.length > 1 || hashOf(mustache).length > 0) {
    reportWrong(at, "role", "takes one role", mustache);
    return [];
  }
  const role = roleNamed(writtenText(argument) ?? "");
  if (role !== undefined) return [{ kind: "role", role, origin: at.origin(mustache) }];
  const written = at.text(argument);
  at.report("template/unknown-role", { role: written }, argument);
  return [];
}

/** A tag with the name of a helper and nothing else may be meant as a variable. */
function reportWrong(at: Lowerer, helper: string, problem: string, mustache: hbs.AST.MustacheStatement): void {
  const instead = isAlone(mustache) ? `to insert a variable of that name, write {{this.${helper}}}` : undefined;
  at.report("template/wrong-arguments", { helper, problem, instead }, mustache);
}

function isAlone(mustache: hbs.AST.MustacheStatement): boolean {
  return mustache.params.length === 0 && hashOf(mustache).length === 0;
}

function lowerHistory(at: Lowerer, mustache: hbs.AST.MustacheStatement): Node[] {
  if (mustache.params.length > 0 || hashOf(mustache).length > 0)
    at.wrongArguments("history", "takes no arguments", mustache);
  const isArgument = at.environment.context.overrides.has("history");
  return [{ kind: "history", origin: at.origin(mustache), isArgument }];
}

function lowerMedia(at: Lowerer, mustache: hbs.AST.MustacheStatement): Node[] {
  const given = new Map(hashOf(mustache).map(({ key, value }) => [key, value]));
  const [url, contentType] = [given.get("url"), given.get("contentType")];
  const isWrong = mustache.params.length > 0 || [...given.keys()].some((key) => key !== "url" && key !== "contentType");
  if (url === undefined || isWrong) {
    reportWrong(at, "media", "takes url=… and optionally contentType=…", mustache);
    return [];
  }
  const value = lowerExpression(at, url);
  const type = contentType && lowerExpression(at, contentType);
  if (value === undefined) return [];
  return [{ kind: "media", url: value, contentType: type, origin: at.origin(mustache) }];
}

/** dotprompt's section: a place that the caller may fill. */
function lowerSlot(at: Lowerer, mustache: hbs.AST.MustacheStatement): Node[] {
  const [argument] = mustache.params;
  const name = argument && writtenText(argument);
  if (name === undefined || name === "" || mustache.params.length > 1 || hashOf(mustache).length > 0) {
    reportWrong(at, "section", "takes a name as a literal", mustache);
    return [];
  }
  return [{ kind: "slot", name, origin: at.origin(mustache) }];
}

/** Logged values are checked like all others and then left out: a prompt has no log. */
function lowerLog(at: Lowerer, mustache: hbs.AST.MustacheStatement): Node[] {
  for (const argument of mustache.params) lowerExpression(at, argument);
  for (const { value } of hashOf(mustache)) lowerExpression(at, value);
  at.report("template/log", { isAlone: isAlone(mustache) }, mustache);
  return [];
}

function writtenText(argument: hbs.AST.Expression): string | undefined {
  return argument.type === "StringLiteral" ? (argument as hbs.AST.StringLiteral).value : undefined;
}
