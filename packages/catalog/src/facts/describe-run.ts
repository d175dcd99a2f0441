// What the panel that runs a version on a model needs to know, as data in the page of `cuecard dev`.

import { versionRef } from "@cuecard/model";
import type { CatalogPrompt, CatalogVersion } from "../source.js";
import type { NamedInput } from "./describe-input.js";
import type { SummaryAlias } from "./summarize-prompt.js";

export interface RunFacts {
  /** Of the prompt. */
  readonly name: string;
  /** `v3` or `working`. */
  readonly version: string;
  /** The prompt's own. */
  readonly model?: string;
  /** The variables whose values have a private part. */
  readonly privateNames: readonly string[];
  /** The inputs to choose from, if the page has no form. */
  readonly examples: readonly NamedInput[];
  /** The other versions, newest first, with the environments that lead there. */
  readonly others: readonly OtherVersion[];
}

export interface OtherVersion {
  readonly version: string;
  /** `v3 (production, latest)` */
  readonly label: string;
}

/** More are not useful to choose from. */
const MOST_OTHERS = 50;

export function describeRun(
  { name, versions, latest }: CatalogPrompt,
  { compiled }: CatalogVersion,
  aliases: readonly SummaryAlias[],
): RunFacts {
  const { model, privateVariables = [], examples } = compiled.content;
  const others = versions.filter((one) => one.compiled.version !== compiled.version).reverse();
  return {
    ...{ name, version: versionRef(compiled.version), privateNames: privateVariables },
    ...(model === undefined ? {} : { model }),
    examples: examples.map((example) => ({ name: example.name, input: example.input })),
    others: others.slice(0, MOST_OTHERS).map(({ compiled: { version } }) => {
      const leading = aliases.filter(({ arms }) => arms.some((arm) => arm.version === version));
      const names = [...leading.map(({ alias }) => alias), ...(version === latest ? ["latest"] : [])];
      const ref = versionRef(version);
      return { version: ref, label: names.length === 0 ? ref : `${ref} (${names.join(", ")})` };
    }),
  };
}
