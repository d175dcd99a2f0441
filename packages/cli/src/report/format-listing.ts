// All prompts as a table.

import type { ListedPrompt } from "@cuecard/project";
import { formatRows, type TableOptions } from "./table.js";

/** What `cuecard list` prints. */
export function formatListing(
  prompts: readonly ListedPrompt[],
  options: Pick<TableOptions, "paint" | "width">,
): string {
  const head = ["NAME", "LATEST", "ALIASES", "KIND", "DESCRIPTION"];
  return formatRows(head, prompts.map(row), 2, { ...options, dispensable: 2 });
}

function row({ name, latest, aliases, kind, description, deleted }: ListedPrompt): string[] {
  return [
    name,
    latest === undefined ? "-" : `v${latest}`,
    Object.entries(aliases)
      .map(([alias, target]) => `${alias} → ${target}`)
      .join(", ") || "-",
    `${kind ?? "broken"}${deleted ? " (file deleted)" : ""}`,
    description ?? "",
  ];
}
