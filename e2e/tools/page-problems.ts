// What is wrong with a page in a real browser.

import axe from "axe-core";
import type { Page } from "playwright-core";

/**
 * Begins to collect errors of scripts, what the policy blocked, and requests that left the site.
 *
 * @param site What the addresses of the site begin with.
 */
export function collectProblems(page: Page, site: string): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(site)) problems.push(request.url());
  });
  return problems;
}

/** What axe-core finds on the page as it is. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
}
