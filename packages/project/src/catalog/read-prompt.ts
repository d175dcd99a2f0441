// One prompt as the catalog shows it.

import type { CompiledPrompt, CompiledVersion, HelperSignature } from "@cuecard/build";
import {
  type CatalogAlias,
  type CatalogChange,
  type CatalogExample,
  type CatalogMove,
  type CatalogPrompt,
  type CatalogVersion,
  compareAliases,
} from "@cuecard/catalog";
import { describeTarget, filesOf, latestVersions, type PromptContent, type Snapshot, versionTag } from "@cuecard/model";
import type { AliasMove, PromptHistory, Release } from "@cuecard/registry";
import type { CountTokens } from "../review/count-tokens.js";
import type { ResolvedUsage } from "../usages/usage.js";
import { readPromotions } from "./read-promotions.js";
import { createRenderer, type RendererOptions } from "./render-examples.js";

export interface PromptReaderOptions extends RendererOptions {
  /** Those whose promotions are read. */
  readonly environments: readonly string[];
  readonly snapshot: Snapshot;
  /** Each content by its digest. */
  readonly contents: ReadonlyMap<string, PromptContent>;
  /** The prompts folder, relative to the project's folder. */
  readonly promptsDir: string;
  readonly helpers: readonly HelperSignature[];
  readonly history: PromptHistory;
  readonly usages: readonly ResolvedUsage[];
  readonly count: CountTokens;
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

  read(prompt: CompiledPrompt): CatalogPrompt {
    const { name } = prompt;
    const usages = (this.#usages.get(name) ?? []).map(({ file, line, ref }) => ({ file, line, ref }));
    const pointedAt = new Set(prompt.aliases.flatMap(({ arms }) => arms.map(({ version }) => version)));
    return {
      name,
      latest: this.#latest.get(name),
      aliases: this.#aliases(prompt),
      versions: prompt.versions.map((version, index) =>
        this.#version(version, prompt.versions[index - 1], pointedAt.has(version.version)),
      ),
      moves: (this.#moves.get(name) ?? []).map(describeMove),
      usages,
      promotions: readPromotions(prompt, { ...this.#options, usages }),
    };
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

  #version(compiled: CompiledVersion, before: CompiledVersion | undefined, isPointedAt: boolean): CatalogVersion {
    const { name, version, digest, content } = compiled;
    const release = version === "working" ? undefined : this.#releases.get(versionTag({ name, version }));
    const examples = this.#renderExamples(compiled);
    const source = this.#options.contents.get(digest);
    return {
      ...{ compiled, examples, tokens: this.#countTokens(compiled, examples) },
      files: source === undefined ? [] : filesOf(source),
      ...(source === undefined || !isPointedAt ? {} : { prefix: this.#prefix(name, source) }),
      ...(before === undefined ? {} : { changes: this.#compare(before.content, content) }),
      ...(release?.date === undefined
        ? {}
        : { released: { date: release.date, by: release.tagger?.name ?? release.author?.name ?? "unknown" } }),
    };
  }

  #prefix(name: string, content: PromptContent): string {
    const { compiler, promptsDir, helpers } = this.#options;
    return compiler.staticPrefix({ name, content, promptsDir, helpers })?.text ?? "";
  }

  #compare(before: CompiledVersion["content"], after: CompiledVersion["content"]): CatalogChange[] {
    const { changes } = this.#options.compiler.compareContents(before, after);
    return changes.map(({ message, breaking }) => ({ message, breaking }));
  }

  #renderExamples(compiled: CompiledVersion): CatalogExample[] {
    const { examples } = compiled.content;
    if (examples.length === 0) return [];
    const { compiler } = this.#options;
    const render = createRenderer(this.#options, compiled);
    return examples.map(({ name, input }) => {
      const rendered = render(input);
      if ("refused" in rendered) return { name, input, result: rendered };
      const texts = rendered.messages.map((message) => ({ role: message.role, text: compiler.messageText(message) }));
      return { name, input, result: { messages: texts } };
    });
  }

  #countTokens({ content }: CompiledVersion, examples: readonly CatalogExample[]): number {
    const { count } = this.#options;
    for (const { result } of examples)
      if ("messages" in result) return result.messages.reduce((sum, { text }) => sum + count(text), 0);
    return [content.template, ...Object.values(content.partials)].reduce((sum, text) => sum + count(text), 0);
  }
}

function describeMove({ alias, from, to, commit }: AliasMove): CatalogMove {
  return {
    alias,
    from: from && describeTarget(from),
    to: to && describeTarget(to),
    date: commit.author.date,
    by: commit.author.name,
    subject: commit.message.split("\n", 1)[0] ?? "",
  };
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const known = groups.get(keyOf(one));
    if (known === undefined) groups.set(keyOf(one), [one]);
    else known.push(one);
  }
  return groups;
}
