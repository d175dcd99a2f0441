// Where each page is within the site. Links are relative, so that a site can be below any path.

import { versionRef } from "@cuecard/model";

/** A page's path within the site: `prompts/finance/forecast@v2.html`. */
export type PagePath = string;

export const LIST_PAGE = "index.html";
export const ENVIRONMENTS_PAGE = "environments.html";
export const COMPARE_PAGE = "compare.html";
export const FINDINGS_PAGE = "findings.html";
/** Only in `cuecard dev`. */
export const EDIT_PAGE = "edit.html";
/** Only in `cuecard dev`. */
export const CHANGES_PAGE = "changes.html";

/** A part of a long list; the first is 0. */
export function listPage(part: number): PagePath {
  return part === 0 ? LIST_PAGE : `list-${part + 1}.html`;
}

/** A prompt's page, which shows the version that matters most. */
export function promptPage(name: string): PagePath {
  return `prompts/${name}.html`;
}

/** The page of one version. Names of prompts contain no `@`, so no prompt's page is in the same place. */
export function versionPage(name: string, version: number | "working"): PagePath {
  return `prompts/${name}@${versionRef(version)}.html`;
}

export function historyPage(name: string): PagePath {
  return `prompts/${name}@history.html`;
}

/** What the page for comparing reads of a version. */
export function versionData(name: string, version: number | "working"): string {
  return `data/${name}@${versionRef(version)}.json`;
}

/** What moving one environment to what another one has would change in all prompts. */
export function promotionPage(from: string, to: string): PagePath {
  return `promotions/${pairName(from, to)}.html`;
}

/** The same for one prompt. Names of environments contain no dots, so it is not the page of a version. */
export function promptPromotionPage(name: string, from: string, to: string): PagePath {
  return `prompts/${name}@${pairName(from, to)}.html`;
}

/** The name of an environment as part of a file's name. */
const MOST_CHARACTERS = 20;

export function pairName(from: string, to: string): string {
  return `${shortName(from)}.to.${shortName(to)}`;
}

/** File names are limited, and on some systems do not differ only in case. */
function shortName(alias: string): string {
  if (alias.length <= MOST_CHARACTERS && !/[A-Z]/.test(alias)) return alias;
  let hash = 0x811c9dc5;
  for (const character of alias) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  const suffix = hash.toString(16).padStart(8, "0");
  return `${alias.slice(0, MOST_CHARACTERS - suffix.length - 1).toLowerCase()}.${suffix}`;
}

/** The comparison of two versions or environments of a prompt. */
export function comparisonFrom(from: PagePath, name: string, before: string, after: string): string {
  return `${linkFrom(from, COMPARE_PAGE)}?${new URLSearchParams({ name, a: before, b: after })}`;
}

/**
 * Where a file is edited, or a new prompt begins.
 *
 * @param file Relative to the project's folder.
 * @param line 1-based.
 */
export function editFrom(from: PagePath, file?: string, line?: number): string {
  const asked = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line: String(line) }) };
  const query = new URLSearchParams(asked).toString();
  return linkFrom(from, EDIT_PAGE) + (query === "" ? "" : `?${query}`);
}

/** The prompt that a file of the site is about; `undefined` if it is about several, or none. */
export function promptOfPath(path: string): string | undefined {
  const own = /^prompts\/([^@]+?)(?:@[^/]*)?\.html$/.exec(path) ?? /^(?:data|code)\/([^@]+)@[^/]*$/.exec(path);
  return own?.[1];
}

/** Where a promotion of one prompt, or of all, is proposed. */
export function proposePromotion(from: PagePath, move: { from: string; to: string; name?: string }): string {
  return `${linkFrom(from, CHANGES_PAGE)}?${new URLSearchParams(move)}`;
}

/** Where a rollback is proposed. */
export function proposeRollback(from: PagePath, name: string, alias: string): string {
  return `${linkFrom(from, CHANGES_PAGE)}?${new URLSearchParams({ name, rollback: alias })}`;
}

/** The compiled code of a version, which its page runs. */
export function versionCode(name: string, version: number | "working"): string {
  return `code/${name}@${versionRef(version)}.js`;
}

/** Paths that are their own URLs, as nearly all are. */
const PLAIN = /^[\w./@-]+$/;

/** From one page to another, as a relative URL. */
export function linkFrom(from: PagePath, to: string): string {
  const up = "../".repeat(from.split("/").length - 1);
  if (PLAIN.test(to)) return up + to;
  return up + to.split("/").map(encodeURIComponent).join("/").replaceAll("%40", "@");
}
