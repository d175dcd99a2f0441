// Links to where rollbacks are proposed, on the pages that `cuecard dev` serves.

import type { JSX } from "preact";
import { type PagePath, proposeRollback } from "../links.js";
import type { CatalogPrompt } from "../source.js";

interface RollBacksProps {
  readonly page: PagePath;
  readonly prompt: CatalogPrompt;
}

/** Environments that have moved can be rolled back. */
export function RollBacks({ page, prompt: { name, aliases, moves } }: RollBacksProps): JSX.Element | null {
  const moved = aliases.filter(({ alias }) => moves.some((move) => move.alias === alias && move.from !== undefined));
  if (moved.length === 0) return null;
  return (
    <p class="would-change note">
      Roll back:{" "}
      {moved.map(({ alias }) => (
        <>
          <a href={proposeRollback(page, name, alias)}>{alias}</a>{" "}
        </>
      ))}
    </p>
  );
}
