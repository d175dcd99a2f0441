// Where code loads a prompt.

import type { JSX } from "preact";
import type { CatalogUsage } from "../source.js";

interface UsagesProps {
  readonly usages: readonly CatalogUsage[];
  /** What is said if there are none. */
  readonly none: string;
}

export function Usages({ usages, none }: UsagesProps): JSX.Element {
  if (usages.length === 0) return <p class="note">{none}</p>;
  return (
    <ul class="usages">
      {usages.map(({ file, line, ref }) => (
        <li>
          <code>
            {file}:{line}
          </code>{" "}
          <span class="note">{ref ?? "a version that is chosen at run time"}</span>
        </li>
      ))}
    </ul>
  );
}
