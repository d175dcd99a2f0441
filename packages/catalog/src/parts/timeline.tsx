// The versions around the one that is shown, newest first, with the environments that point at each.

import { versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import { linkFrom, type PagePath, versionPage } from "../links.js";
import type { CatalogPrompt, CatalogVersion } from "../source.js";
import { DateText } from "./date.js";

/** How many versions are listed; the prompt's history has all. */
const MOST = 12;

interface TimelineProps {
  readonly page: PagePath;
  readonly prompt: CatalogPrompt;
  readonly current?: CatalogVersion;
}

export function Timeline({ page, prompt, current }: TimelineProps): JSX.Element {
  const all = prompt.versions.toReversed();
  const at = current === undefined ? 0 : all.indexOf(current);
  const start = Math.max(0, Math.min(at - MOST / 2, all.length - MOST));
  const shown = current === undefined ? all : all.slice(start, start + MOST);
  return (
    <ol class="timeline" aria-label="Versions" reversed>
      {shown.map((version) => (
        <Entry page={page} prompt={prompt} version={version} isCurrent={version === current} />
      ))}
    </ol>
  );
}

interface EntryProps {
  readonly page: PagePath;
  readonly prompt: CatalogPrompt;
  readonly version: CatalogVersion;
  readonly isCurrent: boolean;
}

function Entry({ page, prompt, version: { compiled, released }, isCurrent }: EntryProps): JSX.Element {
  const { version, notes, retired } = compiled;
  const aliases = prompt.aliases.filter(({ arms }) => arms.some((arm) => arm.version === version));
  return (
    <li class={isCurrent ? "current" : undefined}>
      <a href={linkFrom(page, versionPage(prompt.name, version))} aria-current={isCurrent ? "page" : undefined}>
        {versionRef(version)}
      </a>
      {version === prompt.latest && <span class="chip">latest</span>}
      {aliases.map(({ alias }) => (
        <span class="chip environment">{alias}</span>
      ))}
      {retired !== undefined && <span class="chip warning">retired</span>}
      {notes !== "" && <span class="timeline-notes">{notes.split("\n", 1)[0]}</span>}
      {released !== undefined && (
        <span class="by">
          <DateText date={released.date} /> {released.by}
        </span>
      )}
    </li>
  );
}
