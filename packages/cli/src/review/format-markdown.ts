// A report as GitHub-flavored Markdown, for pull requests and summaries of runs. Whatever comes from the repository stays inert: no
// markup, no links, no images, no mentions of people.

import { changedLines } from "../report/changed-lines.js";
import { printableLine } from "../terminal/text.js";
import type { Block, Inline, Prose } from "./document.js";
import { markWords } from "./mark-words.js";

export function formatMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(formatBlock).join("\n\n")}\n`;
}

/**
 * The same, shortened to whole blocks. Alerts and the beginning are kept.
 *
 * @param limit In characters, as GitHub counts them.
 * @param rest Where the whole report is, as Markdown: follows what was left out.
 */
export function formatShortMarkdown(blocks: readonly Block[], limit: number, rest: string): string {
  const whole = formatMarkdown(blocks);
  if (whole.length <= limit) return whole;
  const note = `This report is too long to be shown here as a whole. ${rest}`;
  const texts = blocks.map(formatBlock);
  // Texts and examples are what is long: the last ones go first.
  const order = [...blocks.keys()].sort((a, b) => rank(blocks[a]) - rank(blocks[b]) || a - b);
  let room = limit - note.length - 2;
  const kept = new Set<number>();
  for (const index of order) {
    const size = (texts[index]?.length ?? 0) + 2;
    if (size > room) break;
    room -= size;
    kept.add(index);
  }
  return `${[...texts.filter((_, index) => kept.has(index)), note].join("\n\n")}\n`;
}

function rank(block: Block | undefined): number {
  return block?.kind === "words" ? 1 : 0;
}

function formatBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level + 1)} ${formatProse(block.content)}`;
    case "paragraph":
      return formatProse(block.content);
    case "list":
      return formatList(block.items);
    case "alert": {
      const list = block.items.length === 0 ? [] : ["", ...formatList(block.items).split("\n")];
      return ["[!CAUTION]", formatProse(block.content), ...list].map((line) => `> ${line}`.trimEnd()).join("\n");
    }
    case "table": {
      const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
      const rows = block.rows.map((cells) => row(cells.map(formatProse)));
      return [row(block.headings), row(block.headings.map(() => "---")), ...rows].join("\n");
    }
    case "words":
      return `<details><summary>${formatProse(block.title)}</summary>\n\n${formatWords(block.words)}\n\n</details>`;
  }
}

function formatList(items: readonly Prose[]): string {
  return items.map((item) => `- ${formatProse(item)}`).join("\n");
}

function formatProse(prose: Prose): string {
  return prose.map(formatInline).join("");
}

function formatInline(inline: Inline): string {
  if (typeof inline === "string") return inline;
  if ("code" in inline) return `<code>${escapeText(inline.code)}</code>`;
  // A mention or reference needs its first character and its name in one text: the tag between them ends it.
  return escapeText(inline.data).replaceAll(/&#(?:64|35);/g, "<code>$&</code>");
}

/** How much of one value is shown. */
const MOST_CHARACTERS = 2000;

/** Text in which no character has a meaning for Markdown or HTML, on one line. */
function escapeText(text: string): string {
  return escapeHtml(printableLine(text.slice(0, MOST_CHARACTERS)))
    .replaceAll(/[\\`*_{}[\]()#+!|~$@:]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/www\./gi, "www&#46;");
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => `&${{ "&": "amp", "<": "lt", ">": "gt" }[character]};`);
}

/** Within `<pre>`, only HTML has a meaning. An empty line has a blank, because one that is empty would end the block in a list. */
function formatWords(words: Extract<Block, { kind: "words" }>["words"]): string {
  const lines = changedLines(words).map((line) => {
    if (line === undefined) return "⋯";
    return line.parts.length === 0 ? " " : markWords(line.parts, escapeHtml);
  });
  return `<pre>${lines.join("\n")}</pre>`;
}
