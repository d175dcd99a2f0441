// What the pages about all prompts show of one.

import type { CatalogAlias, CatalogPrompt, CatalogVersion } from "../source.js";
import { type PromotionRow, promotionRow } from "./promotion-rows.js";

export interface PromptSummary {
  readonly name: string;
  readonly description: string;
  readonly kind: "text" | "chat";
  readonly model: string;
  readonly owner: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly latest: number | undefined;
  /** Ascending; the working file last. */
  readonly versionNames: readonly (number | "working")[];
  readonly aliases: readonly SummaryAlias[];
  /** The last release or move of an alias; empty if there was none. */
  readonly changed: { readonly date: string; readonly by: string } | undefined;
  readonly tokens: number;
  /** The first score of the newest version that has one. */
  readonly score: { readonly metric: string; readonly value: number; readonly version: number } | undefined;
  /** For search in texts. */
  readonly text: string;
  /** What promotions would change. */
  readonly promotions: readonly { readonly from: string; readonly to: string; readonly row: PromotionRow }[];
}

export interface SummaryAlias extends CatalogAlias {
  /** How many versions the alias is behind the latest one; 0 if it is there, or points at working files. */
  readonly behind: number;
}

/** @param shown The version that the prompt's page shows. */
export function summarizePrompt(prompt: CatalogPrompt, shown: CatalogVersion): PromptSummary {
  const { content } = shown.compiled;
  return {
    name: prompt.name,
    description: content.description ?? "",
    kind: content.kind,
    model: content.model ?? "",
    owner: ownerOf(shown),
    tags: content.tags,
    latest: prompt.latest,
    versionNames: prompt.versions.map(({ compiled }) => compiled.version),
    aliases: summarizeAliases(prompt),
    changed: lastChange(prompt),
    tokens: shown.tokens,
    score: lastScore(prompt),
    text: [content.template, ...Object.values(content.partials)].join("\n"),
    promotions: prompt.promotions.map((promotion) => {
      const { from, to } = promotion;
      return { from, to, row: promotionRow(prompt, promotion) };
    }),
  };
}

export function summarizeAliases(prompt: CatalogPrompt): SummaryAlias[] {
  return prompt.aliases.map((alias) => ({ ...alias, behind: countBehind(prompt, alias) }));
}

/**
 * The version that a prompt's page shows: that of production, else the latest, else the working file.
 *
 * @returns `undefined` if no version compiles.
 */
export function shownVersion({ latest, aliases, versions }: CatalogPrompt): CatalogVersion | undefined {
  const production = aliases.find(({ alias }) => alias === "production");
  const main = production === undefined ? latest : mainVersion(production);
  return versions.find(({ compiled }) => compiled.version === main) ?? versions.at(-1);
}

/** The version that an environment points at; of several, the one with the largest share. */
export function mainVersion({ arms }: CatalogAlias): number | "working" {
  return arms.reduce((most, arm) => (arm.share > most.share ? arm : most)).version;
}

/** Who is responsible, as far as the front matter says it: the tag or the metadata `owner`. */
function ownerOf({ compiled: { content } }: CatalogVersion): string {
  const { tags, metadata, ext } = content;
  const given = [
    tags["owner"],
    metadata["owner"],
    ...Object.values(ext).map((own) => (own as { owner?: unknown }).owner),
  ];
  return given.find((value): value is string => typeof value === "string") ?? "";
}

function countBehind({ latest, versions }: CatalogPrompt, { arms }: CatalogAlias): number {
  const lowest = Math.min(...arms.map(({ version }) => (version === "working" ? Number.POSITIVE_INFINITY : version)));
  return versions.filter(({ compiled: { version, retired } }) => {
    return version !== "working" && retired === undefined && version > lowest && version <= (latest ?? 0);
  }).length;
}

function lastChange({ versions, moves }: CatalogPrompt): PromptSummary["changed"] {
  const released = versions.flatMap((version) => version.released ?? []);
  const all = [...released, ...moves.map(({ date, by }) => ({ date, by }))];
  return all.reduce<PromptSummary["changed"]>(
    (last, one) => (last === undefined || Date.parse(one.date) > Date.parse(last.date) ? one : last),
    undefined,
  );
}

function lastScore({ versions }: CatalogPrompt): PromptSummary["score"] {
  for (const { compiled } of versions.toReversed()) {
    const [score] = compiled.scores;
    if (score !== undefined) return { metric: score.metric, value: score.value, version: score.version };
  }
  return undefined;
}
