// Names that mean something in other template languages: `{{endif}}`, `loop.index`, `tags.first`. One place for all names.

import { scanTags } from "../language/scan-tags.js";
import { suggestForGoAction } from "./go-actions.js";
import { endedBlock, isElseIf, suggestForKeyword } from "./other-languages.js";

/** A name in a path, and where the path is written. */
export interface WrittenName {
  readonly members: readonly string[];
  /** Which of the members is asked about. */
  readonly index: number;
  /** The path as it is written. */
  readonly written: string;
  /** A few characters of the template before and after the path. */
  readonly around: { readonly before: string; readonly after: string };
  /** Whether the path starts from a context of the template: then its first member is looked up in it. */
  readonly inContext: boolean;
  /** Set inside a loop: the list as it is written around the loop, if it can be written again. */
  readonly loop: { readonly list: string | undefined } | undefined;
}

/** What `${{ github.ref }}` can begin with in GitHub's workflows. */
export const WORKFLOW_CONTEXTS: readonly string[] =
  "github env vars job jobs steps runner secrets strategy matrix needs inputs".split(" ");

/** What to write instead of a name that only another language gives a meaning; `undefined` for all others. */
export function suggestForName({ members, index, written, around, inContext, loop }: WrittenName): string | undefined {
  const chain = suggestForOptionalChain(members, index, written) ?? suggestForComputed(members, index, written);
  if (chain !== undefined || index > 0 || !inContext) return chain;
  const go = suggestForGoPath(written);
  if (go !== undefined) return go;
  if (members.length === 1) return suggestForLoneName(members[0] ?? "", around, written);
  const dollar = suggestForDollar(written, around.before);
  if (dollar !== undefined) return dollar;
  if (WORKFLOW_CONTEXTS.includes(members[0] ?? "") && around.before.trimEnd().endsWith("${{"))
    return "write $\\{{ if the braces are text";
  return loop && suggestForLoopObject(members, loop.list);
}

/** What to write instead of a name that does not exist in its context. */
export function suggestForUnknownName(name: WrittenName, isInput: boolean): string | undefined {
  const { members, index, around, loop } = name;
  const suggestion = suggestForName(name);
  if (suggestion !== undefined || index > 0) return suggestion;
  if (members.length === 1 && members[0] === "end") return "write {{/…}} with the block's name";
  if (loop !== undefined) return suggestForLoopName(members, loop.list);
  // `${{ secrets.TOKEN }}` of GitHub's workflows.
  return isInput && members.length > 1 && around.before.trimEnd().endsWith("${{")
    ? "declare it there, or write $\\{{ if the braces are text"
    : undefined;
}

/** What to write for a declared variable that the template seems to insert, where its name is a helper's. */
export function suggestForUnused(variable: string, template: string, isHelper: boolean): string | undefined {
  const isWritten = isHelper && [...scanTags(template)].some(({ inside }) => inside.replace(/^&\s*/, "") === variable);
  return isWritten
    ? `{{${variable}}} calls the helper of that name: to insert the variable, write {{this.${variable}}}`
    : undefined;
}

