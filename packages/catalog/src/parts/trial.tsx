// Where a version can be tried, with what the form needs to know.

import type { JSX } from "preact";
import { describeTrial } from "../facts/describe-input.js";
import { describeRun } from "../facts/describe-run.js";
import type { SummaryAlias } from "../facts/summarize-prompt.js";
import { linkFrom, type PagePath, versionCode } from "../links.js";
import type { CatalogPrompt, CatalogVersion } from "../source.js";
import { NeedsScripts } from "./needs-scripts.js";
import { Section } from "./section.js";

interface TrialProps {
  readonly page: PagePath;
  readonly version: CatalogVersion;
  /** What `cuecard dev` adds: running the version on a model. */
  readonly run?: { readonly prompt: CatalogPrompt; readonly aliases: readonly SummaryAlias[] };
}

/** The scripts fill it. */
export function Trial({ page, version, run }: TrialProps): JSX.Element {
  const { compiled } = version;
  const helpers = compiled.content.render.helpers;
  return (
    <Section id="try" title="Try it">
      {helpers.length > 0 ? (
        <p class="note">
          This version calls helpers of your project ({helpers.join(", ")}), so it cannot run on this page. Use{" "}
          <code>npx cuecard render {compiled.name}</code> instead.
        </p>
      ) : (
        <>
          <div id="playground" data-code={linkFrom(page, versionCode(compiled.name, compiled.version))}>
            <NeedsScripts what="Trying a prompt" />
          </div>
          {/* In JSON, every < can be written so that no tag begins. */}
          <script
            type="application/json"
            id="trial"
            dangerouslySetInnerHTML={{ __html: JSON.stringify(describeTrial(version)).replaceAll("<", "\\u003c") }}
          />
        </>
      )}
      {run !== undefined && (
        <>
          <h3>Run on a model</h3>
          <div id="model-trial" data-facts={JSON.stringify(describeRun(run.prompt, version, run.aliases))}>
            <NeedsScripts what="Running a prompt" />
          </div>
        </>
      )}
    </Section>
  );
}
