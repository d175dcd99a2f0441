// Scores over versions: a line for each metric and data set, drawn when the site is built, with the figures as a table.

import { compareText, type Score, versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import type { CatalogPrompt, CatalogVersion } from "../source.js";
import { scoreLabel } from "./score-changes.js";
import { TableFrame } from "./table-frame.js";

const WIDTH = 640;
const HEIGHT = 160;
const PAD = 24;

/** How many versions are shown around the one of the page: each version of a prompt has a page. */
const MOST = 24;

interface ScoreChartProps {
  readonly prompt: CatalogPrompt;
  readonly current: CatalogVersion;
}

export function ScoreChart({ prompt, current }: ScoreChartProps): JSX.Element | null {
  const scored = prompt.versions.filter(({ compiled }) => compiled.scores.length > 0);
  if (scored.length === 0) return null;
  const { version: own } = current.compiled;
  const at = scored.findIndex(({ compiled: { version } }) => own !== "working" && Number(version) >= own);
  const start = Math.max(0, Math.min((at < 0 ? scored.length : at) - MOST / 2, scored.length - MOST));
  const scores = scored.slice(start, start + MOST).flatMap(({ compiled }) => compiled.scores);
  const versions = [...new Set(scores.map(({ version }) => version))].sort((a, b) => a - b);
  const series = groupScores(scores);
  return (
    <>
      {scored.length > MOST && (
        <p class="note">
          {scored.length} versions have scores. These are the ones around {versionRef(own)}.
        </p>
      )}
      {versions.length > 1 &&
        [...series].map(([label, own]) => <Line label={label} versions={versions} scores={own} />)}
      <TableFrame label="Scores by version">
        <table class="facts">
          <thead>
            <tr>
              <th scope="col">Metric</th>
              {versions.map((version) => (
                <th scope="col" class="number">
                  v{version}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...series].map(([label, own]) => (
              <tr>
                <th scope="row">{label}</th>
                {versions.map((version) => (
                  <td class="number">{own.get(version) ?? <span class="none">–</span>}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </>
  );
}

interface LineProps {
  readonly label: string;
  readonly versions: readonly number[];
  readonly scores: ReadonlyMap<number, number>;
}

function Line({ label, versions, scores }: LineProps): JSX.Element {
  const values = [...scores.values()];
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const range = highest - lowest || 1;
  const points = [...scores].map(([version, value]) => ({
    version,
    value,
    x: PAD + (versions.indexOf(version) / (versions.length - 1)) * (WIDTH - 2 * PAD),
    y: HEIGHT - PAD - ((value - lowest) / range) * (HEIGHT - 2 * PAD),
  }));
  return (
    <figure class="chart">
      <figcaption>{label}</figcaption>
      <TableFrame label={`${label}, drawn`}>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={`${label} by version; the figures are in the table below`}
        >
          <polyline points={points.map(({ x, y }) => `${round(x)},${round(y)}`).join(" ")} />
          {points.map(({ version, value, x, y }) => (
            <>
              <circle cx={round(x)} cy={round(y)} r="4">
                <title>{`v${version}: ${value}`}</title>
              </circle>
              <text x={round(x)} y={HEIGHT - 4} text-anchor="middle">
                v{version}
              </text>
              <text x={round(x)} y={round(y) - 9} text-anchor="middle">
                {value}
              </text>
            </>
          ))}
        </svg>
      </TableFrame>
    </figure>
  );
}

/** Values by version, by what was measured. */
function groupScores(scores: readonly Score[]): Map<string, Map<number, number>> {
  const series = new Map<string, Map<number, number>>();
  for (const score of [...scores].sort((a, b) => compareText(scoreLabel(a), scoreLabel(b)) || a.version - b.version)) {
    const own = series.get(scoreLabel(score)) ?? new Map<number, number>();
    series.set(scoreLabel(score), own.set(score.version, score.value));
  }
  return series;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
