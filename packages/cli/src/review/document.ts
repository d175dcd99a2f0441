// A report as blocks that every format can show. Words of Cuecard are strings; what comes from the repository is marked, and each
// format has to make it inert.

import type { WordChange } from "@cuecard/project";

export type Inline =
  | string
  /** A name, place or value of the repository. */
  | { readonly code: string }
  /** A sentence that contains such values. */
  | { readonly data: string };

export type Prose = readonly Inline[];

export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly content: Prose }
  | { readonly kind: "paragraph"; readonly content: Prose }
  | { readonly kind: "list"; readonly items: readonly Prose[] }
  /** What should not be overlooked. */
  | { readonly kind: "alert"; readonly content: Prose; readonly items: readonly Prose[] }
  | { readonly kind: "table"; readonly headings: readonly string[]; readonly rows: readonly (readonly Prose[])[] }
  /** A text whose changes are shown by words. */
  | { readonly kind: "words"; readonly title: Prose; readonly words: readonly WordChange[] };
