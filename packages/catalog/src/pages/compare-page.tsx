// Two versions side by side. The scripts fill it; without them, each version's page shows what it changed.

import type { JSX } from "preact";
import { COMPARE_PAGE } from "../links.js";
import { Layout, type SiteFacts } from "./layout.js";

export function ComparePage({ site }: { readonly site: SiteFacts }): JSX.Element {
  return (
    <Layout site={site} page={COMPARE_PAGE} title="Compare">
      <div class="page-head">
        <h1>Compare</h1>
      </div>
      <div id="compare">
        <noscript>
          <p class="callout">
            Comparing versions requires JavaScript. Without it, see what each version changed on its own page.
          </p>
        </noscript>
      </div>
    </Layout>
  );
}
