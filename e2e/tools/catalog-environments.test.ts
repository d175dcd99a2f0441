// What the catalog says about promotions: whether they break callers, what they change, and who calls.

import { createProject, type TestRepository } from "@cuecard/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { CatalogSite } from "./catalog-site.js";
import { findViolations } from "./page-problems.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Staging is ahead of production: of one prompt it breaks callers, of another it does not, and a third is new. */
function createStagedProject(): TestRepository {
  const triage = (input: string, text: string, more = "") =>
    `---\n${more}examples:\n  - { name: disk, input: { ${input} } }\n${more === "" ? "" : `  - { name: disk again, input: { ${input} } }\n`}---\nSort the alert {{alert}}${text}.\n`;
  const project = createProject({
    "package.json": '{ "name": "acme", "private": true }',
    "packages/prompts/package.json": '{ "name": "@acme/prompts" }',
    "src/sort.ts": 'import { load } from "@acme/prompts";\nload("triage", "production").format({ alert: "x" });\n',
    "prompts/triage.md": triage("alert: Disk is full", ""),
    "prompts/greet.md": "Hello {{name}}!\n",
    "prompts/later.md": "Later, {{name}}.\n",
    "prompts/same.md": "The same.\n",
    "prompts/rollout.md": "One.\n",
  });
  project.commit("Add prompts");
  project.write({ "aliases.json": JSON.stringify({ rollout: { production: "v1" } }) });
  project.commit("Promote");
  for (const name of ["triage", "greet", "later", "same", "rollout"]) project.tag(`${name}@v1`, "First version");
  project.write({
    "prompts/triage.md": triage("alert: Disk is full, service: db", " of {{service}}", "model: openai/gpt-5\n"),
    "prompts/greet.md": "Hello {{name}}! How are you?\n",
  });
  project.write("prompts/rollout.md", "Two.\n");
  project.commit("Change some");
  project.tag("rollout@v2", "Two");
  project.tag("triage@v2", "Names the service");
  project.tag("greet@v2", "Asks");
  const both = { production: "v1", staging: "v1" };
  project.write({
    "aliases.json": JSON.stringify({
      triage: { production: "v1", staging: "v2" },
      greet: { production: "v1", staging: "v2" },
      rollout: { production: { v1: 90, v2: 10 }, staging: "v2" },
      later: { staging: "v1" },
      same: both,
    }),
  });
  project.commit("Stage");
  return project;
}

let site: CatalogSite;

beforeAll(async () => {
  site = await CatalogSite.open(createStagedProject().dir);
});

afterAll(() => site?.close());

it("leads from the environments to what a promotion changes in each prompt, without scripts", async () => {
  const { page } = await site.visit("environments.html", { javaScriptEnabled: false });
  await expect
    .poll(() => page.getByRole("listitem").filter({ hasText: "staging → production" }).textContent())
    .toMatch(/3 prompts would change, 1 would be new in production\s*1 breaking/);
  await page.getByRole("link", { name: "staging → production" }).click();
  await page.getByRole("heading", { name: "Promote staging to production" }).waitFor();
  expect(
    await page.getByText("3 prompts would change, 1 would be new in production. 1 would break calls").isVisible(),
  ).toBe(true);
  const rows = await page.locator("table.promotions tbody tr").allInnerTexts();
  expect(rows.map((row) => row.replace(/\s+/g, " "))).toEqual([
    expect.stringMatching(/^triage v1 → v2 breaking input "service" is new and required .* 1 place/),
    expect.stringMatching(/^greet v1 → v2 keep working the text/),
    expect.stringMatching(/^rollout v1 90% \/ v2 10% → v2 keep working only how many callers get each version/),
  ]);
  await expect.poll(() => page.getByRole("region", { name: "New in production" }).textContent()).toContain("later");

  await page.getByRole("link", { name: "triage" }).click();
  const main = page.getByRole("main");
  await expect.poll(() => main.getByText("Calls of production that work today would fail").isVisible()).toBe(true);
  expect(
    await main.getByRole("table", { name: "Changes of the example disk, user" }).locator("ins").textContent(),
  ).toBe(" of db");
  await expect.poll(() => main.getByRole("region", { name: "Used by" }).textContent()).toContain("src/sort.ts:2");
  await expect
    .poll(() => main.getByText("npx cuecard promote triage --from staging --to production").isVisible())
    .toBe(true);
  await page.context().close();
});

