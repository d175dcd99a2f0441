// The catalog and `cuecard dev` as people see them: in Chromium, on a repository of 1,000 prompts with 10 versions each. What counts here is
// time that passes, so a busy machine shows in it; each figure is the median of several tries.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser, serveFolder } from "../e2e/tools/browser.js";
import { openContext, startDev } from "../e2e/tools/start-dev.js";
import { formatTarget, formatTime } from "./format-figure.js";
import { git, promptName } from "./make-repository.js";
import type { Bench, Table } from "./measurement.js";
import { CHECKOUT, CUECARD } from "./paths.js";
import { runProcess } from "./run-process.js";
import { median } from "./sample.js";

type Browser = Awaited<ReturnType<typeof launchBrowser>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** In milliseconds. */
const LIMITS = { list: 1000, key: 50, prompt: 200, save: 300 };
const TRIES = 7;
const WORD = "analyst 77";

export async function measureBrowser({ repository, folder }: Bench): Promise<readonly Table[]> {
  const { dir, size } = repository;
  await runProcess([CUECARD, "catalog", "--out", "site"], { cwd: dir });
  const server = await serveFolder(join(dir, "site"), "/");
  const browser = await launchBrowser();
  try {
    const rows = [
      ...(await measureSite(browser, server.url)),
      row("dev, on this repository: from saving a prompt to its page", await measureOwn(browser, folder), LIMITS.save),
      row("dev: from saving a prompt to its page", await measureDev(browser, dir, promptName(503)), LIMITS.save),
    ];
    return [
      {
        title: `browser: ${size.prompts} prompts with ${size.versions} versions each`,
        columns: ["what", "takes", "target"],
        rows,
        notes: ["Time that passes, in Chromium on the same machine. A paint is what the browser reports as one."],
      },
    ];
  } finally {
    await browser.close();
    await server.close();
    rmSync(join(dir, "site"), { recursive: true });
  }
}

function row(what: string, times: readonly number[], limit: number): string[] {
  const took = median(times);
  return [what, formatTime(took), formatTarget(`≤ ${limit} ms`, took <= limit)];
}

async function measureSite(browser: Browser, url: string): Promise<string[][]> {
  const paints: number[] = [];
  const opened: number[] = [];
  let keys: readonly number[] = [];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    // With nothing in its cache.
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "networkidle" });
    paints.push(await firstPaint(page));
    if (attempt === 0) keys = await typeWord(page);
    await page.locator("#prompts a.name").nth(attempt).click();
    await page.waitForURL("**/prompts/**");
    opened.push(await firstPaint(page));
    await context.close();
  }
  return [
    row("the list: first paint", paints, LIMITS.list),
    row("a key in its search, until the rows are painted", keys, LIMITS.key),
    row("opening a prompt: first paint", opened, LIMITS.prompt),
  ];
}

/** Milliseconds from the navigation to the first paint of text. */
function firstPaint(page: Page): Promise<number> {
  return page.evaluate(`new Promise((resolve) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") resolve(startTime);
    }).observe({ type: "paint", buffered: true });
  })`);
}

/** Types into the search, and returns how long each key took, until the paint that shows what it did. */
async function typeWord(page: Page): Promise<number[]> {
  await page.locator("#filters [name=q]").focus();
  // Texts are loaded with the first key.
  await page.keyboard.type("a");
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(1500);
  await page.keyboard.press("Backspace");
  // Until the next frame was drawn.
  await page.evaluate(`{
    globalThis.keyTimes = [];
    const drawn = (timeStamp) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => keyTimes.push(performance.now() - timeStamp);
      port2.postMessage(undefined);
    };
    document.addEventListener("input", ({ timeStamp }) => requestAnimationFrame(() => drawn(timeStamp)), { capture: true });
  }`);
  await page.keyboard.type(WORD, { delay: 150 });
  await page.waitForTimeout(500);
  return page.evaluate("keyTimes");
}

/** The prompts of this repository, in a clone of it. */
async function measureOwn(browser: Browser, folder: string): Promise<number[]> {
  const dir = join(folder, "own");
  git(folder, ["clone", "--quiet", CHECKOUT, dir]);
  return measureDev(browser, dir, "incident_triage");
}

/** Milliseconds from writing the file until an open page shows the new text. */
async function measureDev(browser: Browser, dir: string, name: string): Promise<number[]> {
  const file = join(dir, `prompts/${name}.md`);
  const before = readFileSync(file, "utf8");
  const dev = await startDev(dir);
  try {
    const context = await openContext(browser, dev);
    const page = await context.newPage();
    await page.goto(dev.address(`/prompts/${name}@working.html`), { waitUntil: "load" });
    const times: number[] = [];
    for (let attempt = 0; attempt < TRIES; attempt++) {
      // The code is searched after two seconds without changes.
      await page.waitForTimeout(attempt === 0 ? 5000 : 1000);
      const line = `Line ${attempt}, which is new.`;
      const shown = page.getByText(line).first().waitFor();
      const started = performance.now();
      writeFileSync(file, `${before}${line}\n`);
      await shown;
      // The first time, code is loaded for what follows.
      if (attempt > 0) times.push(performance.now() - started);
    }
    await context.close();
    return times;
  } finally {
    writeFileSync(file, before);
    await dev.stop();
  }
}
