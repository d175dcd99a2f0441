// Running prompts on models in the pages of `cuecard dev`: in Chromium, with a server of this machine that answers as providers do.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { createProject, type ModelServer, startModelServer, type TestRepository } from "@cuecard/testing";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { launchBrowser } from "./browser.js";
import { findViolations } from "./page-problems.js";
import { type DevPage, type DevServer, openContext, openPage, startDev } from "./start-dev.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const KEY = "sk-secret-of-the-tests-0123456789";
const HOSTILE = `</pre><script>window.hacked=1</script><img src=x onerror="window.hacked=1">\u202e`;

const ANALYST = `---
model: openai/model-1
input:
  schema:
    query: string, the question
    account?: string, private, whose costs
output: { schema: { answer: string } }
examples:
  - name: spending
    input: { query: What did we spend? }
---
{{role "system"}}You are an analyst.{{#if account}} Of {{account}}.{{/if}}
{{role "user"}}{{query}}
`;

let browser: Browser;
let project: TestRepository;
let models: ModelServer;
let dev: DevServer;
let context: BrowserContext;

beforeAll(async () => {
  project = createProject({ "prompts/finance/analyst.md": ANALYST });
  project.commit("An analyst");
  project.tag("finance/analyst@v1", "First");
  project.write({
    "aliases.json": JSON.stringify({ "finance/analyst": { production: "v1" } }),
    "prompts/finance/analyst.md": ANALYST.replace("You are an analyst.", "You are a careful analyst."),
  });
  project.commit("Careful");
  models = await startModelServer();
  dev = await startDev(project.dir, 0, { OPENAI_API_KEY: KEY }, ["--base-url", `${models.url}/v1`]);
  browser = await launchBrowser();
  context = await openContext(browser, dev, { viewport: { width: 1280, height: 900 } });
});

afterAll(async () => {
  await browser?.close();
  await dev?.stop();
  await models?.close();
});

beforeEach(() => {
  models.answer = { parts: ['{"answer": ', '"12,400 USD"}'] };
  models.models = ["model-1", "model-2"];
  models.requests.length = 0;
});

async function visit(place: string): Promise<DevPage> {
  const opened = await openPage(context, dev, place);
  onTestFinished(() => opened.page.close());
  await runButton(opened.page).waitFor();
  return opened;
}

const PAGE = "prompts/finance/analyst@v1.html";
const runButton = (page: Page) => page.getByRole("button", { name: /^Run/ });
const answer = (page: Page) => page.locator(".answer").first();
const sent = (index = 0) => JSON.stringify(models.requests[index]?.body);

