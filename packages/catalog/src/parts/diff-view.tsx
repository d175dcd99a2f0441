// What differs between two texts: unified, or side by side.

import type { JSX } from "preact";
import { type DiffLine, type DiffRow, diffRows, foldRows } from "../facts/diff-rows.js";

export type DiffLayout = "unified" | "split";

interface DiffViewProps {
  readonly before: string;
  readonly after: string;
  readonly layout: DiffLayout;
  /** What the table is about, for people who cannot see it. */
  readonly label: string;
}

export function DiffView({ before, after, layout, label }: DiffViewProps): JSX.Element {
  const rows = diffRows(before, after);
  if (rows.every(({ kind }) => kind === "same"))
    return <p class="note">Only the line end at the end of the text differs.</p>;
  const width = layout === "split" ? 4 : 3;
  return (
    <div class="diff-frame">
      <table class={`diff ${layout}`} aria-label={label}>
        <colgroup>
          {(layout === "split" ? ["numbers", "", "numbers", ""] : ["numbers", "numbers", ""]).map((name) => (
            <col class={name} />
          ))}
        </colgroup>
        <tbody>
          {foldRows(rows).map((part) =>
            "skipped" in part ? (
              <tr class="skipped">
                <td colSpan={width}>{part.skipped === 1 ? "1 line" : `${part.skipped} lines`} without changes</td>
              </tr>
            ) : layout === "split" ? (
              part.rows.map((row) => <SplitRow row={row} />)
            ) : (
              inOrder(part.rows).map((line) => <UnifiedRow {...line} />)
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

interface UnifiedLine {
  readonly kind: "same" | "added" | "removed";
  readonly line: DiffLine;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** The removed lines of a change come before the added ones. */
function inOrder(rows: readonly DiffRow[]): UnifiedLine[] {
  const lines: UnifiedLine[] = [];
  let added: UnifiedLine[] = [];
  for (const { kind, before, after } of rows) {
    if (kind === "same") {
      lines.push(...added);
      added = [];
      if (after !== undefined) lines.push({ kind, line: after, before: before?.number, after: after.number });
      continue;
    }
    if (before !== undefined) lines.push({ kind: "removed", line: before, before: before.number, after: undefined });
    if (after !== undefined) added.push({ kind: "added", line: after, before: undefined, after: after.number });
  }
  return [...lines, ...added];
}

function UnifiedRow({ kind, line, before, after }: UnifiedLine): JSX.Element {
  return (
    <tr class={kind}>
      <td class="line-number">{before}</td>
      <td class="line-number">{after}</td>
      <Line kind={kind} line={line} />
    </tr>
  );
}

function SplitRow({ row: { kind, before, after } }: { readonly row: DiffRow }): JSX.Element {
  return (
    <tr>
      <td class="line-number">{before?.number}</td>
      <Line kind={before === undefined ? "missing" : kind === "same" ? "same" : "removed"} line={before} />
      <td class="line-number">{after?.number}</td>
      <Line kind={after === undefined ? "missing" : kind === "same" ? "same" : "added"} line={after} />
    </tr>
  );
}

interface LineProps {
  readonly kind: "same" | "added" | "removed" | "missing";
  readonly line: DiffLine | undefined;
}

const SIGNS = { same: " ", added: "+", removed: "-", missing: " " } as const;

function Line({ kind, line }: LineProps): JSX.Element {
  const words = line?.words ?? [];
  // In a line that is new as a whole, no word stands out.
  const isWhole = words.every((word) => word.kind !== "same");
  return (
    <td class={`line ${kind}`} data-sign={SIGNS[kind]}>
      {words.map((word) =>
        word.kind === "same" || isWhole ? (
          word.text
        ) : word.kind === "added" ? (
          <ins>{word.text}</ins>
        ) : (
          <del>{word.text}</del>
        ),
      )}
    </td>
  );
}
