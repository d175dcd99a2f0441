// The catalog of a project with so many prompts that the list has several pages.

import { createProject } from "@cuecard/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { CatalogSite } from "./catalog-site.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const COUNT = 1203;
const nameOf = (index: number) => `p${String(index).padStart(4, "0")}`;

let site: CatalogSite;

beforeAll(async () => {
  const texts = Array.from({ length: COUNT }, (_, index) => [`prompts/${nameOf(index)}.md`, `Text ${index} {{a}}`]);
  site = await CatalogSite.open(createProject(Object.fromEntries(texts)).dir);
});

afterAll(() => site?.close());

const rows = (page: Page) => page.locator("#prompts tbody tr").count();

it("brings the pages of the list together, and shows as many rows as are needed", async () => {
  const { page } = await site.visit("");
  await expect.poll(() => page.locator("#shown").textContent()).toBe(`${COUNT} prompts`);
  await expect.poll(() => page.locator("#parts").isVisible()).toBe(false);
  const atFirst = await rows(page);
  expect(atFirst).toBeLessThan(500);
  await page.locator("#prompts tbody tr").last().scrollIntoViewIfNeeded();
  await expect.poll(() => rows(page)).toBeGreaterThan(atFirst);
  // In the second part.
  await page.getByRole("searchbox").fill(nameOf(COUNT - 1));
  await expect.poll(() => rows(page)).toBe(1);
  await expect.poll(() => page.locator("#shown").textContent()).toBe(`1 of ${COUNT} prompts`);
  await page.getByRole("searchbox").fill("");
  await page.locator("th[data-sort=name] button").click();
  await page.locator("th[data-sort=name] button").click();
  await expect.poll(() => page.locator("#prompts a.name").first().textContent()).toBe(nameOf(COUNT - 1));
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await rows(page)).toBe(COUNT);
  await page.context().close();
});

it("leads from page to page without scripts", async () => {
  const { page } = await site.visit("", { javaScriptEnabled: false });
  expect(await rows(page)).toBe(1000);
  await page.getByRole("navigation", { name: "Parts of the list" }).getByRole("link").nth(1).click();
  await expect.poll(() => page.locator("#prompts a.name").first().textContent()).toBe(nameOf(1000));
  expect(await rows(page)).toBe(COUNT - 1000);
  await page.context().close();
});
