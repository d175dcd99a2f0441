// The review of a proposal, as the page shows it: the blocks of every review, with the lines of changed texts.

import type { ChangesPlan, ReviewBlock, ReviewText } from "@cuecard/project";
import { changedLines } from "../../report/changed-lines.js";
import { describeDetails, describeVerdict } from "../../review/describe-review.js";
import type { Block, Inline, Prose } from "../../review/document.js";
import { printable, printableLine } from "../../terminal/text.js";

export function describeProposal({ review, branch }: ChangesPlan): ReviewBlock[] {
  // The commit has no name yet.
  const named = { ...review, head: { ...review.head, ref: branch, commit: undefined } };
  const content = [`${describeVerdict(named)}.`];
  return [{ kind: "paragraph", content }, ...describeDetails(named).map(toBlock)];
}

function toBlock(block: Block): ReviewBlock {
  switch (block.kind) {
    case "heading":
      return { kind: "heading", content: toTexts(block.content) };
    case "paragraph":
      return { kind: "paragraph", content: toTexts(block.content) };
    case "list":
      return { kind: "list", items: block.items.map(toTexts) };
    case "alert":
      return { kind: "alert", content: toTexts(block.content), items: block.items.map(toTexts) };
    case "table":
      return { kind: "table", headings: block.headings, rows: block.rows.map((cells) => cells.map(toTexts)) };
    case "words": {
      const lines = changedLines(block.words).map(
        (line) => line?.parts.map(({ kind, text }) => ({ kind, text: printable(text) })) ?? null,
      );
      return { kind: "words", title: toTexts(block.title), lines };
    }
  }
}

function toTexts(prose: Prose): ReviewText[] {
  return prose.map(toText);
}

function toText(inline: Inline): ReviewText {
  if (typeof inline === "string") return inline;
  return "code" in inline ? { code: printableLine(inline.code) } : { data: printableLine(inline.data) };
}
