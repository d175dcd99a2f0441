// A file of the site.

export interface SiteFile {
  /** Within the site, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Makes the text of a file; `undefined` if there is no such file after all. */
export type MakeText = () => string | undefined;
