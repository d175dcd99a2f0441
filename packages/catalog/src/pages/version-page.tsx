// One version of a prompt: its template, inputs, examples, and how it came to be.

import type { ComponentChildren, JSX } from "preact";
import { describeTrial } from "../facts/describe-input.js";
import { type SummaryAlias, shownVersion, summarizePrompt } from "../facts/summarize-prompt.js";
import { historyPage, LIST_PAGE, linkFrom, type PagePath, versionCode, versionLabel } from "../links.js";
import { AliasBadge } from "../parts/alias-badge.js";
import { DateText } from "../parts/date.js";
import { DiffView } from "../parts/diff-view.js";
import { Examples } from "../parts/examples.js";
import { SchemaTable } from "../parts/schema-table.js";
import { ScoreChart } from "../parts/score-chart.js";
import { Snippets } from "../parts/snippets.js";
import { TemplateView } from "../parts/template-view.js";
import { Timeline } from "../parts/timeline.js";
import { ValueTable } from "../parts/value-table.js";
import type { CatalogPrompt, CatalogVersion } from "../source.js";
import { Layout, type SiteFacts } from "./layout.js";
import { BreakableName } from "./list-page.js";

export interface VersionPageProps {
  readonly site: SiteFacts;
  /** The name of the package that services import. */
  readonly packageName: string;
  readonly page: PagePath;
  readonly prompt: CatalogPrompt;
  readonly version: CatalogVersion;
}