describe("the page of a version", () => {
  it("runs what the form has, by keys, and shows the answer, what it took, and whether it fits", async () => {
    const { page, problems } = await visit(PAGE);
    await expect.poll(() => page.getByLabel("Model", { exact: true }).inputValue()).toBe("model-1");
    await expect.poll(() => page.locator("#model-trial").textContent()).toContain("private values: account");
    await page.locator(".playground textarea").first().fill("And in November?");
    await page.keyboard.press("Control+Enter");
    await answer(page).getByText("Done").waitFor();
    expect(sent()).toContain("And in November?");
    const shown = await answer(page).textContent();
    for (const part of [
      '{"answer": "12,400 USD"}',
      "fits the output schema",
      "12 tokens",
      "5 tokens",
      "Finish reason",
      "stop",
    ])
      expect(shown).toContain(part);
    expect(await findViolations(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it("shows the answer as it comes in, and ends the request when it is stopped or the page is closed", async () => {
    models.answer = { parts: ["The first part"], ends: "silence" };
    const { page } = await visit(PAGE);
    await runButton(page).click();
    await answer(page).getByText("The first part").waitFor();
    await expect.poll(() => answer(page).textContent()).toContain("Answering…");
    const before = models.aborted;
    await page.getByRole("button", { name: "Stop" }).click();
    await answer(page).getByText("Stopped", { exact: true }).waitFor();
    await expect.poll(() => answer(page).textContent()).toContain("The first part");
    await vi.waitFor(() => expect(models.aborted - before).toBe(1), 20_000);
    await runButton(page).click();
    await answer(page).getByText("The first part").waitFor();
    await page.close();
    await vi.waitFor(() => expect(models.aborted - before).toBe(2), { timeout: 20_000 });
  });

  it("runs two versions side by side", async () => {
    const { page } = await visit(PAGE);
    await page.getByLabel("Compare with").selectOption("working");
    await runButton(page).click();
    await expect.poll(() => page.locator(".answer.done").count(), { timeout: 20_000 }).toBe(2);
    const all = [sent(0), sent(1)].sort();
    expect(all).toEqual([expect.stringContaining("a careful analyst"), expect.stringContaining("an analyst")]);
  });

  it("says what failed and what to do, keeps what had arrived, and never shows the key", async () => {
    models.answer = { parts: ["The first part"], ends: "break" };
    const { page } = await visit(PAGE);
    await runButton(page).click();
    await answer(page).getByRole("alert").waitFor();
    await expect
      .poll(() => answer(page).textContent())
      .toMatch(/The first part.*broke before the answer was complete/s);
    const body = JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY}` } });
    models.answer = { status: 401, body };
    await runButton(page).click();
    await answer(page).getByText("does not accept the API key").waitFor();
    await expect.poll(() => answer(page).textContent()).toContain("Incorrect API key provided: [key]");
    expect(await page.content()).not.toContain(KEY);
    models.answer = {
      status: 429,
      headers: { "retry-after": "20" },
      body: JSON.stringify({ error: { message: "Slow down" } }),
    };
    await runButton(page).click();
    await answer(page).getByText("asks to wait 20 s").waitFor();
    models.answer = { parts: ['{"answer": 7}'] };
    await runButton(page).click();
    await answer(page).getByText("does not fit the output schema").waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it("takes what a model says as text", async () => {
    models.models = ["model-1", HOSTILE];
    models.answer = { parts: [HOSTILE], reasoning: HOSTILE, tool: { name: HOSTILE, input: { [HOSTILE]: HOSTILE } } };
    const { page, problems } = await visit(PAGE);
    await runButton(page).click();
    await answer(page).getByText("not called").waitFor();
    await expect.poll(() => page.locator(".answer-text").textContent()).toBe(HOSTILE);
    models.answer = { status: 400, body: JSON.stringify({ error: { message: HOSTILE } }) };
    await runButton(page).click();
    await answer(page).getByRole("alert").waitFor();
    expect(await page.evaluate(() => "hacked" in globalThis)).toBe(false);
    expect(problems).toEqual([]);
  });

  it("fits a telephone", async () => {
    const { page } = await visit(PAGE);
    await page.setViewportSize({ width: 360, height: 800 });
    await runButton(page).click();
    await answer(page).getByText("Done").waitFor();
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBe(clientWidth);
  });

  it("keeps answers when the project changes, and offers to load the page again", async () => {
    const { page } = await visit(PAGE);
    await runButton(page).click();
    await answer(page).getByText("Done").waitFor();
    writeFileSync(path.join(project.dir, "prompts/other.md"), "Another prompt.");
    await page.getByText("The project has changed").waitFor();
    await expect.poll(() => answer(page).textContent()).toContain("12,400 USD");
    await page.getByRole("button", { name: "Load it again" }).click();
    await page.getByText("The answer of v1 appears here").waitFor();
  });
});

it("runs a text as it is being edited", async () => {
  const { page, problems } = await visit("edit.html?file=prompts/finance/analyst.md");
  const editor = page.locator(".cm-content");
  await editor.getByText("careful").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type('{{role "assistant"}}An unsaved line.');
  await page.keyboard.press("Control+Enter");
  await answer(page).getByText("Done").waitFor();
  expect(sent()).toContain("An unsaved line.");
  expect(sent()).toContain("What did we spend?");
  expect(await findViolations(page)).toEqual([]);
  expect(problems).toEqual([]);
});

it("loads any number of pages, and brings those in the background up to date when they are seen again", async () => {
  const pages: Page[] = [];
  const setHidden = (page: Page, hidden: boolean) =>
    page.evaluate((isHidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  // Browsers open at most six connections to a server.
  for (let count = 0; count < 8; count++) {
    const { page } = await visit(PAGE);
    pages.push(page);
    if (count < 7) await setHidden(page, true);
  }
  const [first] = pages as [Page];
  writeFileSync(path.join(project.dir, "prompts/third.md"), "A third prompt.");
  const loaded = first.waitForEvent("load");
  await pages.at(-1)?.waitForEvent("load");
  await setHidden(first, false);
  await loaded;
});
