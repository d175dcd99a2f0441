// What would change for callers of an environment if it got what another one has: the facts of a review of that move.

import type { Comparison, CompiledPrompt, CompiledVersion, ResolvedAlias } from "@cuecard/build";
import { type CatalogPromotion, type CatalogUsage, compareAliases } from "@cuecard/catalog";
import { type AliasTarget, describeTarget, versionRef } from "@cuecard/model";
import { assessEdit, type MetVersion } from "../aliases/assess-edit.js";
import type { CountTokens } from "../review/count-tokens.js";
import { pairTexts, renderSides } from "../review/review-examples.js";
import { createRenderer, type RendererOptions, type RenderInput } from "./render-examples.js";

export interface PromotionOptions extends RendererOptions {
  /** Those whose promotions are read. */
  readonly environments: readonly string[];
  readonly count: CountTokens;
  /** Where code loads the prompt. */
  readonly usages: readonly CatalogUsage[];
}

/**
 * All pairs of environments that differ. Examples are rendered only for the usual direction, towards the environment that matters more,
 * because it takes the most time.
 */
export function readPromotions(prompt: CompiledPrompt, options: PromotionOptions): CatalogPromotion[] {
  const reader = new PromotionReader(prompt, options);
  const to = prompt.aliases.filter(({ alias }) => options.environments.includes(alias));
  const from = [...to, ...prompt.aliases.filter(({ alias }) => alias === "latest")];
  return to.flatMap((target) => from.flatMap((source) => reader.read(source, target) ?? []));
}

class PromotionReader {
  readonly #prompt: CompiledPrompt;
  readonly #options: PromotionOptions;
  readonly #versions: ReadonlyMap<string, CompiledVersion>;
  readonly #renderers = new Map<string, RenderInput>();
  readonly #comparisons = new Map<CompiledVersion["content"], Map<CompiledVersion["content"], Comparison>>();

  constructor(prompt: CompiledPrompt, options: PromotionOptions) {
    this.#prompt = prompt;
    this.#options = options;
    this.#versions = new Map(prompt.versions.map((version) => [versionRef(version.version), version]));
  }

  /** @returns `undefined` if the two environments have the same. */
  read(source: ResolvedAlias, target: ResolvedAlias): CatalogPromotion | undefined {
    if (this.#isSame(source, target)) return undefined;
    const [from, to] = [targetOf(target), targetOf(source)];
    const edit = { name: this.#prompt.name, alias: target.alias, from, to };
    const { comparisons, breaks, key } = assessEdit(edit, (label) => this.#versions.get(label)?.content, {
      compareContents: (before, after) => this.#compare(before, after),
    });
    const isUsual = source.alias !== "latest" && compareAliases(target.alias, source.alias) < 0;
    return {
      ...{ from: source.alias, to: target.alias, before: describeTarget(from), after: describeTarget(to), key },
      breaks: breaks.map(({ change, problem }) => ({ change, problem })),
      comparisons: comparisons.map((comparison) => this.#describe(comparison, isUsual)),
      isUsual,
      usages: this.#options.usages.filter(({ ref }) => ref === target.alias),
    };
  }

  #isSame(a: ResolvedAlias, b: ResolvedAlias): boolean {
    const print = ({ arms }: ResolvedAlias) =>
      JSON.stringify(arms.map(({ version, weight }) => [this.#versions.get(versionRef(version))?.digest, weight]));
    return print(a) === print(b);
  }

  #compare(before: CompiledVersion["content"], after: CompiledVersion["content"]): Comparison {
    const known = this.#comparisons.get(before) ?? new Map<CompiledVersion["content"], Comparison>();
    const comparison = known.get(after) ?? this.#options.compiler.compareContents(before, after);
    this.#comparisons.set(before, known.set(after, comparison));
    return comparison;
  }

  #describe({ before, after, changes, sameText }: MetVersion, rendersExamples: boolean) {
    const [was, is] = [this.#versions.get(before), this.#versions.get(after)];
    return {
      ...{ before, after, sameText },
      changes: changes.map(({ message, breaksCallers }) => ({ message, breaking: breaksCallers })),
      ...(rendersExamples && was !== undefined && is !== undefined ? { examples: this.#compareExamples(was, is) } : {}),
    };
  }

  #compareExamples(before: CompiledVersion, after: CompiledVersion) {
    const { compiler, count } = this.#options;
    const rendererOf = (version: CompiledVersion) => {
      const render = this.#rendererOf(version);
      return (input: Readonly<Record<string, unknown>>) => {
        const rendered = render(input);
        if ("refused" in rendered) return rendered;
        return { ...rendered, tokens: compiler.countTokensOf(rendered.messages, count) };
      };
    };
    const renderers = { renderBefore: rendererOf(before), renderAfter: rendererOf(after) };
    return renderSides(before, after, renderers).map((example) => ({
      ...example,
      messages: pairTexts(example.before, example.after),
    }));
  }

  #rendererOf(version: CompiledVersion): RenderInput {
    const label = versionRef(version.version);
    const known = this.#renderers.get(label) ?? createRenderer(this.#options, version);
    this.#renderers.set(label, known);
    return known;
  }
}

/** Where it leads today, whether it follows releases or not. */
function targetOf({ arms }: ResolvedAlias): AliasTarget {
  const [first] = arms;
  if (arms.length > 1)
    return {
      kind: "split",
      arms: arms.flatMap(({ version, weight }) => (version === "working" ? [] : [{ version, weight }])),
    };
  return first === undefined || first.version === "working"
    ? { kind: "working" }
    : { kind: "version", version: first.version };
}
