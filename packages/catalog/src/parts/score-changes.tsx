// The scores of two versions beside each other.

import type { CompiledVersion } from "@cuecard/build";
import { compareText, type Score, versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import { TableFrame } from "./table-frame.js";

interface ScoreChangesProps {
  readonly before: CompiledVersion;
  readonly after: CompiledVersion;
}

export function scoreLabel({ metric, dataset }: Score): string {
  return dataset === undefined ? metric : `${metric} (${dataset})`;
}

export function ScoreChanges({ before, after }: ScoreChangesProps): JSX.Element {
  const [was, is] = [before, after].map(
    ({ scores }) => new Map(scores.map((score) => [scoreLabel(score), score.value])),
  );
  const labels = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].sort(compareText);
  return (
    <TableFrame label="Scores of both versions">
      <table class="facts values">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" class="number">
              {versionRef(before.version)}
            </th>
            <th scope="col" class="number">
              {versionRef(after.version)}
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => (
            <tr>
              <th scope="row">{label}</th>
              <td class="number">{was?.get(label) ?? <span class="none">–</span>}</td>
              <td class="number">{is?.get(label) ?? <span class="none">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
