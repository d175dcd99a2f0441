// What moving one environment of a prompt to what another one has would change: the review of that move.

import { versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import {
  comparisonFrom,
  linkFrom,
  type PagePath,
  promotionPage,
  promptPage,
  promptPromotionPage,
  proposePromotion,
  versionPage,
} from "../links.js";
import { BreakableName } from "../parts/breakable-name.js";
import { ChangeList, FileChanges } from "../parts/changes.js";
import { ExampleChanges } from "../parts/example-changes.js";
import { ScoreChanges } from "../parts/score-changes.js";
import { Section } from "../parts/section.js";
import { Snippet } from "../parts/snippets.js";
import { Usages } from "../parts/usages.js";
import type { CatalogComparison, CatalogPromotion, CatalogPrompt, CatalogVersion } from "../source.js";
import { Layout, type SiteFacts } from "./layout.js";

interface PromptPromotionPageProps {
  readonly site: SiteFacts;
  readonly prompt: CatalogPrompt;
  readonly promotion: CatalogPromotion;
}

export function PromptPromotionPage({ site, prompt, promotion }: PromptPromotionPageProps): JSX.Element {
  const { name } = prompt;
  const { from, to, before, after, comparisons, usages } = promotion;
  const page = promptPromotionPage(name, from, to);
  return (
    <Layout site={site} page={page} title={`Promote ${name} from ${from} to ${to}`}>
      <nav class="crumbs" aria-label="Place">
        <a href={linkFrom(page, promotionPage(from, to))}>
          Promote {from} to {to}
        </a>
        <a href={linkFrom(page, promptPage(name))}>{name}</a>
      </nav>
      <div class="page-head">
        <h1>
          <BreakableName name={name} />{" "}
          <span class="version">
            {from} → {to}
          </span>
        </h1>
        <p class="lead">
          {to} would move from {before} to {after}.
        </p>
      </div>
      <Verdict promotion={promotion} />
      <div class="sections">
        <PassedVersions page={page} prompt={prompt} comparisons={comparisons} />
        {comparisons.length === 0 && (
          <Section id="changes" title="What changes">
            <p>
              Only how many callers get each version: no caller gets a version that {to} does not have today.{" "}
              <a href={comparisonFrom(page, name, to, from)}>Compare the versions</a>
            </p>
          </Section>
        )}
        {comparisons.map((comparison) => (
          <ComparisonPart prompt={prompt} comparison={comparison} isOnly={comparisons.length === 1} />
        ))}
        <Section id="use" title="Used by">
          <Usages usages={usages} none={`No code of this repository loads ${to} of this prompt by name.`} />
        </Section>
        <Section id="do-it" title="Do it">
          {site.isLive && (
            <p>
              <a class="button" href={proposePromotion(page, { from, to, name })}>
                Propose this promotion
              </a>
            </p>
          )}
          <Snippet title="Command line" text={`npx cuecard promote ${name} --from ${from} --to ${to}`} />
        </Section>
      </div>
    </Layout>
  );
}

function Verdict({ promotion: { breaks, to, key } }: Pick<PromptPromotionPageProps, "promotion">): JSX.Element {
  if (breaks.length === 0)
    return (
      <p class="callout good">
        Calls of {to} that work today would keep working.
        {key === "ignored" && " They would no longer need a key, because all callers would get one version."}
      </p>
    );
  return (
    <div class="callout error">
      <p>
        <strong>Breaking.</strong> Calls of {to} that work today would fail:
      </p>
      <ul class="changes">
        {breaks.map(({ change, problem }) => (
          <li>
            {problem} <span class="note">({change})</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PassedVersionsProps {
  readonly page: PagePath;
  readonly prompt: CatalogPrompt;
  readonly comparisons: readonly CatalogComparison[];
}

/** The versions that come with the move: after the one that callers have, up to the one that they get. */
function PassedVersions({ page, prompt, comparisons }: PassedVersionsProps): JSX.Element | null {
  const labels = prompt.versions.map(({ compiled }) => versionRef(compiled.version));
  const passed = new Set<CatalogVersion>();
  for (const { before, after } of comparisons)
    for (const version of prompt.versions.slice(labels.indexOf(before) + 1, labels.indexOf(after) + 1))
      passed.add(version);
  if (passed.size < 2) return null;
  return (
    <Section id="versions" title="What comes with it">
      <ul class="passed">
        {[...passed].map(({ compiled: { version, notes } }) => (
          <li>
            <a href={linkFrom(page, versionPage(prompt.name, version))}>{versionRef(version)}</a>{" "}
            {notes.split("\n", 1)[0]}
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface ComparisonPartProps {
  readonly prompt: CatalogPrompt;
  readonly comparison: CatalogComparison;
  readonly isOnly: boolean;
}

function ComparisonPart({ prompt, comparison, isOnly }: ComparisonPartProps): JSX.Element {
  const { before, after, changes, sameText, examples = [] } = comparison;
  const find = (label: string) => prompt.versions.find(({ compiled }) => versionRef(compiled.version) === label);
  const [was, is] = [find(before), find(after)];
  const suffix = isOnly ? "" : `-${after}`;
  return (
    <>
      <Section id={`changes${suffix}`} title={`${before} → ${after}`}>
        <ChangeList changes={changes} />
        {sameText && changes.length === 0 && <p class="note">Nothing that callers or models see.</p>}
        {was !== undefined && is !== undefined && <FileChanges before={was} version={is} />}
      </Section>
      {examples.length > 0 && (
        <Section id={`examples${suffix}`} title="Examples, rendered">
          <ExampleChanges examples={examples} />
        </Section>
      )}
      {was !== undefined && is !== undefined && (was.compiled.scores.length > 0 || is.compiled.scores.length > 0) && (
        <Section id={`scores${suffix}`} title="Scores">
          <ScoreChanges before={was.compiled} after={is.compiled} />
        </Section>
      )}
    </>
  );
}
