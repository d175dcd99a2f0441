// One prompt as the catalog shows it.

import type { CompiledPrompt } from "@cuecard/build";
import { type CatalogAlias, type CatalogMove, type CatalogPrompt, compareAliases } from "@cuecard/catalog";
import {
  describeTarget,
  latestVersions,
  type PromptContent,
  type Snapshot,
  type StoredTarget,
  versionRef,
  versionTag,
} from "@cuecard/model";
import type { AliasMove, PromptHistory, Release } from "@cuecard/registry";
import type { ResolvedUsage } from "../usages/usage.js";
import { groupBy } from "./group-by.js";
import { readPromotions } from "./read-promotions.js";
import { VersionReader, type VersionReaderOptions } from "./read-version.js";

export interface PromptReaderOptions extends VersionReaderOptions {
  /** Those whose promotions are read. */
  readonly environments: readonly string[];
  readonly snapshot: Snapshot;
  readonly history: Pick<PromptHistory, "releases" | "moves">;
  readonly usages: readonly ResolvedUsage[];
}

export class PromptReader {
  readonly #options: PromptReaderOptions;
  readonly #latest: ReadonlyMap<string, number>;
  readonly #releases: ReadonlyMap<string, Release>;
  readonly #moves: ReadonlyMap<string, readonly AliasMove[]>;
  readonly #usages: ReadonlyMap<string, readonly ResolvedUsage[]>;
  readonly #follows: ReadonlySet<string>;

  constructor(options: PromptReaderOptions) {
    const { snapshot, history, usages } = options;
    this.#options = options;
    this.#latest = latestVersions(snapshot.versions);
    this.#releases = new Map(history.releases.map((release) => [versionTag(release), release]));
    this.#moves = groupBy(history.moves, ({ name }) => name);
    this.#usages = groupBy(usages, ({ name }) => name ?? "");
    const following = snapshot.aliases.filter(
      ({ target }) => target.kind === "version" && target.follows !== undefined,
    );
    this.#follows = new Set(following.map(({ name, alias }) => `${name}@${alias}`));
  }

  /** @param contents Those of its versions, by digest. */
  read(prompt: CompiledPrompt, contents: ReadonlyMap<string, PromptContent>): CatalogPrompt {
    const { name } = prompt;
    const usages = (this.#usages.get(name) ?? []).map(({ file, line, ref }) => ({ file, line, ref }));
    const options = { ...this.#options, usages };
    let promotions: CatalogPrompt["promotions"] | undefined;
    return {
      name,
      latest: this.#latest.get(name),
      aliases: this.#aliases(prompt),
      versions: this.#versions(prompt, contents),
      moves: (this.#moves.get(name) ?? []).map(describeMove),
      usages,
      get promotions() {
        promotions ??= readPromotions(prompt, options);
        return promotions;
      },
    };
  }

  #versions({ name, versions, aliases }: CompiledPrompt, contents: ReadonlyMap<string, PromptContent>) {
    const pointedAt = new Set(aliases.flatMap(({ arms }) => arms.map(({ version }) => version)));
    return versions.map((compiled, index) => {
      const { version, digest } = compiled;
      const release = version === "working" ? undefined : this.#releases.get(versionTag({ name, version }));
      const own = { content: contents.get(digest), isPointedAt: pointedAt.has(version) };
      return new VersionReader({ compiled, before: versions[index - 1], release, ...own }, this.#options);
    });
  }

  #aliases({ name, aliases }: CompiledPrompt): CatalogAlias[] {
    const own = aliases.filter(({ alias }) => alias !== "latest");
    return own
      .map(({ alias, arms }) => {
        const total = arms.reduce((sum, { weight }) => sum + weight, 0);
        return {
          ...{ alias, follows: this.#follows.has(`${name}@${alias}`) },
          arms: arms.map(({ version, weight }) => ({ version, share: weight / total })),
        };
      })
      .sort((a, b) => compareAliases(a.alias, b.alias));
  }
}

function describeMove({ alias, from, to, commit }: AliasMove): CatalogMove {
  return {
    alias,
    arms: to === undefined ? [] : readArms(to),
    from: from && describeTarget(from),
    to: to && describeTarget(to),
    date: commit.author.date,
    by: commit.author.name,
    commit: commit.oid,
    subject: commit.message.split("\n", 1)[0] ?? "",
  };
}

function readArms(target: StoredTarget): CatalogMove["arms"] {
  if (target.kind !== "split")
    return [{ label: target.kind === "version" ? versionRef(target.version) : target.kind, share: 1 }];
  const total = target.arms.reduce((sum, { weight }) => sum + weight, 0);
  return target.arms.map(({ version, weight }) => ({ label: versionRef(version), share: weight / total }));
}
