// A file of the site.

export interface SiteFile {
  /** Within the site, with `/`. */
  readonly path: string;
  readonly text: string;
}
