// Blocks that are opened or closed as other template languages do it: `{{endif}}`, `{{/for}}`, `{{if x}}…{{/if}}`.

import { isBlockHelper } from "../language/language.js";
import { scanTags, type Tag } from "../language/scan-tags.js";
import { suggestForGoAction } from "./go-actions.js";
import { endedBlock, isElseIf } from "./other-languages.js";

export interface Explanation {
  readonly problem: string;
  readonly instead: string | undefined;
  readonly start: number;
  readonly end: number;
  /** The replacement that does what `instead` says, if it is certain. */
  readonly fix?: Replacement | undefined;
}

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Block {
  readonly name: string;
  readonly tag: Tag;
}

const CLOSES_NOTHING = "this closes a block that is not open";

/** Why the blocks of a template do not nest; `undefined` where they do, or nothing is known but that they do not. */
export function explainBlocks(text: string): Explanation | undefined {
  const { open, closing, tags } = findUnbalanced(text);
  const block = open.at(-1);
  if (block === undefined)
    return closing && (explainUnopened(tags, closing) ?? at(closing.tag, CLOSES_NOTHING, suggestForUnopened(closing)));
  const { name, tag } = block;
  const around = open.at(-2)?.name;
  // `{{#else}}`, `{{#elif x}}`, `{{#endif}}`
  if (around !== undefined && isLeftover(name)) {
    const condition = tag.inside.replace(/^#\s*(?:else\s+if|[\w-]+)\s*/, "");
    const isCondition = isElseIf(name) || /^#\s*else\s+if\s/.test(tag.inside);
    const instead = isCondition ? `{{else if ${condition || "…"}}}` : name === "else" ? "{{else}}" : `{{/${around}}}`;
    return at(tag, `{{#${name}}} is not a block`, `write ${instead}`);
  }
  const loop = suggestForLoop(tag.inside);
  if (loop !== undefined) return at(tag, `{{#${name}}} is not a block`, `write ${loop}`);
  const inside = tags.filter(({ start }) => start > tag.start && start < (closing?.tag.start ?? text.length));
  const unopened = closing && explainUnopened(inside, closing);
  if (unopened !== undefined) return unopened;
  const ends = inside.filter(({ inside: word }) => endedBlock(word) !== undefined);
  const end = ends.find(({ inside: word }) => endedBlock(word) === name) ?? ends[0];
  if (end !== undefined)
    return {
      ...at(end, `{{${end.inside}}} does not close {{#${name}}}`, `write {{/${name}}}`),
      fix: closingTag(end, name),
    };
  if (closing === undefined) {
    const ambiguous = inside.find(({ inside: word }) => word === "end");
    const instead = ambiguous
      ? `if {{end}} should close it, write {{/${name}}}`
      : `add {{/${name}}} where the block ends`;
    const isName = isBlockHelper(name) || /^[\w.$-]+$/.test(name);
    return at(tag, `{{#${name}}} is never closed`, isName ? instead : undefined);
  }
  const isEnd = closing.name === "end" || closing.name === "for" || endedBlock(closing.name) !== undefined;
  if (isEnd) {
    const problem = `{{#${name}}} is closed by {{/${closing.name}}}`;
    return { ...at(closing.tag, problem, `write {{/${name}}}`), fix: closingTag(closing.tag, name) };
  }
  if (closing.name === "else") return at(closing.tag, "{{/else}} closes nothing", "write {{else}}");
  const isAround = open.some((one) => one.name === closing.name);
  const instead = `write {{/${name}}}${isAround ? ` before {{/${closing.name}}}` : ""}`;
  return at(closing.tag, `{{#${name}}} is closed by {{/${closing.name}}}`, instead);
}

/** `{{if x}}` before an `{{else}}` that is of no block. */
export function explainElse(text: string, offset: number): Explanation | undefined {
  const { tags } = findUnbalanced(text.slice(0, offset));
  const tag = tags.findLast(({ inside }) => /^(?:-\s+)?(?:if|unless|each|with|range)\s/.test(inside));
  return tag && explainUnmarked(tag);
}

/** `#for item in items` and its like, as a loop. */
function suggestForLoop(inside: string): string | undefined {
  const [, item, list] =
    /^#\s*(?:for|foreach|forEach)\s+(?:(?:const|let)\s+)?([\w$]+)\s+(?:in|of)\s+([\w$.@/]+)$/.exec(inside) ?? [];
  return item && `{{#each ${list} as |${item}|}}…{{/each}}`;
}

/** The name of the innermost block that is open at an offset. */
export function openBlockAt(text: string, offset: number): string | undefined {
  return findUnbalanced(text.slice(0, offset)).open.at(-1)?.name;
}

function suggestForUnopened({ name }: Block): string | undefined {
  return isBlockHelper(name) ? `remove it, or open the block before it: {{#${name} …}}` : undefined;
}

/** `{{if x}}…{{/if}}`: a block without its `#`. */
function explainUnopened(tags: readonly Tag[], { name }: Block): Explanation | undefined {
  const tag = isBlockHelper(name) ? tags.findLast(({ inside }) => inside.startsWith(`${name} `)) : undefined;
  return tag && explainUnmarked(tag);
}

function explainUnmarked(tag: Tag): Explanation {
  return at(tag, "a block begins with `#`", suggestForGoAction(tag.inside) ?? `write {{#${tag.inside}}}`);
}

function isLeftover(name: string): boolean {
  return name === "else" || name === "end" || isElseIf(name) || endedBlock(name) !== undefined;
}

/** The blocks that are open at the end, or at the first tag that closes another than the innermost. */
function findUnbalanced(text: string): { open: Block[]; closing: Block | undefined; tags: Tag[] } {
  const open: Block[] = [];
  const tags: Tag[] = [];
  for (const tag of scanTags(text)) {
    // A comment or a raw block without an end has all the rest.
    if (tag.kind !== "tag" && tag.end === undefined) break;
    if (tag.kind !== "tag" || tag.end === undefined || tag.opening.length !== 2) continue;
    tags.push(tag);
    const [, sign, name = ""] = /^([#^/])(?:[>*])?\s*([^\s|]+)/.exec(tag.inside) ?? [];
    if (sign === "/") {
      if (open.at(-1)?.name !== name) return { open, closing: { name, tag }, tags };
      open.pop();
    } else if (sign !== undefined) open.push({ name, tag });
  }
  return { open, closing: undefined, tags };
}

function closingTag({ start, end }: Tag, name: string): Replacement | undefined {
  return end === undefined ? undefined : { start, end, text: `{{/${name}}}` };
}

function at({ start, end }: Tag, problem: string, instead: string | undefined): Explanation {
  return { problem, instead, start, end: end ?? start + 2 };
}
