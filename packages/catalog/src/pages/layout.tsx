// What all pages have in common: the head, the bar at the top, and the place where messages of the page are announced.

import type { ComponentChildren, JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import {
  CHANGES_PAGE,
  COMPARE_PAGE,
  ENVIRONMENTS_PAGE,
  FINDINGS_PAGE,
  LIST_PAGE,
  linkFrom,
  type PagePath,
} from "../links.js";
import type { CatalogFacts } from "../source.js";

/** Nothing is loaded from elsewhere, and no script or style of a page's text is run. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

export interface SiteFacts {
  readonly title: string;
  /** How many things are wrong in the repository. */
  readonly findings: number;
  /** Whether `cuecard dev` serves the site. */
  readonly isLive: boolean;
  /** The prompts folder, relative to the project's folder. */
  readonly promptsDir: string;
}

export function siteFacts({ title, findings, isLive, promptsDir }: CatalogFacts): SiteFacts {
  return { title, findings: findings.length, isLive, promptsDir };
}

export interface PageProps {
  readonly site: SiteFacts;
  /** The path of this page. */
  readonly page: PagePath;
}

interface LayoutProps extends PageProps {
  /** Of this page; the project's title follows. */
  readonly title: string;
  readonly children: ComponentChildren;
}

/** A whole page as HTML. */
export function printPage(page: JSX.Element): string {
  return `<!doctype html>\n${renderToString(page)}\n`;
}

export function Layout({ site, page, title, children }: LayoutProps): JSX.Element {
  const link = (to: string) => linkFrom(page, to);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="same-origin" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === site.title ? title : `${title} · ${site.title}`}</title>
        <link rel="icon" href={link("assets/icon.svg")} type="image/svg+xml" />
        <link rel="stylesheet" href={link("assets/site.css")} />
        {site.isLive && <link rel="stylesheet" href={link("assets/dev.css")} />}
        <script src={link("assets/theme.js")} />
        <script type="module" src={link("assets/app.js")} />
        {site.isLive && <script type="module" src={link("assets/dev.js")} />}
      </head>
      <body data-root={"../".repeat(page.split("/").length - 1)}>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="bar">
          <a class="bar-title" href={link(LIST_PAGE)}>
            <Mark /> <span>{site.title}</span>
          </a>
          <nav aria-label="Site">
            <NavLink page={page} to={LIST_PAGE} text="Prompts" />
            <NavLink page={page} to={ENVIRONMENTS_PAGE} text="Environments" />
            <NavLink page={page} to={COMPARE_PAGE} text="Compare" />
            {site.isLive && <NavLink page={page} to={CHANGES_PAGE} text="Changes" />}
            {site.findings > 0 && <NavLink page={page} to={FINDINGS_PAGE} text="Findings" count={site.findings} />}
          </nav>
          <button class="icon-button" type="button" id="theme" aria-label="Change the color scheme" hidden>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />
              <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
            </svg>
          </button>
        </header>
        <main id="main">{children}</main>
        <p class="visually-hidden" role="status" id="status" />
      </body>
    </html>
  );
}

interface NavLinkProps {
  readonly page: PagePath;
  readonly to: PagePath;
  readonly text: string;
  readonly count?: number;
}

function NavLink({ page, to, text, count }: NavLinkProps): JSX.Element {
  return (
    <a href={linkFrom(page, to)} aria-current={page === to ? "page" : undefined}>
      {text}
      {count !== undefined && <span class="count">{count}</span>}
    </a>
  );
}

function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      <rect x="1" y="2.5" width="14" height="11" rx="2.2" fill="none" stroke="currentColor" stroke-width="1.5" />
      <path d="M4 6.5h8M4 9.5h5" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" />
    </svg>
  );
}
