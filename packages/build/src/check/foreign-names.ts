// Names that nothing has, and that mean something in other template languages: `{{endif}}`, `loop.index`, `tags.first`.

import { endedBlock, insteadOfKeyword, isElseIf } from "../parse/other-languages.js";

/** What to write for a name that stands alone in its path: `{{endif}}`, `{{-title-}}`. */
export function insteadOfLoneName(name: string): string | undefined {
  if (isElseIf(name) || endedBlock(name) !== undefined || name === ":else") return `write ${insteadOfKeyword(name)}`;
  const [, first, word, last] = /^(-?)([\w.$]+)(-?)$/.exec(name) ?? [];
  if (word === undefined || (first === "" && last === "") || insteadOfKeyword(word) !== undefined) return undefined;
  return `write {{${first && "~"}${word}${last && "~"}}}`;
}

/** What to write, within a loop, for a name that its items do not have. */
export function insteadOfLoopName(path: readonly string[]): string | undefined {
  const [name = "", member, ...others] = path;
  if (name !== "loop") return member === undefined ? loopVariable(name) : undefined;
  if (member === undefined || others.length > 0) return undefined;
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
