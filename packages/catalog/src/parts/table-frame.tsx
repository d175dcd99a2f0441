// Around a table that can be wider than the screen: it scrolls by itself, also by keys.

import type { ComponentChildren, JSX } from "preact";

interface TableFrameProps {
  /** What the table shows, for people who cannot see it. */
  readonly label: string;
  readonly children: ComponentChildren;
}

export function TableFrame({ label, children }: TableFrameProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    // biome-ignore lint/a11y/useSemanticElements: these are not form fields
    <div class="table-frame" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
