// All versions of a prompt, and how its environments moved.

import type { JSX } from "preact";
import { historyPage, LIST_PAGE, linkFrom, promptPage } from "../links.js";
import { BreakableName } from "../parts/breakable-name.js";
import { DateText } from "../parts/date.js";
import { Lanes } from "../parts/lanes.js";
import { RollBacks } from "../parts/roll-backs.js";
import { TableFrame } from "../parts/table-frame.js";
import { Timeline } from "../parts/timeline.js";
import type { CatalogPrompt } from "../source.js";
import { Layout, type SiteFacts } from "./layout.js";

interface HistoryPageProps {
  readonly site: SiteFacts;
  readonly prompt: CatalogPrompt;
}

export function HistoryPage({ site, prompt }: HistoryPageProps): JSX.Element {
  const page = historyPage(prompt.name);
  return (
    <Layout site={site} page={page} title={`History of ${prompt.name}`}>
      <nav class="crumbs" aria-label="Place">
        <a href={linkFrom(page, LIST_PAGE)}>Prompts</a>{" "}
        <a href={linkFrom(page, promptPage(prompt.name))}>{prompt.name}</a>
      </nav>
      <div class="page-head">
        <h1>
          History of <BreakableName name={prompt.name} />
        </h1>
      </div>
      <Lanes prompt={prompt} />
      <div class="two">
        <section aria-labelledby="versions">
          <h2 id="versions">Versions</h2>
          <Timeline page={page} prompt={prompt} />
        </section>
        <section aria-labelledby="moves">
          <h2 id="moves">Moves of environments</h2>
          {site.isLive && <RollBacks page={page} prompt={prompt} />}
          {prompt.moves.length === 0 ? <p class="note">No environment has moved.</p> : <Moves prompt={prompt} />}
        </section>
      </div>
    </Layout>
  );
}

function Moves({ prompt: { moves } }: { readonly prompt: CatalogPrompt }): JSX.Element {
  return (
    <TableFrame label="Moves of environments">
      <table class="facts">
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Environment</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {moves.map(({ alias, from, to, date, by, subject }) => (
            <tr>
              <td>
                <DateText date={date} />
              </td>
              <th scope="row">{alias}</th>
              <td>{from ?? <span class="none">–</span>}</td>
              <td>{to ?? <span class="none">removed</span>}</td>
              <td>
                {by}
                <span class="by">{subject}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