export function VersionPage({ site, packageName, page, prompt, version }: VersionPageProps): JSX.Element {
  const { compiled } = version;
  const { content } = compiled;
  const label = versionLabel(compiled.version);
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
        {content.description !== undefined && <p class="lead">{content.description}</p>}
        <Chips version={version} />
      </div>
      <Environments page={page} prompt={prompt} />
      <div class="columns">
        <aside>
          <Timeline page={page} prompt={prompt} current={version} />
          <p>
            <a href={linkFrom(page, historyPage(prompt.name))}>All versions and moves</a>
          </p>
        </aside>
        <div class="sections">
          <States prompt={prompt} version={version} />
          <Templates version={version} />
          {before !== undefined && <Changes before={before} version={version} />}
          <Section id="inputs" title="Inputs">
            <SchemaTable schema={content.inputSchema} defaults={content.defaults} label="Inputs" />
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
          <Trial page={page} version={version} />
          <Settings version={version} />
          {prompt.versions.some((one) => one.compiled.scores.length > 0) && (
            <Section id="scores" title="Scores">
              <ScoreChart prompt={prompt} />
            </Section>
          )}
          <Section id="use" title="Use it">
            <Snippets packageName={packageName} prompt={prompt} version={version} />
            <Usages prompt={prompt} />
          </Section>
        </div>
      </div>
    </Layout>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

function Section({ id, title, children }: SectionProps): JSX.Element {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
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

function Environments({ page, prompt }: Pick<VersionPageProps, "page" | "prompt">): JSX.Element | null {
  const aliases: readonly SummaryAlias[] = summarizePrompt(prompt)?.aliases ?? [];
  if (aliases.length === 0) return null;
  return (
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

function Templates({ version: { compiled, files } }: Pick<VersionPageProps, "version">): JSX.Element {
  const { template, partials, schemas } = compiled.content;
  const paths = Object.keys(partials);
  const partialId = (name: string) => {
    const found = paths.find((path) => path === name || nameOfPartial(path) === name.replace(/^\.?\//, ""));
    return found === undefined ? undefined : `partial-${found}`;
  };
  return (
    <Section id="template" title="Template">
      <TemplateView template={template} partialId={partialId} />
      {Object.entries(partials).map(([path, text]) => (
        <details class="file" id={`partial-${path}`}>
          <summary>
            Partial <code>{path}</code>
          </summary>
          <TemplateView template={text} partialId={partialId} />
        </details>
      ))}
      {Object.entries(schemas ?? {}).map(([path, text]) => (
        <details class="file">
          <summary>
            Schema <code>{path}</code>
          </summary>
          <pre class="code">
            <code>{text}</code>
          </pre>
        </details>
      ))}
      {files[0] !== undefined && (
        <details class="file">
          <summary>
            Whole file <code>{files[0].path}</code>
          </summary>
          <pre class="code">
            <code>{files[0].text}</code>
          </pre>
        </details>
      )}
    </Section>
  );
}

/** `shared/_tone.md` is the partial `shared/tone`. */
function nameOfPartial(path: string): string {
  return path.replace(/(^|\/)_([^/]+)\.md$/, "$1$2");
}

interface ChangesProps {
  readonly before: CatalogVersion;
  readonly version: CatalogVersion;
}

function Changes({ before, version }: ChangesProps): JSX.Element {
  const changes = version.changes ?? [];
  const was = new Map(before.files.map(({ path, text }) => [path, text]));
  const is = new Map(version.files.map(({ path, text }) => [path, text]));
  const paths = [...new Set([...is.keys(), ...was.keys()])].filter((path) => was.get(path) !== is.get(path));
  return (
    <Section id="changes" title={`Changes since ${versionLabel(before.compiled.version)}`}>
      {changes.length > 0 && (
        <ul class="changes">
          {changes.map(({ message, breaking }) => (
            <li class={breaking ? "breaking" : undefined}>
              {breaking && <strong>Breaking: </strong>}
              {message}
            </li>
          ))}
        </ul>
      )}
      {paths.length === 0 && changes.length === 0 && <p class="note">Nothing.</p>}
      {paths.map((path) => (
        <>
          <h3>
            <code>{path}</code>
          </h3>
          <DiffView
            before={was.get(path) ?? ""}
            after={is.get(path) ?? ""}
            layout="unified"
            label={`Changes of ${path}`}
          />
        </>
      ))}
    </Section>
  );
}

/** The scripts fill it. */
function Trial({ page, version }: Pick<VersionPageProps, "page" | "version">): JSX.Element {
  const { compiled } = version;
  const helpers = compiled.content.render.helpers;
  return (
    <Section id="try" title="Try it">
      {helpers.length > 0 ? (
        <p class="note">
          It calls {helpers.join(", ")} of the project, which pages do not contain. Run{" "}
          <code>npx cuecard render {compiled.name}</code> instead.
        </p>
      ) : (
        <>
          <div id="playground" data-code={linkFrom(page, versionCode(compiled.name, compiled.version))}>
            <noscript>
              <p class="note">To try the prompt takes JavaScript.</p>
            </noscript>
          </div>
          {/* In JSON, every < can be written so that no tag begins. */}
          <script
            type="application/json"
            id="trial"
            dangerouslySetInnerHTML={{ __html: JSON.stringify(describeTrial(version)).replaceAll("<", "\\u003c") }}
          />
        </>
      )}
    </Section>
  );
}

function Settings({ version: { compiled } }: Pick<VersionPageProps, "version">): JSX.Element | null {
  const { config, tools, metadata, ext, budget, outputFormat } = compiled.content;
  const values = {
    ...config,
    ...(outputFormat === undefined ? {} : { "output.format": outputFormat }),
    ...(budget === undefined ? {} : { budget: `${budget} tokens` }),
    ...metadata,
    ...ext,
  };
  if (Object.keys(values).length === 0 && tools.length === 0) return null;
  return (
    <Section id="settings" title="Settings">
      {Object.keys(values).length > 0 && <ValueTable values={values} label="Settings" />}
      {tools.length > 0 && (
        <>
          <h3>Tools</h3>
          <pre class="code">
            <code>{JSON.stringify(tools, undefined, 2)}</code>
          </pre>
        </>
      )}
    </Section>
  );
}

function Usages({ prompt: { usages } }: Pick<VersionPageProps, "prompt">): JSX.Element {
  if (usages.length === 0) return <p class="note">No code of this repository loads it by name.</p>;
  return (
    <>
      <h3>Used by</h3>
      <ul class="usages">
        {usages.map(({ file, line, ref }) => (
          <li>
            <code>
              {file}:{line}
            </code>{" "}
            <span class="note">{ref ?? "a version that is chosen at run time"}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
