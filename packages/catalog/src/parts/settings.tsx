// The settings of a version, and its tools.

import type { JSX } from "preact";
import type { CatalogVersion } from "../source.js";
import { Section } from "./section.js";
import { ValueTable } from "./value-table.js";

export function Settings({ version: { compiled } }: { readonly version: CatalogVersion }): JSX.Element | null {
  const { config, tools, metadata, ext, budget, outputFormat } = compiled.content;
  const values = {
    ...config,
    ...(outputFormat === undefined ? {} : { "output.format": outputFormat }),
    ...(budget === undefined ? {} : { budget: `${budget} tokens` }),
    ...metadata,
    ...ext,
  };
  if (Object.keys(values).length === 0 && tools.length === 0) return null;
  return (
    <Section id="settings" title="Settings">
      {Object.keys(values).length > 0 && <ValueTable values={values} label="Settings" />}
      {tools.length > 0 && (
        <>
          <h3>Tools</h3>
          <pre class="code">
            <code>{JSON.stringify(tools, undefined, 2)}</code>
          </pre>
        </>
      )}
    </Section>
  );
}
