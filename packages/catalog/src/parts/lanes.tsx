// How the environments of a prompt moved, as a lane for each: a column for each commit that moved one, the newest at the right.

import type { JSX } from "preact";
import { compareAliases } from "../facts/order-aliases.js";
import type { CatalogMove, CatalogPrompt } from "../source.js";
import { TableFrame } from "./table-frame.js";

/** The newest commits that are drawn. The table below has all. */
const MOST = 24;
const COLUMN = 120;
const LANE = 34;
const BAR = 22;
const HEAD = 20;

/** What an environment points at from one column to another. */
interface Segment {
  readonly start: number;
  readonly end: number;
  /** `v2`, `v1 90% / v2 10%`. */
  readonly text: string;
  readonly shares: CatalogMove["shares"];
}

interface Lane {
  readonly alias: string;
  readonly segments: readonly Segment[];
}

export function Lanes({ prompt: { moves } }: { readonly prompt: CatalogPrompt }): JSX.Element | null {
  const dates = new Map(moves.toReversed().map(({ commit, date }) => [commit, date]));
  const columns = [...dates].slice(-MOST);
  if (columns.length < 2) return null;
  const lanes = readLanes(
    moves,
    columns.map(([commit]) => commit),
  );
  const width = columns.length * COLUMN;
  const height = HEAD + lanes.length * LANE;
  return (
    <div class="lane-chart">
      <ul class="lane-names">
        {lanes.map(({ alias }) => (
          <li title={alias}>{alias}</li>
        ))}
      </ul>
      <TableFrame label="Moves of environments, drawn">
        <svg
          class="lanes"
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          role="img"
          aria-label="What each environment pointed at over time; the table below has the same"
        >
          {columns.map(([, date], column) => (
            <>
              <line x1={x(column)} x2={x(column)} y1={HEAD - 4} y2={height} />
              <text class="date" x={x(column) + 4} y="12">
                {day(date)}
              </text>
            </>
          ))}
          {lanes.map(({ alias, segments }, row) => (
            <g>
              {segments.map((segment) => (
                <Bar segment={segment} alias={alias} y={HEAD + row * LANE + (LANE - BAR) / 2} />
              ))}
            </g>
          ))}
        </svg>
      </TableFrame>
    </div>
  );
}

function Bar({
  segment: { start, end, text, shares },
  alias,
  y,
}: {
  readonly segment: Segment;
  readonly alias: string;
  readonly y: number;
}): JSX.Element {
  const width = x(end) - x(start) - 3;
  const isWide = text.length * 7 + 10 <= width;
  const shown = isWide || shares.length === 1 ? text : `${shares.length} versions`;
  let top = y;
  return (
    <g>
      <title>{`${alias}: ${text}`}</title>
      {shares.map((share, index) => {
        const own = top;
        top += share * BAR;
        return <rect class={`arm-${index % 4}`} x={x(start)} y={own} width={width} height={share * BAR} />;
      })}
      <text class="label" x={x(start) + 7} y={y + 15.5}>
        {shown}
      </text>
      {width > 2 * COLUMN && (
        // The beginning of a long bar may be out of sight.
        <text class="label" x={x(end) - 10} y={y + 15.5} text-anchor="end">
          {shown}
        </text>
      )}
    </g>
  );
}

/** @param commits Oldest first. */
function readLanes(moves: readonly CatalogMove[], commits: readonly string[]): Lane[] {
  const columns = new Map(commits.map((commit, column) => [commit, column]));
  const aliases = [...new Set(moves.map(({ alias }) => alias))].sort(compareAliases);
  return aliases.map((alias) => {
    // Oldest first. What moved before the first column is where the lane begins.
    const own = moves.filter((move) => move.alias === alias).toReversed();
    const starts = own.map(({ commit }) => columns.get(commit) ?? 0);
    const segments = own.flatMap(({ to, shares }, index): Segment[] => {
      const [start = 0, end = commits.length] = starts.slice(index);
      return to === undefined || end <= start ? [] : [{ start, end, text: to, shares }];
    });
    return { alias, segments };
  });
}

function x(column: number): number {
  return column * COLUMN;
}

function day(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : time.toISOString().slice(0, 10);
}
