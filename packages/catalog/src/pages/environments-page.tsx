// Which version each environment has of each prompt.

import { versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import { compareAliases } from "../facts/order-aliases.js";
import { countMoves, type PromotionPair } from "../facts/promotion-rows.js";
import type { PromptSummary } from "../facts/summarize-prompt.js";
import { ENVIRONMENTS_PAGE, linkFrom, promotionPage, promptPage } from "../links.js";
import { AliasBadge } from "../parts/alias-badge.js";
import { BreakableName } from "../parts/breakable-name.js";
import { PairForm } from "../parts/pair-form.js";
import { TableFrame } from "../parts/table-frame.js";
import { Layout, type SiteFacts } from "./layout.js";

interface EnvironmentsPageProps {
  readonly site: SiteFacts;
  readonly prompts: readonly PromptSummary[];
  /** What promotions between environments would change. */
  readonly pairs: readonly PromotionPair[];
}

export function EnvironmentsPage({ site, prompts, pairs }: EnvironmentsPageProps): JSX.Element {
  const names = prompts.flatMap(({ aliases }) => aliases.map(({ alias }) => alias));
  const environments = [...new Set(names)].sort(compareAliases);
  const drifting = prompts.filter(({ aliases }) => aliases.some(({ behind }) => behind > 0)).length;
  return (
    <Layout site={site} page={ENVIRONMENTS_PAGE} title="Environments">
      <div class="page-head">
        <h1>Environments</h1>
        {environments.length > 0 && (
          <p class="lead">
            {drifting === 0
              ? "Every environment has the latest version of its prompts."
              : drifting === 1
                ? "An environment of 1 prompt is behind its latest version."
                : `Environments of ${drifting} prompts are behind their latest version.`}
          </p>
        )}
      </div>
      {environments.length === 0 ? (
        <div class="empty">
          <p>No environment points at a version yet.</p>
          <p>
            Run <code>npx cuecard alias set greet production v1</code>
            {site.isLive ? "." : ", and build the page again."}
          </p>
        </div>
      ) : (
        <>
          <Promotions pairs={pairs} />
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
        </>
      )}
    </Layout>
  );
}

/** The usual pairs as links; any pair by the form. */
function Promotions({ pairs }: Pick<EnvironmentsPageProps, "pairs">): JSX.Element | null {
  const differing = pairs.filter(({ isUsual, changed, added }) => isUsual && changed + added > 0);
  // What is the latest matters where no environment leads to this one.
  const usual = differing.filter(
    ({ from, to }) => from !== "latest" || !differing.some((pair) => pair.to === to && pair.from !== from),
  );
  const first = usual[0] ?? pairs[0];
  if (first === undefined) return null;
  return (
    <section class="promotions" aria-labelledby="promotions">
      <h2 id="promotions">What a promotion would change</h2>
      {usual.length === 0 && <p class="note">No environment would change.</p>}
      <ul class="pairs">
        {usual.map(({ from, to, changed, added, breaking }) => (
          <li>
            <a href={linkFrom(ENVIRONMENTS_PAGE, promotionPage(from, to))}>
              {from} → {to}
            </a>
            <span class="note">
              {countMoves({ to, changed, added })}
              {breaking > 0 && <span class="chip error">{breaking} breaking</span>}
            </span>
          </li>
        ))}
      </ul>
      <PairForm environments={[...new Set(pairs.map(({ to }) => to))]} from={first.from} to={first.to} />
    </section>
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
