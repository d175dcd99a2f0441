// All prompts as a table. Without scripts it is a plain table; with them it can be searched, filtered and sorted.

import { versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import { commonAliases, compareAliases } from "../facts/order-aliases.js";
import type { PromptSummary } from "../facts/summarize-prompt.js";
import { LIST_PAGE, linkFrom, listPage, promptPage, versionPage } from "../links.js";
import { AliasBadge } from "../parts/alias-badge.js";
import { BreakableName } from "../parts/breakable-name.js";
import { DateText } from "../parts/date.js";
import { EditLink } from "../parts/edit-link.js";
import { TableFrame } from "../parts/table-frame.js";
import { Layout, type SiteFacts } from "./layout.js";

/** Environments with a column of their own; the others of a prompt are on its page. */
const MOST_COLUMNS = 4;

/** A longer list has several pages: a browser takes seconds for tens of thousands of rows. Scripts bring the parts together. */
const MOST_ROWS = 1000;

interface ListPageProps {
  readonly site: SiteFacts;
  /** All of them. */
  readonly prompts: readonly PromptSummary[];
  /** Which part this page shows; the first is 0. */
  readonly part: number;
}

/** How many pages the list has. */
export function countParts(prompts: readonly PromptSummary[]): number {
  return Math.max(1, Math.ceil(prompts.length / MOST_ROWS));
}

export function ListPage({ site, prompts, part }: ListPageProps): JSX.Element {
  const names = prompts.flatMap(({ aliases }) => aliases.map(({ alias }) => alias));
  const environments = commonAliases(names, MOST_COLUMNS);
  const hasScores = prompts.some(({ score }) => score !== undefined);
  const columns = [
    ["name", "Prompt"],
    ["latest", "Latest"],
    ...environments.map((alias) => [`alias ${alias}`, alias] as const),
    ["changed", "Last change"],
    ["tokens", "Tokens"],
    ...(hasScores ? [["score", "Score"] as const] : []),
  ] as const;
  return (
    <Layout site={site} page={listPage(part)} title={site.title}>
      <div class="page-head">
        <h1>Prompts</h1>
        {site.isLive && (
          <EditLink page={LIST_PAGE} class="button" shortcut="N">
            New prompt
          </EditLink>
        )}
        <p class="lead" id="shown" data-total={prompts.length}>
          {prompts.length === 1 ? "1 prompt" : `${prompts.length} prompts`}
        </p>
      </div>
      {prompts.length === 0 ? <NoPrompts isLive={site.isLive} /> : <Filters prompts={prompts} />}
      {prompts.length > 0 && (
        <TableFrame label="Prompts">
          <table class="list" id="prompts">
            <thead>
              <tr>
                {columns.map(([key, label]) => (
                  <th scope="col" data-sort={key} class={isNumber(key) ? "number" : undefined}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {prompts.slice(part * MOST_ROWS, (part + 1) * MOST_ROWS).map((prompt) => (
                <Row prompt={prompt} environments={environments} hasScores={hasScores} />
              ))}
            </tbody>
          </table>
          <p class="empty" id="nothing" hidden>
            No prompt matches.{" "}
            <button type="button" class="link" id="clear">
              Clear the search and the filters
            </button>
          </p>
        </TableFrame>
      )}
      <Parts prompts={prompts} part={part} />
    </Layout>
  );
}

/** Leads to the other parts of a long list. */
function Parts({ prompts, part }: Pick<ListPageProps, "prompts" | "part">): JSX.Element | null {
  const count = countParts(prompts);
  if (count === 1) return null;
  return (
    <nav class="parts" id="parts" aria-label="Parts of the list">
      {Array.from({ length: count }, (_, index) => (
        <a href={linkFrom(listPage(part), listPage(index))} aria-current={index === part ? "page" : undefined}>
          {prompts[index * MOST_ROWS]?.name} …
        </a>
      ))}
    </nav>
  );
}

interface RowProps {
  readonly prompt: PromptSummary;
  readonly environments: readonly string[];
  readonly hasScores: boolean;
}

function Row({ prompt, environments, hasScores }: RowProps): JSX.Element {
  const { name, description, tags, model, owner, latest, aliases, changed, tokens, score } = prompt;
  return (
    <tr
      data-name={name}
      data-tags={Object.entries(tags)
        .map(([key, value]) => `${key}: ${value}`)
        .join("\n")}
      data-aliases={aliases.map(({ alias }) => alias).join("\n")}
      data-model={model}
      data-owner={owner}
    >
      <th scope="row" data-value={name}>
        <a class="name" href={linkFrom(LIST_PAGE, promptPage(name))}>
          <BreakableName name={name} />
        </a>
        {description !== "" && <span class="description">{description}</span>}
        <span class="chips">
          {model !== "" && <span class="chip model">{model}</span>}
          {Object.entries(tags).map(([key, value]) => (
            <span class="chip">
              {key}: {value}
            </span>
          ))}
        </span>
      </th>
      <td data-label="Latest" data-value={latest ?? 0}>
        {latest === undefined ? (
          <span class="note">not released</span>
        ) : (
          <a href={linkFrom(LIST_PAGE, versionPage(name, latest))}>{versionRef(latest)}</a>
        )}
      </td>
      {environments.map((environment) => {
        const alias = aliases.find((one) => one.alias === environment);
        return (
          <td data-label={environment} data-value={alias === undefined ? -1 : sortValue(alias.arms[0]?.version)}>
            {alias === undefined ? (
              <span class="none">–</span>
            ) : (
              <AliasBadge page={LIST_PAGE} prompt={name} alias={alias} latest={latest} />
            )}
          </td>
        );
      })}
      <td data-label="Last change" data-value={changed === undefined ? "" : new Date(changed.date).toISOString()}>
        {changed === undefined ? (
          <span class="none">–</span>
        ) : (
          <>
            <DateText date={changed.date} />
            <span class="by">{changed.by}</span>
          </>
        )}
      </td>
      <td data-label="Tokens" class="number" data-value={tokens}>
        {tokens.toLocaleString("en-US")}
      </td>
      {hasScores && (
        <td data-label="Score" class="number" data-value={score?.value ?? ""}>
          {score === undefined ? (
            <span class="none">–</span>
          ) : (
            <>
              {score.value}
              <span class="by">
                {score.metric}, v{score.version}
              </span>
            </>
          )}
        </td>
      )}
    </tr>
  );
}

function Filters({ prompts }: Pick<ListPageProps, "prompts">): JSX.Element {
  const all = (values: (prompt: PromptSummary) => readonly string[]) =>
    [...new Set(prompts.flatMap(values))].filter((value) => value !== "").sort();
  return (
    <search>
      <form class="filters" id="filters" hidden>
        <label class="search">
          <span class="visually-hidden">Search names, descriptions and texts</span>
          <input type="search" name="q" placeholder="Search names, descriptions and texts" autocomplete="off" />
          <span class="key" aria-hidden="true">
            /
          </span>
        </label>
        <Filter
          name="tag"
          label="Tag"
          options={all(({ tags }) => Object.entries(tags).map(([k, v]) => `${k}: ${v}`))}
        />
        <Filter
          name="alias"
          label="Environment"
          options={all(({ aliases }) => aliases.map(({ alias }) => alias)).sort(compareAliases)}
        />
        <Filter name="model" label="Model" options={all(({ model }) => [model])} />
        <Filter name="owner" label="Owner" options={all(({ owner }) => [owner])} />
      </form>
    </search>
  );
}

interface FilterProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly string[];
}

function Filter({ name, label, options }: FilterProps): JSX.Element | null {
  if (options.length === 0) return null;
  return (
    <label>
      <span class="visually-hidden">{label}</span>
      <select name={name}>
        <option value="">{`${label}: any`}</option>
        {options.map((option) => (
          <option value={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}

function NoPrompts({ isLive }: Pick<SiteFacts, "isLive">): JSX.Element {
  return (
    <div class="empty">
      <p>No prompts yet.</p>
      {isLive ? (
        <p>
          <EditLink page={LIST_PAGE}>Write the first one</EditLink>
        </p>
      ) : (
        <p>
          Write one to <code>prompts/greet.md</code>, and build the page again.
        </p>
      )}
    </div>
  );
}

function sortValue(version: number | "working" | undefined): number {
  return version === "working" ? Number.MAX_SAFE_INTEGER : (version ?? -1);
}

function isNumber(key: string): boolean {
  return key === "tokens" || key === "score";
}
