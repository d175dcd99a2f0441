// Names that nothing has, and that mean something in other template languages: `{{endif}}`, `loop.index`, `tags.first`.

import { endedBlock, insteadOfKeyword, isElseIf } from "./other-languages.js";

/** A tag's text before and behind a path. */
export interface Around {
  readonly before: string;
  readonly behind: string;
}

/** What to write for a name that stands alone in its path: `{{endif}}`, `{{-title-}}`. */
export function insteadOfLoneName(name: string, { before, behind }: Around): string | undefined {
  if (isElseIf(name) || endedBlock(name) !== undefined || name === ":else") return `write ${insteadOfKeyword(name)}`;
  const [, first, word = "", last] = /^(-?)([\w.$]+)(-?)$/.exec(name) ?? [];
  if (insteadOfKeyword(word) !== undefined) return undefined;
  const trims = [first === "-" && before.endsWith("{{"), last === "-" && behind.startsWith("}}")];
  if (trims.includes(true)) return `write {{${trims[0] ? "~" : ""}${word}${trims[1] ? "~" : ""}}}`;
  return first === "-" ? "compute it before rendering, or call a helper of your own" : undefined;
}

/** `user?.name` of JavaScript: a path stops by itself at what is missing. */
export function insteadOfOptionalChain(path: readonly string[], index: number, written: string): string | undefined {
  const isChain = path[index]?.endsWith("?") === true && index + 1 < path.length;
  return isChain ? `write ${written.replaceAll("?.", ".")}` : undefined;
}

/**
 * What to write, within a loop, for a name that its items do not have.
 * @param list The list as it is written around the loop.
 */
export function insteadOfLoopName(path: readonly string[], list: string | undefined): string | undefined {
  const [name = "", member] = path;
  return member === undefined ? loopVariable(name) : insteadOfLoopObject(path, list);
}

/** `loop.index` of Jinja, `forloop.index` of Liquid. */
export function insteadOfLoopObject(path: readonly string[], list: string | undefined): string | undefined {
  const [name = "", member, ...others] = path;
  if ((name !== "loop" && name !== "forloop") || member === undefined || others.length > 0) return undefined;
  if (member === "length")
    return list === undefined
      ? "ask the list for its length"
      : `write ${list.startsWith("@") ? "" : "../"}${list}.length`;
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
export function insteadOfListMember(list: string, member: string, rest: string): string {
  switch (member) {
    case "first":
      return `write ${list}.[0]${rest}`;
    case "last":
      return `walk it: {{#each ${list}}}{{#if @last}}…{{/if}}{{/each}}`;
    case "size":
    case "count":
    case "len":
      return `write ${list}.length`;
    default:
      return `walk it: {{#each ${list}}}…{{/each}}`;
  }
}
