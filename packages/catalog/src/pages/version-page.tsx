// One version of a prompt: its template, inputs, examples, and how it came to be.

import { PROMPT_EXTENSION, versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import { type SummaryAlias, shownVersion } from "../facts/summarize-prompt.js";
import { historyPage, LIST_PAGE, linkFrom, type PagePath, promptPromotionPage } from "../links.js";
import { AliasBadge } from "../parts/alias-badge.js";
import { BreakableName } from "../parts/breakable-name.js";
import { Changes } from "../parts/changes.js";
import { DateText } from "../parts/date.js";
import { EditLink } from "../parts/edit-link.js";
import { Examples } from "../parts/examples.js";
import { RollBacks } from "../parts/roll-backs.js";
import { SchemaTable } from "../parts/schema-table.js";
import { ScoreChart } from "../parts/score-chart.js";
import { Section } from "../parts/section.js";
import { Settings } from "../parts/settings.js";
import { Snippets } from "../parts/snippets.js";
import { Templates } from "../parts/templates.js";
import { Timeline } from "../parts/timeline.js";
import { Trial } from "../parts/trial.js";
import { Usages } from "../parts/usages.js";
import type { CatalogPrompt, CatalogVersion } from "../source.js";
import { Layout, type SiteFacts } from "./layout.js";

export interface VersionPageProps {
  readonly site: SiteFacts;
  /** The name of the package that services import. */
  readonly packageName: string;
  readonly page: PagePath;
  readonly prompt: CatalogPrompt;
  /** Those of the prompt. */
  readonly aliases: readonly SummaryAlias[];
  readonly version: CatalogVersion;
}

export function VersionPage(props: VersionPageProps): JSX.Element {
  const { site, packageName, page, prompt, aliases, version } = props;
  const { compiled } = version;
  const { content } = compiled;
  const label = versionRef(compiled.version);
  const before = prompt.versions[prompt.versions.indexOf(version) - 1];
  return (
    <Layout site={site} page={page} title={`${prompt.name} ${label}`}>
      <nav class="crumbs" aria-label="Place">
        <a href={linkFrom(page, LIST_PAGE)}>Prompts</a>
      </nav>
      <div class="page-head">
        <h1>
          <BreakableName name={prompt.name} /> <span class="version">{label}</span>
        </h1>
        {site.isLive && (
          <EditLink
            page={page}
            file={`${site.promptsDir}/${prompt.name}${PROMPT_EXTENSION}`}
            class="button"
            shortcut="E"
          >
            Edit
          </EditLink>
        )}
        {content.description !== undefined && <p class="lead">{content.description}</p>}
        <Chips version={version} />
      </div>
      <Environments site={site} page={page} prompt={prompt} aliases={aliases} />
      <div class="columns">
        <aside>
          <Timeline page={page} prompt={prompt} current={version} />
          <p>
            <a href={linkFrom(page, historyPage(prompt.name))}>All versions and moves</a>
          </p>
        </aside>
        <div class="sections">
          <States prompt={prompt} version={version} />
          <Templates version={version} {...(site.isLive ? { edit: { page, promptsDir: site.promptsDir } } : {})} />
          {before !== undefined && <Changes before={before} version={version} />}
          <Section id="inputs" title="Inputs">
            <SchemaTable schema={content.inputSchema} defaults={content.defaults} label="Inputs" idPrefix="input" />
          </Section>
          {content.outputSchema !== undefined && (
            <Section id="answer" title="Answer">
              <SchemaTable schema={content.outputSchema} label="The model's answer" />
            </Section>
          )}
          {content.examples.length > 0 && (
            <Section id="examples" title="Examples">
              <Examples examples={version.examples} />
            </Section>
          )}
          <Trial page={page} version={version} {...(site.isLive ? { run: { prompt, aliases } } : {})} />
          <Settings version={version} />
          {prompt.versions.some((one) => one.compiled.scores.length > 0) && (
            <Section id="scores" title="Scores">
              <ScoreChart prompt={prompt} current={version} />
            </Section>
          )}
          <Section id="use" title="Use it">
            <Snippets packageName={packageName} prompt={prompt} version={version} />
            <h3>Used by</h3>
            <Usages usages={prompt.usages} none="No code of this repository loads it by name." />
          </Section>
        </div>
      </div>
    </Layout>
  );
}

function Chips({ version: { compiled, tokens } }: Pick<VersionPageProps, "version">): JSX.Element {
  const { model, kind, tags } = compiled.content;
  return (
    <p class="chips">
      {model !== undefined && <span class="chip model">{model}</span>}
      <span class="chip">{kind === "chat" ? "chat prompt" : "text prompt"}</span>
      <span class="chip">{tokens.toLocaleString("en-US")} tokens</span>
      {Object.entries(tags).map(([key, value]) => (
        <span class="chip">
          {key}: {value}
        </span>
      ))}
    </p>
  );
}

function Environments({
  site,
  page,
  prompt,
  aliases,
}: Pick<VersionPageProps, "site" | "page" | "prompt" | "aliases">): JSX.Element | null {
  if (aliases.length === 0) return null;
  const promotions = prompt.promotions.filter(({ isUsual }) => isUsual);
  return (
    <>
      <dl class="environments" aria-label="Environments">
        {aliases.map((alias) => (
          <div>
            <dt>{alias.alias}</dt>
            <dd>
              <AliasBadge page={page} prompt={prompt.name} alias={alias} latest={prompt.latest} />
            </dd>
          </div>
        ))}
      </dl>
      {promotions.length > 0 && (
        <p class="would-change note">
          What would change:{" "}
          {promotions.map(({ from, to, breaks }) => (
            <>
              <a href={linkFrom(page, promptPromotionPage(prompt.name, from, to))}>
                {from} → {to}
              </a>
              {breaks.length > 0 && <span class="chip error">breaking</span>}{" "}
            </>
          ))}
        </p>
      )}
      {site.isLive && <RollBacks page={page} prompt={prompt} />}
    </>
  );
}

function States({ prompt, version }: Pick<VersionPageProps, "prompt" | "version">): JSX.Element {
  const { compiled, released } = version;
  const { retired, unmerged, notes } = compiled;
  return (
    <>
      {retired !== undefined && (
        <p class="callout warning">
          <strong>Retired.</strong> {retired}
        </p>
      )}
      {unmerged === true && (
        <p class="callout warning">
          <strong>Not merged.</strong> This version was released from a branch that was not merged.
        </p>
      )}
      {compiled.version === "working" && (
        <p class="callout">This is the file in the working tree. It is not released.</p>
      )}
      {(notes !== "" || released !== undefined) && (
        <div class="notes">
          {notes !== "" && <p class="notes-text">{notes}</p>}
          {released !== undefined && (
            <p class="note">
              Released <DateText date={released.date} /> by {released.by}
              {shownVersion(prompt) === version ? "" : `, commit ${compiled.commit.slice(0, 10)}`}
            </p>
          )}
        </div>
      )}
    </>
  );
}
