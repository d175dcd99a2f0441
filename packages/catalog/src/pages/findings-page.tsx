// What is wrong in the repository: prompts and versions that are on no other page are here.

import type { JSX } from "preact";
import { FINDINGS_PAGE } from "../links.js";
import { EditLink } from "../parts/edit-link.js";
import type { CatalogFinding } from "../source.js";
import { Layout, type SiteFacts } from "./layout.js";

interface FindingsPageProps {
  readonly site: SiteFacts;
  readonly findings: readonly CatalogFinding[];
}

export function FindingsPage({ site, findings }: FindingsPageProps): JSX.Element {
  return (
    <Layout site={site} page={FINDINGS_PAGE} title="Findings">
      <div class="page-head">
        <h1>Findings</h1>
        <p class="lead">What does not compile is not on the other pages.</p>
      </div>
      <ul class="findings">
        {findings.map(({ severity, code, message, hint, place, source }) => (
          <li class={severity}>
            <p>
              <span class={`chip ${severity}`}>{severity}</span> {message}
            </p>
            {hint !== "" && <p class="note">{hint}</p>}
            <p class="note">
              {place !== "" && <code>{place}</code>} <code>{code}</code>{" "}
              {site.isLive && source !== undefined && isEditable(source.file, site.promptsDir) && (
                <EditLink page={FINDINGS_PAGE} {...source}>
                  Edit
                </EditLink>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

/** Whether the editor opens it: prompts, partials and schemas in files. */
function isEditable(file: string, promptsDir: string): boolean {
  return file.startsWith(`${promptsDir}/`) && /\.(?:md|json|ya?ml)$/.test(file);
}
