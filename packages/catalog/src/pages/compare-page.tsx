// Two versions side by side. The scripts fill it; without them, each version's page shows what it changed.

import type { JSX } from "preact";
import { COMPARE_PAGE } from "../links.js";
import { NeedsScripts } from "../parts/needs-scripts.js";
import { Layout, type SiteFacts } from "./layout.js";

export function ComparePage({ site }: { readonly site: SiteFacts }): JSX.Element {
  return (
    <Layout site={site} page={COMPARE_PAGE} title="Compare">
      <div class="page-head">
        <h1>Compare</h1>
      </div>
      <div id="compare">
        <NeedsScripts what="Comparing versions" />
        <noscript>
          <p class="note">Each version's own page shows what it changed.</p>
        </noscript>
      </div>
    </Layout>
  );
}
