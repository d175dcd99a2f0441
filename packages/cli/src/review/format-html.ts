// A report as one HTML file that needs nothing else: no scripts, no fonts, no images. Its policy forbids all of them.

import { changedLines } from "../report/changed-lines.js";
import { printableLine } from "../terminal/text.js";
import type { Block, Inline, Prose } from "./document.js";
import { markWords } from "./mark-words.js";

const STYLE = `:root { color-scheme: light dark; --line: #d0d7de; --dim: #57606a; --added: #dafbe1; --removed: #ffebe9; --alert: #cf222e }
@media (prefers-color-scheme: dark) {
  :root { --line: #30363d; --dim: #8b949e; --added: #12401f; --removed: #5a1e1e; --alert: #ff7b72 }
}
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; border-top: 1px solid var(--line); padding-top: 1rem; margin-top: 2rem }
code, pre { font-family: ui-monospace, monospace; font-size: 0.875em }
pre { white-space: pre-wrap; border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; margin: 0.25rem 0 1rem }
ins { background: var(--added) } del { background: var(--removed) }
summary { cursor: pointer; color: var(--dim) }
.alert { border-left: 4px solid var(--alert); padding: 0.25rem 0 0.25rem 1rem; margin: 1rem 0 }
.table { overflow-x: auto } table { border-collapse: collapse }
th, td { text-align: left; border: 1px solid var(--line); padding: 0.25rem 0.75rem; white-space: nowrap }`;

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function formatHtml(blocks: readonly Block[], title: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeHtml(title)}</title>
<style>
${STYLE}
</style>
<main>
${blocks.map(formatBlock).join("\n")}
</main>
</html>
`;
}

function formatBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h${block.level}>${formatProse(block.content)}</h${block.level}>`;
    case "paragraph":
      return `<p>${formatProse(block.content)}</p>`;
    case "list":
      return formatList(block.items);
    case "alert":
      return `<div class="alert"><p>${formatProse(block.content)}</p>${block.items.length === 0 ? "" : formatList(block.items)}</div>`;
    case "table": {
      const row = (tag: "th" | "td", cells: readonly string[]) =>
        `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
      const rows = block.rows.map((cells) => row("td", cells.map(formatProse)));
      return `<div class="table"><table>\n${[row("th", block.headings), ...rows].join("\n")}\n</table></div>`;
    }
    case "words":
      return `<details open><summary>${formatProse(block.title)}</summary>\n${formatWords(block.words)}</details>`;
  }
}

function formatList(items: readonly Prose[]): string {
  return `<ul>${items.map((item) => `<li>${formatProse(item)}</li>`).join("")}</ul>`;
}

function formatProse(prose: Prose): string {
  return prose.map(formatInline).join("");
}

function formatInline(inline: Inline): string {
  if (typeof inline === "string") return escapeHtml(inline);
  const text = escapeHtml(printableLine("code" in inline ? inline.code : inline.data));
  return "code" in inline ? `<code>${text}</code>` : text;
}

function formatWords(words: Extract<Block, { kind: "words" }>["words"]): string {
  const lines = changedLines(words).map((line) => (line === undefined ? "⋯" : markWords(line.parts, escapeHtml)));
  // HTML drops a line's end right after the tag.
  return `<pre>\n${lines.join("\n")}</pre>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(
    /[&<>"']/g,
    (character) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" }[character]};`,
  );
}
