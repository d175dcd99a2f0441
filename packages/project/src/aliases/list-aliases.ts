// Lists aliases: each pointer, and who moved it when.

import { ALIASES_FILE, compareText, describeTarget, toStored } from "@cuecard/model";
import { isSameTarget, readLastMoves } from "@cuecard/registry";
import type { Outcome } from "../read/outcome.js";
import { NO_TEXTS, type Project } from "../read/project.js";
import { unknownName } from "../read/resolve-reference.js";

export interface ListedAlias {
  readonly name: string;
  readonly alias: string;
  /** `v3`, `latest (v3)`, `working`, `v3 90% / v4 10%`. */
  readonly target: string;
  /** Whether its target cannot be used. */
  readonly broken: boolean;
  /** The commit that last moved it. `uncommitted` if there is none yet, `unknown` if this clone lacks the history. */
  readonly moved:
    | { readonly date: string; readonly by: { readonly name: string; readonly email: string }; readonly commit: string }
    | "uncommitted"
    | "unknown";
}

/**
 * @param name One prompt. Default: all.
 * @returns Sorted by name, then alias, with the findings about aliases.json.
 */
export async function listAliases(
  project: Project,
  name: string | undefined,
): Promise<Outcome<readonly ListedAlias[]>> {
  const { snapshot, brokenAliases, diagnostics } = await project.snapshot({ texts: NO_TEXTS });
  if (snapshot === undefined) return { kind: "broken", diagnostics };
  const own = diagnostics.filter(({ file }) => file === ALIASES_FILE);
  const names = new Set(
    [...snapshot.working, ...snapshot.versions, ...snapshot.aliases, ...brokenAliases].map((one) => one.name),
  );
  if (name !== undefined && !names.has(name)) return { kind: "unknown", ...unknownName(name, names), diagnostics: own };
  const last = await readLastMoves(project.repository);
  const broken = new Set(brokenAliases);
  const entries = [...snapshot.aliases, ...brokenAliases].filter((entry) => name === undefined || entry.name === name);
  const aliases = entries.map((entry): ListedAlias => {
    const { alias, target } = entry;
    const found = last.get(entry.name, alias);
    const isCommitted =
      found !== undefined && isSameTarget(found.move.to, target.kind === "latest" ? target : toStored(target));
    const moved = isCommitted
      ? { date: found.by.date, by: { name: found.by.name, email: found.by.email }, commit: found.commit }
      : found === undefined && last.truncated
        ? "unknown"
        : "uncommitted";
    return { name: entry.name, alias, target: describeTarget(target), broken: broken.has(entry), moved };
  });
  aliases.sort((a, b) => compareText(a.name, b.name) || compareText(a.alias, b.alias));
  return { kind: "found", value: aliases, diagnostics: [...own, ...last.diagnostics] };
}
