// The texts of a version: its template, its partials and schemas, and its whole file.

import { partialCandidates } from "@cuecard/model";
import type { JSX } from "preact";
import { rowId, schemaRows } from "../facts/schema-rows.js";
import type { PagePath } from "../links.js";
import type { CatalogVersion } from "../source.js";
import { EditLink } from "./edit-link.js";
import { Section } from "./section.js";
import { TemplateView } from "./template-view.js";

interface TemplatesProps {
  readonly version: CatalogVersion;
  /** Where files can be edited: the page that leads there, and the prompts folder. */
  readonly edit?: { readonly page: PagePath; readonly promptsDir: string };
}

export function Templates({ version: { compiled, files }, edit }: TemplatesProps): JSX.Element {
  const { template, partials, schemas, inputSchema } = compiled.content;
  const partialId = (name: string) => {
    const found = partialCandidates(compiled.name, name).find((path) => Object.hasOwn(partials, path));
    return found === undefined ? undefined : `partial-${found}`;
  };
  const editLink = (path: string) =>
    edit !== undefined && (
      <p>
        <EditLink page={edit.page} file={`${edit.promptsDir}/${path}`}>
          Edit this file
        </EditLink>
      </p>
    );
  const inputs = new Set(schemaRows(inputSchema).map(({ path }) => path));
  const inputId = (name: string) => (inputs.has(name) ? rowId("input", name) : undefined);
  return (
    <Section id="template" title="Template">
      <TemplateView template={template} partialId={partialId} inputId={inputId} />
      {Object.entries(partials).map(([path, text]) => (
        <details class="file" id={`partial-${path}`}>
          <summary>
            Partial <code>{path}</code>
          </summary>
          {editLink(path)}
          <TemplateView template={text} partialId={partialId} inputId={inputId} />
        </details>
      ))}
      {Object.entries(schemas ?? {}).map(([path, text]) => (
        <details class="file">
          <summary>
            Schema <code>{path}</code>
          </summary>
          {editLink(path)}
          <pre class="code">
            <code>{text}</code>
          </pre>
        </details>
      ))}
      {files[0] !== undefined && (
        <details class="file">
          <summary>
            {files[0].text.startsWith("---") ? "Whole file, with its front matter: " : "Whole file "}
            <code>{files[0].path}</code>
          </summary>
          <pre class="code">
            <code>{files[0].text}</code>
          </pre>
        </details>
      )}
    </Section>
  );
}
