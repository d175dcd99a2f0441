// A report for a terminal.

import { formatWords } from "../report/format-changes.js";
import { formatTable } from "../report/table.js";
import type { Paint } from "../terminal/paint.js";
import { printableLine, wrap } from "../terminal/text.js";
import type { Block, Prose } from "./document.js";

export interface TextStyle {
  readonly paint: Paint;
  /** Columns; infinite if the output is not a terminal. */
  readonly width: number;
}

export function formatReviewText(blocks: readonly Block[], style: TextStyle): string {
  return blocks.map((block, at) => separator(blocks[at - 1], block) + formatBlock(block, style)).join("");
}

function separator(before: Block | undefined, block: Block): string {
  return before !== undefined && (block.kind === "heading" || block.kind === "words") ? "\n" : "";
}

function formatBlock(block: Block, style: TextStyle): string {
  const { paint, width } = style;
  switch (block.kind) {
    case "heading":
      return `${paint.bold(formatProse(block.content))}\n`;
    case "paragraph":
      return `${wrap(formatProse(block.content), width)}\n`;
    case "list":
      return formatItems(block.items, "- ", style);
    case "alert": {
      const problems = block.items.map((item) => paint.red(formatItems([item], "! ", style).trimEnd()));
      return `${[paint.red(wrap(formatProse(block.content), width)), ...problems].join("\n")}\n`;
    }
    case "table": {
      const limit = Number.isFinite(width) ? { width } : {};
      return `\n${formatTable(
        block.headings,
        block.rows.map((cells) => cells.map(formatProse)),
        { paint, ...limit },
      )}`;
    }
    case "words":
      return `${paint.dim(formatProse(block.title))}\n${formatWords(block.words, paint)}`;
  }
}

function formatItems(items: readonly Prose[], mark: string, { width }: TextStyle): string {
  return items.map((item) => `  ${mark}${wrap(formatProse(item), width - 4, "    ")}\n`).join("");
}

function formatProse(prose: Prose): string {
  const text = prose.map((inline) =>
    typeof inline === "string" ? inline : "code" in inline ? inline.code : inline.data,
  );
  return printableLine(text.join(""));
}