it("opens any pair that is chosen, also the way back", async () => {
  const { page, problems } = await site.visit("environments.html");
  await page.locator("select[name=from]").selectOption("production");
  await expect.poll(() => page.getByText("Choose two different environments.").isVisible()).toBe(true);
  await page.locator("select[name=to]").selectOption("staging");
  await page.waitForURL("**/promotions/production.to.staging.html");
  await expect
    .poll(() => page.locator("table.promotions").textContent())
    .toContain('input "service" is no longer accepted');
  await page.getByRole("link", { name: "triage" }).click();
  await page.waitForURL("**/compare.html?name=triage&a=staging&b=production");
  await page.locator("table.diff").first().waitFor();
  await page.goBack();
  await page.locator("select[name=from]").selectOption("latest");
  await page.waitForURL("**/promotions/latest.to.staging.html");
  await expect.poll(() => page.getByText("Nothing would change.").isVisible()).toBe(true);
  expect(problems).toEqual([]);
  await page.context().close();
});

it("compares two versions by what callers and models see, and says what is only in one", async () => {
  const { page, problems } = await site.visit("compare.html?name=triage&a=v1&b=v2");
  await expect.poll(() => page.getByText("Code that works with v1 can fail with v2.").isVisible()).toBe(true);
  await expect
    .poll(() => page.getByRole("listitem").first().textContent())
    .toBe('Breaking: input "service" is new and required');
  const titles = () => page.locator("#compare h2").allTextContents();
  expect((await titles()).map((title) => title.trim())).toEqual([
    "Summary",
    "prompts/triage.md",
    'Example "disk", rendered',
    'Example "disk again", rendered only in v2',
    "Inputs (JSON Schema)",
    "Settings only in v2",
  ]);
  await page.getByRole("button", { name: "Swap the two versions" }).click();
  await page.getByText("Code that works with v2 can fail with v1.").waitFor();
  await page.locator("#compare select").first().selectOption("rollout");
  await page.getByLabel("Before").selectOption("production");
  await page.getByText("production has several versions (v1 90% / v2 10%).").waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});

it("says which version of a link does not exist", async () => {
  const { page } = await site.visit("compare.html?name=triage&a=v9&b=v2");
  await expect
    .poll(() => page.getByRole("alert").textContent())
    .toBe("This site does not have v9 of triage, so others are shown.");
  await page.context().close();
});

it("draws how environments moved, and leads from a variable to its row", async () => {
  const { page } = await site.visit("prompts/rollout@history.html");
  const chart = page.getByRole("img", { name: /What each environment pointed at over time/ });
  expect(await chart.locator("text.label").allTextContents()).toEqual(["v1", "v1 90% / v2 10%", "v2"]);
  await page.goto(`${site.url}prompts/greet@v2.html`);
  await page.getByRole("link", { name: "{{name}}" }).click();
  await expect.poll(() => page.locator("tr:target").textContent()).toContain("name");
  await page.context().close();
});

it.each(["light", "dark"] as const)("is accessible in %s colors", async (colorScheme) => {
  for (const file of [
    "environments.html",
    "promotions/staging.to.production.html",
    "prompts/triage@staging.to.production.html",
    "promotions/latest.to.staging.html",
    "prompts/greet@history.html",
    "compare.html?name=triage&a=v1&b=v2",
  ]) {
    const { page } = await site.visit(file, { colorScheme });
    expect([file, await findViolations(page)]).toEqual([file, []]);
    await page.context().close();
  }
});

it("says what to do in a project without prompts, environments or versions", async () => {
  const empty = await CatalogSite.open(createProject({ "package.json": "{}" }).dir);
  const unreleased = await CatalogSite.open(createProject({ "prompts/greet.md": "Hello {{name}}!\n" }).dir);
  const texts: readonly [CatalogSite, string, string][] = [
    [empty, "index.html", "No prompts yet."],
    [empty, "environments.html", "No environment points at a version yet."],
    [empty, "compare.html", "No prompts to compare yet."],
    [unreleased, "environments.html", "No environment points at a version yet."],
    [unreleased, "prompts/greet.html", "It is not released."],
    [unreleased, "prompts/greet@history.html", "No environment has moved."],
    [unreleased, "compare.html", "Both are the same."],
  ];
  for (const [project, file, text] of texts) {
    const { page, problems } = await project.visit(file);
    await page.getByText(text).waitFor();
    expect([file, await findViolations(page), problems]).toEqual([file, [], []]);
    await page.context().close();
  }
  await empty.close();
  await unreleased.close();
});
