// Reads a Markdown page as the tests need it: fenced blocks and tables with what the comment before them asks, headings, links.
//
// A comment `<!-- docs: <check> <argument> -->` right before a block or table says how it is tested; run-page.ts has the list.

import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../run-step.js";

export interface Page {
  /** Relative to the repository, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly Link[];
}

/** A fenced block or a table. */
export interface Block {
  readonly kind: "fence" | "table";
  /** 1-based line of the fence or of the table's head. */
  readonly line: number;
  /** What stands behind the opening fence; empty for a table. */
  readonly language: string;
  readonly text: string;
  readonly check: string | undefined;
  readonly argument: string;
}

export interface Link {
  readonly line: number;
  readonly target: string;
}

export function readPage(file: string): Page {
  return parsePage(file, readFileSync(path.join(root, file), "utf8"));
}

export function parsePage(file: string, text: string): Page {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  const anchors = new Set<string>();
  const links: Link[] = [];
  let directive: RegExpExecArray | null = null;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const fence = /^(`{3,})(\w*)\s*$/.exec(line);
    const isTable = line.startsWith("|");
    if (fence !== null || isTable) {
      let end = at + 1;
      const isInside = (candidate: string) => (isTable ? candidate.startsWith("|") : candidate !== fence?.[1]);
      while (end < lines.length && isInside(lines[end] ?? "")) end++;
      blocks.push({
        kind: isTable ? "table" : "fence",
        line: at + 1,
        language: fence?.[2] ?? "",
        text: `${lines.slice(isTable ? at : at + 1, end).join("\n")}\n`,
        check: directive?.[1],
        argument: directive?.[2] ?? "",
      });
      if (isTable) for (let row = at; row < end; row++) links.push(...linksOf(lines[row] ?? "", row + 1));
      directive = null;
      at = isTable ? end - 1 : end;
      continue;
    }
    if (line.trim() === "") continue;
    directive = /^<!-- docs: ([\w-]+) ?(.*?) ?-->$/.exec(line);
    const heading = /^#+ (.*)$/.exec(line)?.[1];
    if (heading !== undefined) anchors.add(anchorOf(heading));
    links.push(...linksOf(line, at + 1));
  }
  return { file, text, blocks, anchors, links };
}

/** The cells of a table's rows, head left out; a code span's text without its backticks. */
export function readRows(table: string): string[][] {
  return readCells(table).map((row) => row.map((cell) => /^(`+) ?([\s\S]*?) ?\1$/.exec(cell)?.[2] ?? cell));
}

/** The cells of a table's rows as they are written, head left out. */
export function readCells(table: string): string[][] {
  return table
    .trimEnd()
    .split("\n")
    .slice(2)
    .map((row) =>
      row
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replace(/\\\|/g, "|")),
    );
}

/** As GitHub makes them: lower case, letters, digits, `_` and `-`, spaces as `-`. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

function linksOf(line: string, number: number): Link[] {
  const prose = line.replace(/`[^`]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => ({ line: number, target: match[1] ?? "" }));
}
