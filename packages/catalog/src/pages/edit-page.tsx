// Where files are edited in `cuecard dev`. Scripts fill the page.

import type { JSX } from "preact";
import { EDIT_PAGE } from "../links.js";
import { Layout, type SiteFacts } from "./layout.js";

export function EditPage({ site }: { readonly site: SiteFacts }): JSX.Element {
  return (
    <Layout site={site} page={EDIT_PAGE} title="Edit">
      <div id="edit" data-project={site.title} data-prompts={site.promptsDir}>
        <h1>Edit</h1>
        <p class="note">Editing requires JavaScript.</p>
      </div>
    </Layout>
  );
}