/** What to write for a name that is the whole path: `{{endif}}`, `{{-title-}}`. */
function suggestForLoneName(
  name: string,
  { before, after }: WrittenName["around"],
  written: string,
): string | undefined {
  if (isElseIf(name) || endedBlock(name) !== undefined || name === ":else") return `write ${suggestForKeyword(name)}`;
  // `{{ ["a", "b"] }}` of Jinja: a name in brackets, to Handlebars.
  if (/^["']|^\d+\s*,/.test(name) && before.trimEnd().endsWith("{{") && /^\s*\[/.test(written))
    return "write \\{{ if the braces are text";
  // `{{name?}}`, `{{name:string}}`, `{{$input}}` of Semantic Kernel.
  const [, mark, decorated, typed, question] = /^(\$?)([A-Za-z_]\w*)(?:(:[\w[\]|?]*)|(\?))?$/.exec(name) ?? [];
  if (question !== undefined) return `write {{#if ${decorated}}}{{${decorated}}}{{/if}}`;
  if (typed !== undefined) return `write {{${decorated}}}, and declare its type in input.schema`;
  if (mark === "$") return `write ${before.trimEnd().endsWith("{{") ? `{{${decorated}}}` : decorated}`;
  const [, first, word = "", last] = /^(-?)([\w.$]+)(-?)$/.exec(name) ?? [];
  if (suggestForKeyword(word) !== undefined) return undefined;
  const trims = [first === "-" && before.endsWith("{{"), last === "-" && after.startsWith("}}")];
  if (trims.includes(true)) return `write {{${trims[0] ? "~" : ""}${word}${trims[1] ? "~" : ""}}}`;
  return first === "-" ? "compute it before rendering, or call a helper of your own" : undefined;
}

/** `{{if .Ready}}` and `{{range .Items}}` of Go, which are the paths `if.Ready` and `range.Items` to the parser. */
function suggestForGoPath(written: string): string | undefined {
  return /\s/.test(written) ? suggestForGoAction(written) : undefined;
}

/** `{{$.Query}}` and `{{$user.Name}}` of Go. */
function suggestForDollar(written: string, before: string): string | undefined {
  const [, name, path] = /^\$(\w*)(\.[A-Za-z_][\w.]*)$/.exec(written) ?? [];
  if (path === undefined) return undefined;
  const plain = `${name === "" ? "@root" : name}${path}`;
  return `write ${before.trimEnd().endsWith("{{") ? `{{${plain}}}` : plain}`;
}

/** `names.[@index]`: the member is called `@index`. */
function suggestForComputed(path: readonly string[], index: number, written: string): string | undefined {
  const member = path[index] ?? "";
  if (!/^@(?:index|key|first|last)$/.test(member) || index + 1 < path.length) return undefined;
  return `write lookup ${written.replace(/\.\[[^\]]*\]$/, "")} ${member}`;
}

/** `user?.name` of JavaScript: a path ends by itself at a missing value. */
function suggestForOptionalChain(path: readonly string[], index: number, written: string): string | undefined {
  const isChain = path[index]?.endsWith("?") === true && index + 1 < path.length;
  return isChain ? `write ${written.replaceAll("?.", ".")}` : undefined;
}

/**
 * What to write inside a loop for a name that its items do not have.
 *
 * @param list The list as it is written around the loop.
 */
function suggestForLoopName(path: readonly string[], list: string | undefined): string | undefined {
  const [name = "", member] = path;
  return member === undefined ? loopVariable(name) : suggestForLoopObject(path, list);
}

/** `loop.index` of Jinja, `forloop.index` of Liquid. */
function suggestForLoopObject(path: readonly string[], list: string | undefined): string | undefined {
  const [name = "", member, ...others] = path;
  if ((name !== "loop" && name !== "forloop") || member === undefined || others.length > 0) return undefined;
  if (member === "length")
    return list === undefined ? "use the list's length" : `write ${list.startsWith("@") ? "" : "../"}${list}.length`;
  return loopVariable(member === "index0" ? "index" : member, member === "index");
}

function loopVariable(name: string, fromOne = false): string | undefined {
  if (name !== "index" && name !== "key" && name !== "first" && name !== "last") return undefined;
  return `write @${name}${fromOne ? ", which counts from 0" : ""}`;
}

/**
 * What to write for a member that a list does not have.
 * @param list The list as it is written.
 * @param rest What is written after the member.
 */
export function suggestForListMember(list: string, member: string, rest: string): string {
  switch (member) {
    case "first":
      return `write ${list}.[0]${rest}`;
    case "last":
      return `loop over it: {{#each ${list}}}{{#if @last}}…{{/if}}{{/each}}`;
    case "size":
    case "count":
    case "len":
      return `write ${list}.length`;
    default:
      return `loop over it: {{#each ${list}}}…{{/each}}`;
  }
}
