// How the pages that edit look: in both color schemes, at every width, and in low windows.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { EDIT, EditSite, GREET, LONG } from "./edit-site.js";
import { findViolations } from "./page-problems.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let site: EditSite;

beforeAll(async () => {
  site = await EditSite.open();
});

afterAll(() => site?.close());

describe.each(["light", "dark"] as const)("in %s colors", (colorScheme) => {
  const long = [`edit.html?file=prompts/${LONG}.md`, `prompts/${LONG}.html`];
  it.each([
    EDIT,
    ...long,
    "edit.html",
    "edit.html?file=prompts/_tone.md",
    "edit.html?file=prompts/schemas/Recipe.json",
  ])("%s is accessible, and fits every width", async (place) => {
    site.write(GREET);
    const page = await site.visit(place);
    await page.emulateMedia({ colorScheme });
    await page.locator("main h1").waitFor();
    for (const details of await page.locator("details").all())
      await details.evaluate((element) => element.setAttribute("open", ""));
    for (const width of [360, 390, 700, 1024, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      const excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect([width, await page.evaluate(excess)]).toEqual([width, 0]);
      expect([width, await cutLinks(page)]).toEqual([width, []]);
      expect([width, await findViolations(page)]).toEqual([width, []]);
    }
  });
});

/** The links of the bar at the top that are not wholly in sight. */
function cutLinks(page: Page): Promise<string[]> {
  return page.locator(".bar nav a").evaluateAll((links) =>
    links.flatMap((link) => {
      const [own, all] = [link, link.parentElement ?? link].map((element) => element.getBoundingClientRect());
      return own !== undefined && all !== undefined && own.right <= all.right + 1 ? [] : [link.textContent ?? ""];
    }),
  );
}

it.each([1024, 1600])(
  "has all of the right column within reach of the page's own scrolling at %i px",
  async (width) => {
    site.write(GREET);
    const page = await site.visit(EDIT);
    await page.setViewportSize({ width, height: 500 });
    const column = page.locator(".edit-preview");
    expect(await column.evaluate((element) => element.scrollHeight - element.clientHeight)).toBe(0);
    expect(await column.evaluate((element) => element.clientHeight)).toBeGreaterThan(340);
    await page.mouse.wheel(0, 10_000);
    const end = async () => {
      const run = await page.locator(".edit-run").boundingBox();
      return run === null ? undefined : run.y + run.height;
    };
    await expect.poll(end).toBeLessThan(500);
  },
);
