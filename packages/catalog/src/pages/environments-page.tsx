// Which version each environment has of each prompt.

import { versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import { compareAliases } from "../facts/order-aliases.js";
import type { PromptSummary } from "../facts/summarize-prompt.js";
import { ENVIRONMENTS_PAGE, linkFrom, promptPage } from "../links.js";
import { AliasBadge } from "../parts/alias-badge.js";
import { TableFrame } from "../parts/table-frame.js";
import { Layout, type SiteFacts } from "./layout.js";
import { BreakableName } from "./list-page.js";

interface EnvironmentsPageProps {
  readonly site: SiteFacts;
  readonly prompts: readonly PromptSummary[];
}

export function EnvironmentsPage({ site, prompts }: EnvironmentsPageProps): JSX.Element {
  const names = prompts.flatMap(({ aliases }) => aliases.map(({ alias }) => alias));
  const environments = [...new Set(names)].sort(compareAliases);
  const drifting = prompts.filter(({ aliases }) => aliases.some(({ behind }) => behind > 0)).length;
  return (
    <Layout site={site} page={ENVIRONMENTS_PAGE} title="Environments">
      <div class="page-head">
        <h1>Environments</h1>
        <p class="lead">
          {drifting === 0
            ? "Every environment has the latest version of its prompts."
            : drifting === 1
              ? "An environment of 1 prompt is behind its latest version."
              : `Environments of ${drifting} prompts are behind their latest version.`}
        </p>
      </div>
      {environments.length === 0 ? (
        <div class="empty">
          <p>No environment points at a version yet.</p>
          <p>
            Run <code>npx cuecard alias set greet production v1</code>, and build the page again.
          </p>
        </div>
      ) : (
        <TableFrame label="Environments of each prompt">
          <table class="list matrix">
            <thead>
              <tr>
                <th scope="col">Prompt</th>
                <th scope="col">Latest</th>
                {environments.map((environment) => (
                  <th scope="col">{environment}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {prompts.map((prompt) => (
                <Row prompt={prompt} environments={environments} />
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Layout>
  );
}

interface RowProps {
  readonly prompt: PromptSummary;
  readonly environments: readonly string[];
}

function Row({ prompt: { name, latest, aliases }, environments }: RowProps): JSX.Element {
  return (
    <tr>
      <th scope="row">
        <a class="name" href={linkFrom(ENVIRONMENTS_PAGE, promptPage(name))}>
          <BreakableName name={name} />
        </a>
      </th>
      <td data-label="Latest">{latest === undefined ? <span class="note">not released</span> : versionRef(latest)}</td>
      {environments.map((environment) => {
        const alias = aliases.find((one) => one.alias === environment);
        return (
          <td data-label={environment}>
            {alias === undefined ? (
              <span class="none">–</span>
            ) : (
              <AliasBadge page={ENVIRONMENTS_PAGE} prompt={name} alias={alias} latest={latest} />
            )}
          </td>
        );
      })}
    </tr>
  );
}
