// The link to where a file is edited, on the pages that `cuecard dev` serves.

import type { ComponentChildren, JSX } from "preact";
import { editFrom, type PagePath } from "../links.js";

interface EditLinkProps {
  readonly page: PagePath;
  /** Relative to the project's folder; left out for a new prompt. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** The key that follows the link. */
  readonly shortcut?: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function EditLink({ page, file, line, shortcut, children, ...rest }: EditLinkProps): JSX.Element {
  const keys = shortcut === undefined ? {} : { "data-key": shortcut, "aria-keyshortcuts": `Shift+${shortcut}` };
  return (
    <a {...rest} {...keys} href={editFrom(page, file, line)}>
      {children}
    </a>
  );
}
