// What the page for comparing offers of a prompt.

import { formatShare, versionRef } from "@cuecard/model";
import { mainVersion, type PromptSummary } from "./summarize-prompt.js";

export interface PromptChoice {
  readonly name: string;
  /** `v1`, `v2`, `working`. */
  readonly versions: readonly string[];
  /** The version that each environment points at; of several, the one with the largest share. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Where weighted environments point: `v1 90% / v2 10%`; left out if there are none. */
  readonly splits?: Readonly<Record<string, string>>;
}

export function describeChoice({ name, versionNames, aliases }: PromptSummary): PromptChoice {
  const weighted = aliases.filter(({ arms }) => arms.length > 1);
  const splits = weighted.map(({ alias, arms }) => [
    alias,
    arms.map(({ version, share }) => `${versionRef(version)} ${formatShare(share)}`).join(" / "),
  ]);
  return {
    name,
    versions: versionNames.map(versionRef),
    aliases: Object.fromEntries(aliases.map((alias) => [alias.alias, versionRef(mainVersion(alias))])),
    ...(splits.length === 0 ? {} : { splits: Object.fromEntries(splits) }),
  };
}
