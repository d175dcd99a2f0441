// Where edits and moves are proposed in `cuecard dev`. Scripts fill the page.

import type { JSX } from "preact";
import { CHANGES_PAGE } from "../links.js";
import { Layout, type SiteFacts } from "./layout.js";

export function ChangesPage({ site }: { readonly site: SiteFacts }): JSX.Element {
  return (
    <Layout site={site} page={CHANGES_PAGE} title="Changes">
      <div id="changes-view">
        <h1>Changes</h1>
        <p class="note">Proposing changes requires JavaScript.</p>
      </div>
    </Layout>
  );
}
