// What moving one environment to what another one has would change, in all prompts.

import type { JSX } from "preact";
import { countMoves, type PromotionRow, sortRows } from "../facts/promotion-rows.js";
import {
  comparisonFrom,
  ENVIRONMENTS_PAGE,
  linkFrom,
  type PagePath,
  promotionPage,
  promptPage,
  promptPromotionPage,
  proposePromotion,
} from "../links.js";
import { BreakableName } from "../parts/breakable-name.js";
import { PairForm } from "../parts/pair-form.js";
import { Snippet } from "../parts/snippets.js";
import { TableFrame } from "../parts/table-frame.js";
import { TokenChange } from "../parts/token-change.js";
import { Layout, type SiteFacts } from "./layout.js";

interface PromotionPageProps {
  readonly site: SiteFacts;
  readonly from: string;
  readonly to: string;
  /** The prompts that differ. */
  readonly rows: readonly PromotionRow[];
  /** The prompts that the environment does not have yet. */
  readonly missing: readonly string[];
  readonly environments: readonly string[];
}

export function PromotionPage({ site, from, to, rows, missing, environments }: PromotionPageProps): JSX.Element {
  const page = promotionPage(from, to);
  const breaking = rows.filter(({ breaks }) => breaks > 0).length;
  return (
    <Layout site={site} page={page} title={`Promote ${from} to ${to}`}>
      <nav class="crumbs" aria-label="Place">
        <a href={linkFrom(page, ENVIRONMENTS_PAGE)}>Environments</a>
      </nav>
      <div class="page-head">
        <h1>
          Promote {from} to {to}
        </h1>
        <p class="lead">{summarize(to, rows.length, breaking, missing.length)}</p>
      </div>
      <PairForm environments={environments} from={from} to={to} />
      {rows.length === 0 ? (
        <p class="empty">
          {to} has the same versions as {from}, wherever both exist.
        </p>
      ) : (
        <Rows page={page} from={from} to={to} rows={sortRows(rows)} />
      )}
      {missing.length > 0 && (
        <section class="missing-prompts" aria-labelledby="missing">
          <h2 id="missing">New in {to}</h2>
          <ul>
            {missing.map((name) => (
              <li>
                <a href={linkFrom(page, promptPage(name))}>
                  <BreakableName name={name} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {rows.length + missing.length > 0 && (
        <section class="do-it" aria-labelledby="do-it">
          <h2 id="do-it">Do it</h2>
          {site.isLive && (
            <p>
              <a class="button" href={proposePromotion(page, { from, to })}>
                Propose this promotion
              </a>
            </p>
          )}
          <Snippet title="Command line" text={`npx cuecard promote --all --from ${from} --to ${to}`} />
        </section>
      )}
    </Layout>
  );
}

function summarize(to: string, changed: number, breaking: number, added: number): string {
  const prompts = countMoves({ to, changed, added });
  if (prompts === "") return "Nothing would change.";
  if (changed === 0) return `${prompts}.`;
  if (breaking === 0) return `${prompts}. Calls of ${to} that work today would keep working.`;
  return `${prompts}. ${breaking === changed && added === 0 ? (changed === 1 ? "It would" : "All would") : `${breaking} would`} break calls of ${to} that work today.`;
}

interface RowsProps {
  readonly page: PagePath;
  readonly from: string;
  readonly to: string;
  readonly rows: readonly PromotionRow[];
}

function Rows({ page, from, to, rows }: RowsProps): JSX.Element {
  return (
    <TableFrame label={`What promoting ${from} to ${to} would change`}>
      <table class="list promotions">
        <thead>
          <tr>
            <th scope="col">Prompt</th>
            <th scope="col">{to}</th>
            <th scope="col">Callers</th>
            <th scope="col">Changes</th>
            <th scope="col" class="number">
              Tokens
            </th>
            <th scope="col" class="number">
              Used
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row page={page} from={from} to={to} row={row} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Row({ page, from, to, row }: Omit<RowsProps, "rows"> & { readonly row: PromotionRow }): JSX.Element {
  const { name, before, after, breaks, messages, more, sameText, onlyShares, tokens, usages, isUsual } = row;
  const detail = isUsual
    ? linkFrom(page, promptPromotionPage(name, from, to))
    : comparisonFrom(page, name, to, from === "latest" ? after : from);
  return (
    <tr>
      <th scope="row">
        <a class="name" href={detail}>
          <BreakableName name={name} />
        </a>
      </th>
      <td data-label={to} class="move">
        <span>
          {before} → <strong>{after}</strong>
        </span>
      </td>
      <td data-label="Callers">
        {breaks > 0 ? <span class="chip error">breaking</span> : <span class="chip good">keep working</span>}
      </td>
      <td data-label="Changes" class="wraps">
        <ul class="changes">
          {messages.map(({ text, breaking }) => (
            <li class={breaking ? "breaking" : undefined}>{text}</li>
          ))}
          {more > 0 && <li>and {more} more</li>}
          {!sameText && <li>the text</li>}
          {onlyShares && <li>only how many callers get each version</li>}
          {sameText && !onlyShares && messages.length === 0 && <li>nothing that callers or models see</li>}
        </ul>
      </td>
      <td data-label="Tokens" class="number">
        {tokens === undefined ? <span class="none">–</span> : <TokenChange {...tokens} />}
      </td>
      <td data-label="Used" class="number">
        {usages === 0 ? <span class="none">–</span> : usages === 1 ? "1 place" : `${usages} places`}
      </td>
    </tr>
  );
}
