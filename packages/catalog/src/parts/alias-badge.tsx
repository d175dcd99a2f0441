// What an environment points at: a version, or a bar with the shares of several.

import { formatShare, versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import type { SummaryAlias } from "../facts/summarize-prompt.js";
import { comparisonFrom, linkFrom, type PagePath, versionPage } from "../links.js";

interface AliasBadgeProps {
  readonly page: PagePath;
  readonly prompt: string;
  readonly alias: SummaryAlias;
  readonly latest: number | undefined;
}

export function AliasBadge({ page, prompt, alias, latest }: AliasBadgeProps): JSX.Element {
  const { arms, behind, follows } = alias;
  return (
    <span class={`alias${behind > 0 ? " behind" : ""}`}>
      {arms.map(({ version, share }, index) => (
        <>
          {index > 0 && " / "}
          <a href={linkFrom(page, versionPage(prompt, version))}>{versionRef(version)}</a>
          {arms.length > 1 && <span class="share"> {formatShare(share)}</span>}
        </>
      ))}
      {follows && <span class="note"> follows latest</span>}
      {behind > 0 && latest !== undefined && (
        <>
          {" "}
          <a class="note" href={comparisonFrom(page, prompt, alias.alias, versionRef(latest))}>
            {behind} behind
          </a>
        </>
      )}
      {arms.length > 1 && <ShareBar arms={arms} />}
    </span>
  );
}

function ShareBar({ arms }: Pick<SummaryAlias, "arms">): JSX.Element {
  let at = 0;
  return (
    <svg class="shares" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      {arms.map(({ share }, index) => {
        const x = at;
        at += share * 100;
        return <rect class={`share-${index % 4}`} x={x} y="0" width={share * 100} height="4" />;
      })}
    </svg>
  );
}
