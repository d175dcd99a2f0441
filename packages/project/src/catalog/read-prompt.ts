// One prompt as the catalog shows it.

import type { CompiledPrompt } from "@cuecard/build";
import {
  type CatalogAlias,
  type CatalogMove,
  type CatalogPrompt,
  type CatalogVersion,
  compareAliases,
} from "@cuecard/catalog";
import { describeTarget, latestVersions, type PromptContent, type Snapshot, type StoredTarget } from "@cuecard/model";
import type { AliasMove, Release } from "@cuecard/registry";
import type { Usage } from "../usages/usage.js";
import type { CatalogHistory } from "./catalog-memory.js";
import { groupBy } from "./group-by.js";
import { readPromotions } from "./read-promotions.js";
import { VersionReader, type VersionReaderOptions } from "./read-version.js";

export interface PromptReaderOptions extends VersionReaderOptions {
  /** Those whose promotions are read. */
  readonly environments: readonly string[];
  readonly snapshot: Snapshot;
  readonly history: Pick<CatalogHistory, "releases" | "moves">;
  readonly usages: readonly Usage[];
}

export class PromptReader {
  readonly #options: PromptReaderOptions;
  readonly #latest: ReadonlyMap<string, number>;
  readonly #releases: ReadonlyMap<string, readonly Release[]>;
  readonly #moves: ReadonlyMap<string, readonly AliasMove[]>;
  readonly #usages: ReadonlyMap<string, readonly Usage[]>;
  readonly #follows: ReadonlySet<string>;

  constructor(options: PromptReaderOptions) {
    const { snapshot, history, usages } = options;
    this.#options = options;
    this.#latest = latestVersions(snapshot.versions);
    this.#releases = groupBy(history.releases, ({ name }) => name);
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

  /** What git and the code know of a prompt, to compare. */
  factsOf(name: string): unknown {
    const releases = (this.#releases.get(name) ?? []).map((release) => [release.version, releaseOf(release)]);
    return [releases, (this.#moves.get(name) ?? []).map(describeMove), this.#usages.get(name)];
  }

  #versions({ name, versions, aliases }: CompiledPrompt, contents: ReadonlyMap<string, PromptContent>) {
    const pointedAt = new Set(aliases.flatMap(({ arms }) => arms.map(({ version }) => version)));
    const releases = new Map(this.#releases.get(name)?.map((release) => [release.version, releaseOf(release)]));
    return versions.map((compiled, index) => {
      const { version, digest } = compiled;
      const released = version === "working" ? undefined : releases.get(version);
      const own = { content: contents.get(digest), isPointedAt: pointedAt.has(version) };
      return new VersionReader({ compiled, before: versions[index - 1], released, ...own }, this.#options);
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

/** `undefined` if the clone lacks the commit. */
function releaseOf({ date, tagger, author }: Release): CatalogVersion["released"] {
  return date === undefined ? undefined : { date, by: tagger?.name ?? author?.name ?? "unknown" };
}

function describeMove({ alias, from, to, commit }: AliasMove): CatalogMove {
  return {
    alias,
    shares: to === undefined ? [] : readShares(to),
    from: from && describeTarget(from),
    to: to && describeTarget(to),
    date: commit.author.date,
    by: commit.author.name,
    commit: commit.oid,
    subject: commit.message.split("\n", 1)[0] ?? "",
  };
}

function readShares(target: StoredTarget): number[] {
  if (target.kind !== "split") return [1];
  const total = target.arms.reduce((sum, { weight }) => sum + weight, 0);
  return target.arms.map(({ weight }) => weight / total);
}
